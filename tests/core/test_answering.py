"""Question -> answer or abstention, with fakes for what is outside and with the real parts of the core."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_reader import WordReader

from footnote.answering import pipeline, preview
from footnote.answering.candidates import FEW, OFF_TOPIC, OFFERED
from footnote.answering.checking import UNCONFIRMED, UNJUDGED, Checking
from footnote.answering.circuit_breaker import CircuitBreaker
from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.fallback import WithFallback
from footnote.answering.pipeline import MOST_SEARCHES, NEAREST, READ_AT_ONCE, Answering
from footnote.errors import AnswererError, EmptyIndex, ModelError
from footnote.grounding.claims import Grounded, ground
from footnote.grounding.topic import BESIDE_ONE
from footnote.models import (
    Abstention,
    Answer,
    Article,
    Candidate,
    Citation,
    Claim,
    Entailment,
    Evidence,
    Fate,
    Hit,
    Passage,
    Reading,
    Signals,
)
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Asker, Draft, DraftClaim, Drafting, OnClaims, Retrieved, Turn
from footnote.text.prose import as_prose
from footnote.text.sentences import split_sentences

QUESTION = "How long is the valley?"
TEXT = "The valley is 115 km long. Most people are Tajiks. Emeralds are mined there. Snow closes the pass. It is high."
GOOD = DraftClaim("The valley is 115 km long.", ("S1",))


def a_passage(text: str, article_id: str = "a.md") -> Passage:
    return Passage(Article(article_id, "A title", text), split_sentences(text))


def a_hit(passage: Passage, *signals: Signals) -> Hit:
    return Hit(passage, 1.0, Signals(0.5, 0.5), signals or (Signals(0.5, 0.5),) * len(passage.sentences))


def a_reading(passage: Passage, confidence: float = 0.9, *, apart: float = 0.1) -> Reading:
    """The sentences in order, the first one best, each scoring this much less than the one before."""
    scores = [-apart * number for number in range(len(passage.sentences))]
    return Reading(tuple(map(Candidate, [passage] * len(scores), passage.sentences, scores)), confidence)


@dataclass
class FakeRetriever:
    """Always finds the same, and remembers what it was asked."""

    hits: tuple[Hit, ...] = (a_hit(a_passage(TEXT)),)
    is_empty: bool = False
    asked: list[tuple[str, date | None, date | None]] = field(default_factory=list)
    among: frozenset[str] | None = None
    readable: list[Readable] = field(default_factory=list)

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        if self.is_empty:
            raise EmptyIndex
        self.asked.append((question, since, until))
        self.among = articles
        self.readable.append(readable)
        return Retrieved(self.hits[:top_k], "g7")


@dataclass
class FakeReader:
    """Knows the answer; sentences of passages found for something else have the score `elsewhere`."""

    reading: Reading
    elsewhere: float = 0.0

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:  # noqa: ARG002 - it knows the answer
        other = [hit.passage for hit in hits if hit.passage.article.id.endswith("..md")]
        if not other:
            return self.reading
        return Reading(
            tuple(Candidate(one, sentence, self.elsewhere) for one in other for sentence in one.sentences), 0
        )


READER = FakeReader(a_reading(a_passage(TEXT)))


@dataclass
class FakeAnswerer:
    """Drafts the same claims for every question, one by one, and remembers what it was offered."""

    drafts: Sequence[DraftClaim] = (GOOD,)
    offered: list[tuple[str, Mapping[str, Candidate]]] = field(default_factory=list)
    name: str = "fake"
    note: str | None = None
    error: AnswererError | None = None

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,  # noqa: ARG002 - it is the same to everybody
        on_claims: OnClaims | None = None,
    ) -> Draft:
        self.offered.append((question, candidates))
        if self.error:
            raise self.error
        for count in range(1, len(self.drafts) + 1):
            if on_claims:
                on_claims(self.drafts[:count])
        return Draft(tuple(self.drafts), self.name, self.note)


@dataclass
class FakeClock:
    """Shows these times, one after the other."""

    times: list[float]

    def __call__(self) -> float:
        return self.times.pop(0)


async def ask(
    answerer: FakeAnswerer, reading: Reading | None = None, *, abstain_below: float = 0.5
) -> Answer | Abstention:
    reader = FakeReader(reading) if reading else READER
    return await Answering(FakeRetriever(), reader, answerer, abstain_below=abstain_below).ask(QUESTION)


# --- answers


async def test_a_grounded_draft_is_the_answer() -> None:
    answer = await ask(FakeAnswerer())
    assert isinstance(answer, Answer)
    assert (answer.question, answer.text, answer.confidence) == (QUESTION, GOOD.text, 0.9)
    assert [(citation.number, citation.quote) for citation in answer.citations] == [(1, "The valley is 115 km long.")]


async def test_only_so_many_questions_are_read_at_once_however_many_wait_for_a_model() -> None:
    class BusyReader(FakeReader):
        busy = most = 0

        async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
            self.busy += 1
            self.most = max(self.most, self.busy)
            await asyncio.sleep(0)
            self.busy -= 1
            return await super().read(question, hits)

    class SlowAnswerer(FakeAnswerer):
        async def draft(self, *arguments: Any, **options: Any) -> Draft:
            drafted = await super().draft(*arguments, **options)
            if len(self.offered) == many:
                all_drafting.set()
            await all_drafting.wait()
            return drafted

    many, all_drafting = READ_AT_ONCE * 3, asyncio.Event()
    reader, answerer = BusyReader(READER.reading), SlowAnswerer()
    answering = Answering(FakeRetriever(), reader, answerer, abstain_below=0.5)
    answers = await asyncio.gather(*(answering.ask(QUESTION) for _ in range(many)))
    assert all(isinstance(one, Answer) for one in answers)
    assert reader.most == READ_AT_ONCE


async def test_claims_that_are_not_grounded_are_left_out_of_an_answer() -> None:
    invented = DraftClaim("It is 200 km long.", ("S1",))
    foreign = DraftClaim("Paris lies in France.", ("S99",))
    answer = await ask(FakeAnswerer([invented, GOOD, foreign]))
    assert isinstance(answer, Answer)
    assert answer.text == GOOD.text


async def test_the_answerer_is_offered_the_best_sentences_under_short_keys() -> None:
    passage = a_passage(" ".join(f"Sentence {number} is here." for number in range(40)))
    answerer = FakeAnswerer()
    await ask(answerer, a_reading(passage))
    ((question, candidates),) = answerer.offered
    assert question == QUESTION
    assert list(candidates) == [f"S{number}" for number in range(1, OFFERED + 1)]
    assert [candidate.sentence for candidate in candidates.values()] == list(passage.sentences[:OFFERED])


async def test_sentences_far_off_the_topic_are_not_offered() -> None:
    passage = a_passage(" ".join(f"Sentence {number} is here." for number in range(40)))
    answerer = FakeAnswerer()
    await ask(answerer, a_reading(passage, apart=OFF_TOPIC / 11.5))
    await ask(answerer, a_reading(passage, apart=OFF_TOPIC))
    assert [len(candidates) for _, candidates in answerer.offered] == [12, FEW]


async def test_behind_the_best_comes_the_rest_of_its_list_however_far_off() -> None:
    passage = a_passage("If a boat capsizes:\n\n- Stay with it.\n- Call for help.\n- Wait.\n\n" + "It rains. " * 12)
    scores = [-20.0, 9.0, -9.0, -9.0, *(8.0 for _ in passage.sentences[4:])]
    answerer = FakeAnswerer()
    found = sorted(map(Candidate, [passage] * len(scores), passage.sentences, scores), key=lambda one: -one.score)
    await ask(answerer, Reading(tuple(found), 0.9))
    ((_, candidates),) = answerer.offered
    assert [one.quote for one in candidates.values()][:3] == ["- Stay with it.", "- Call for help.", "- Wait."]


async def test_behind_a_pronoun_comes_the_sentence_that_says_who_is_meant() -> None:
    passage = a_passage("The front was founded in 2019. It is led by Massoud.")
    reading = a_reading(passage)
    answerer = FakeAnswerer()
    await ask(answerer, replace(reading, candidates=reading.candidates[::-1]))
    ((_, candidates),) = answerer.offered
    assert [one.quote for one in candidates.values()] == ["It is led by Massoud.", "The front was founded in 2019."]


# --- abstentions


async def test_a_draft_without_a_claim_is_an_abstention() -> None:
    outcome = await ask(FakeAnswerer([]))
    assert isinstance(outcome, Abstention)
    assert outcome.text == "The articles do not answer this question."
    assert outcome.citations


@pytest.mark.parametrize(
    "drafts",
    [
        [DraftClaim("Paris lies in France.", ("S99",))],
        [DraftClaim("Paris lies in France.", ())],
        [DraftClaim("The valley is 116 km long.", ("S1",))],
        [DraftClaim("They call it “endless”.", ("S1",))],
        [DraftClaim("It is 200 km long.", ("S1",)), DraftClaim("Gold is mined there.", ("S0",))],
    ],
    ids=["unknown key", "no key", "invented number", "invented words", "all of it"],
)
async def test_when_all_claims_are_dropped_sentences_of_the_articles_are_shown_with_a_note(
    drafts: list[DraftClaim],
) -> None:
    outcome = await ask(FakeAnswerer(drafts))
    assert isinstance(outcome, Answer)
    assert (outcome.text, outcome.note) == (GOOD.text, UNCONFIRMED)
    assert outcome.receipt.answerer == "extractive", "it is not the model's answer"
    assert [one.text for one in outcome.receipt.checked] == [*(draft.text for draft in drafts), GOOD.text]
    assert outcome.receipt.unsupported == len(drafts)


@pytest.mark.parametrize(
    ("confidence", "kind"), [(0.0, Abstention), (0.49, Abstention), (0.5, Answer), (0.51, Answer), (1.0, Answer)]
)
async def test_only_a_confidence_below_the_threshold_abstains(
    confidence: float, kind: type[Answer | Abstention]
) -> None:
    outcome = await ask(FakeAnswerer(), a_reading(a_passage(TEXT), confidence))
    assert isinstance(outcome, kind)
    assert outcome.confidence == confidence


async def test_the_answerer_is_not_asked_when_the_articles_do_not_answer() -> None:
    answerer = FakeAnswerer()
    await ask(answerer, a_reading(a_passage(TEXT), 0.1))
    assert answerer.offered == []


async def test_an_abstention_shows_the_nearest_sentences() -> None:
    abstention = await ask(FakeAnswerer(), a_reading(a_passage(TEXT), 0.1))
    assert isinstance(abstention, Abstention)
    assert [(citation.number, citation.quote) for citation in abstention.nearest] == [
        (1, "The valley is 115 km long."),
        (2, "Most people are Tajiks."),
        (3, "Emeralds are mined there."),
    ]
    assert len(abstention.nearest) == NEAREST


async def test_nearest_sentences_of_one_article_stand_together_in_the_order_of_its_text() -> None:
    valley, other = a_passage(TEXT, "valley.md"), a_passage("Tools are kept there. It is low.", "other.md")
    best = [(valley, 2), (other, 1), (valley, 0), (other, 0)]
    candidates = tuple(Candidate(one, one.sentences[at], -rank) for rank, (one, at) in enumerate(best))
    abstention = await ask(FakeAnswerer(), Reading(candidates, 0.1))
    assert isinstance(abstention, Abstention)
    assert [(one.number, one.article_id, one.quote) for one in abstention.nearest] == [
        (1, "valley.md", "The valley is 115 km long."),
        (2, "valley.md", "Emeralds are mined there."),
        (3, "other.md", "It is low."),
    ]


async def test_when_nothing_was_found_there_is_nothing_near() -> None:
    answering = Answering(FakeRetriever(hits=()), WordReader(), ExtractiveAnswerer(), abstain_below=0.0)
    outcome = await answering.ask(QUESTION)
    assert isinstance(outcome, Abstention)
    assert (outcome.nearest, outcome.confidence) == ((), 0.0)


# --- what is passed on


@pytest.mark.parametrize("since", [None, date(2021, 9, 1)])
@pytest.mark.parametrize("until", [None, date(2021, 9, 8)])
async def test_the_question_and_its_span_of_time_reach_the_retriever(since: date | None, until: date | None) -> None:
    retriever = FakeRetriever()
    await Answering(retriever, READER, FakeAnswerer(), abstain_below=0.5).ask(QUESTION, since=since, until=until)
    assert retriever.asked == [(QUESTION, since, until)]


async def test_two_questions_of_a_message_are_looked_for_one_by_one() -> None:
    retriever = FakeRetriever()
    await Answering(retriever, READER, FakeAnswerer(), abstain_below=0.5).ask(
        "How long is the Panjshir valley? And who closes the pass?"
    )
    assert [question for question, *_ in retriever.asked] == [
        "How long is the Panjshir valley?",
        "who closes the pass?",
    ]


async def test_an_empty_index_is_reported_to_the_asker() -> None:
    with pytest.raises(EmptyIndex):
        await Answering(FakeRetriever(is_empty=True), READER, FakeAnswerer(), abstain_below=0.5).ask(QUESTION)


# --- sentences that were not retrieved for the question


@dataclass
class Library:
    """Finds what is stored under the words of the question, or else the same passage."""

    shelves: Mapping[str, str]
    generations: list[str] = field(default_factory=lambda: ["g7"])
    asked: list[tuple[str, date | None, date | None]] = field(default_factory=list)
    among: frozenset[str] | None = None
    readable: list[Readable] = field(default_factory=list)

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        self.asked.append((question, since, until))
        self.among = articles
        self.readable.append(readable)
        generation = self.generations.pop(0) if len(self.generations) > 1 else self.generations[0]
        hits = (a_hit(a_passage(self.shelves.get(question, TEXT), f"{question}.md")),)
        return Retrieved(hits[:top_k], generation)


ELSEWHERE = DraftClaim("Kabul fell on 15 August 2021.", ("S2",))
SHELVES = {ELSEWHERE.text: "It was a Sunday. Kabul fell on 15 August 2021."}


async def test_a_claim_is_looked_for_in_the_whole_index_before_it_is_dropped() -> None:
    library = Library(SHELVES)
    invented = DraftClaim("Paris lies in France.", ("S1",))
    answering = Answering(library, READER, FakeAnswerer([ELSEWHERE, GOOD, invented]), abstain_below=0.5)
    answer = await answering.ask(QUESTION, since=date(2021, 1, 1))
    assert isinstance(answer, Answer)
    assert [claim.text for claim in answer.claims] == [ELSEWHERE.text, GOOD.text]
    assert [(citation.article_id, citation.quote) for citation in answer.citations] == [
        (f"{ELSEWHERE.text}.md", ELSEWHERE.text),
        ("a.md", "The valley is 115 km long."),
    ]
    assert (answer.receipt.misattributed, answer.receipt.unsupported) == (1, 1)
    since = date(2021, 1, 1)
    assert library.asked == [(words, since, None) for words in (QUESTION, ELSEWHERE.text, invented.text)]


@pytest.mark.parametrize("problem", [ModelError("The embedding server is too busy."), EmptyIndex(), TimeoutError()])
async def test_a_search_that_fails_does_not_cost_the_good_claims(problem: Exception) -> None:
    class Failing(Library):
        async def retrieve(self, question: str, **about: Any) -> Retrieved:
            if question == ELSEWHERE.text:
                raise problem
            return await super().retrieve(question, **about)

    answerer = FakeAnswerer([GOOD, ELSEWHERE])
    assert (await Answering(Failing(SHELVES), READER, answerer, abstain_below=0.5).ask(QUESTION)).text == GOOD.text


async def test_only_some_of_many_bad_claims_are_looked_for() -> None:
    library = Library({})
    drafts = [DraftClaim(f"Paris has {number} towers in France.", ("S1",)) for number in range(12)]
    await Answering(library, READER, FakeAnswerer(drafts), abstain_below=0.5).ask(QUESTION)
    assert len(library.asked) == 1 + MOST_SEARCHES


async def test_sentences_of_a_newer_generation_are_not_cited() -> None:
    answering = Answering(
        Library(SHELVES, generations=["g7", "g8"]), READER, FakeAnswerer([ELSEWHERE]), abstain_below=0.5
    )
    assert (await answering.ask(QUESTION)).note == UNCONFIRMED


# --- what is not about the question


async def test_a_claim_whose_sentences_are_far_off_the_question_is_dropped_though_it_is_verbatim() -> None:
    reading = a_reading(a_passage(TEXT), apart=BESIDE_ONE * 0.6)
    near, far = DraftClaim("Most people are Tajiks.", ("S2",)), DraftClaim("Emeralds are mined there.", ("S3",))
    answer = await ask(FakeAnswerer([near, far]), reading)
    assert answer.text == near.text
    assert [(one.fate, one.failed) for one in answer.receipt.checked] == [
        (Fate.KEPT, None),
        (Fate.DROPPED, "question"),
    ]


async def test_a_claim_found_elsewhere_must_be_about_the_question_too() -> None:
    reader = FakeReader(READER.reading, elsewhere=-BESIDE_ONE - 0.1)
    answering = Answering(Library(SHELVES), reader, FakeAnswerer([ELSEWHERE, GOOD]), abstain_below=0.5)
    assert (await answering.ask(QUESTION)).text == GOOD.text


# --- the trained reader


@dataclass
class FakeEntailer:
    """Says the same about every claim, and remembers what it was asked in each call."""

    said: Entailment
    asked: list[tuple[Sequence[str], Sequence[Evidence]]] = field(default_factory=list)

    async def entail(self, claims: Sequence[str], evidence: Sequence[Evidence]) -> Sequence[Entailment]:
        self.asked.append((claims, evidence))
        return [self.said] * len(claims)


YES, NO = Entailment(0.98, 0.01, 0.01), Entailment(0.005, 0.99, 0.005)
IN_OTHER_WORDS = DraftClaim("The valley stretches for 115 km.", ("S1",))


async def read(entailer: FakeEntailer, *drafts: DraftClaim) -> Answer | Abstention:
    return await Answering(
        FakeRetriever(), READER, FakeAnswerer(drafts), abstain_below=0.5, checking=Checking(entailer=entailer)
    ).ask(QUESTION)


async def test_what_the_reader_may_still_drop_is_not_shown_on_the_way() -> None:
    told: list[Drafting] = []
    answering = Answering(
        FakeRetriever(),
        READER,
        FakeAnswerer((GOOD, IN_OTHER_WORDS)),
        abstain_below=0.5,
        checking=Checking(entailer=FakeEntailer(YES)),
    )
    answer = await answering.ask(QUESTION, on_drafting=told.append)
    assert isinstance(answer, Answer)
    assert [claim.text for claim in answer.claims] == [GOOD.text, IN_OTHER_WORDS.text]
    assert {claim.text for one in told for claim in one.claims} == {GOOD.text}


async def test_claims_in_words_of_their_own_are_read_in_one_call_and_verbatim_ones_not_at_all() -> None:
    entailer = FakeEntailer(YES)
    people = DraftClaim("Tajiks are most of the people.", ("S2",))
    answer = await read(entailer, GOOD, IN_OTHER_WORDS, people)
    assert isinstance(answer, Answer)
    assert [claim.text for claim in answer.claims] == [GOOD.text, IN_OTHER_WORDS.text, people.text]
    ((claims, evidence),) = entailer.asked
    assert claims == [IN_OTHER_WORDS.text, people.text]
    assert evidence[0] == Evidence("A title", ("The valley is 115 km long.",))


async def test_what_the_reader_sees_contradicted_is_dropped_whatever_its_words() -> None:
    answer = await read(FakeEntailer(NO), GOOD, DraftClaim("Tajiks are most of the people.", ("S2",)))
    assert answer.text == GOOD.text
    assert answer.receipt.checked[1].failed == "reader"


async def test_an_answer_of_source_sentences_is_not_read_again() -> None:
    entailer = FakeEntailer(NO)
    answering = Answering(
        FakeRetriever(), READER, ExtractiveAnswerer(), abstain_below=0.5, checking=Checking(entailer=entailer)
    )
    assert (await answering.ask(QUESTION)).text == GOOD.text
    assert entailer.asked == []


async def test_a_paraphrase_that_words_alone_do_not_carry_is_shown_when_the_reader_is_sure() -> None:
    loose = DraftClaim("The valley stretches across 115 km altogether.", ("S1",))
    assert (await read(FakeEntailer(YES), loose)).text == loose.text
    assert (await ask(FakeAnswerer([loose]))).note == UNCONFIRMED


# --- the judge


@dataclass
class FakeJudge:
    upholds: Callable[[Claim], bool]
    error: AnswererError | None = None
    asked: int = 0

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]:  # noqa: ARG002
        self.asked += 1
        if self.error:
            raise self.error
        return [self.upholds(claim) for claim in claims]


PEOPLE = DraftClaim("Most people are Tajiks.", ("S2",))


async def judged(judge: FakeJudge, *drafts: DraftClaim) -> Answer | Abstention:
    return await Answering(
        FakeRetriever(), READER, FakeAnswerer(drafts), abstain_below=0.5, checking=Checking(judge=judge)
    ).ask(QUESTION)


async def test_a_claim_that_the_judge_does_not_uphold_is_not_shown() -> None:
    answer = await judged(FakeJudge(lambda claim: "people" in claim.text), GOOD, PEOPLE)
    assert answer.text == PEOPLE.text
    assert [citation.number for citation in answer.citations] == [1]
    assert answer.receipt.unsupported == 1


async def test_when_the_judge_upholds_nothing_sentences_of_the_articles_are_shown() -> None:
    assert (await judged(FakeJudge(lambda _: False), PEOPLE)).note == UNCONFIRMED


async def test_a_judge_cannot_let_pass_what_fails_the_checks() -> None:
    judge = FakeJudge(lambda _: True)
    assert (await judged(judge, DraftClaim("Paris lies in France.", ("S1",)))).text == GOOD.text


async def test_without_a_verdict_claims_that_passed_the_checks_are_shown_and_the_answer_says_so() -> None:
    judge = FakeJudge(lambda _: False, error=AnswererError("It is asleep."))
    answer = await judged(judge, GOOD, PEOPLE)
    assert (answer.text, answer.note) == (f"{GOOD.text} {PEOPLE.text}", UNJUDGED)


async def test_a_note_about_the_draft_stands_beside_that_of_the_judge() -> None:
    answerer = FakeAnswerer((GOOD,), note="There may be more to say.")
    checking = Checking(judge=FakeJudge(lambda _: True, error=AnswererError("It is asleep.")))
    answer = await Answering(FakeRetriever(), READER, answerer, abstain_below=0.5, checking=checking).ask(QUESTION)
    assert answer.note == f"There may be more to say. {UNJUDGED}"


async def test_what_the_fallback_says_is_not_judged() -> None:
    """It is word for word what the articles say, and the judge is on the server that has just failed."""
    answerer = WithFallback(
        FakeAnswerer(error=AnswererError("Down.")), ExtractiveAnswerer(), CircuitBreaker(lambda: 0.0), deadline=5.0
    )
    judge = FakeJudge(lambda _: False)
    answer = await Answering(FakeRetriever(), READER, answerer, abstain_below=0.5, checking=Checking(judge=judge)).ask(
        QUESTION
    )
    assert isinstance(answer, Answer)
    assert judge.asked == 0


# --- how far it is


async def test_the_passages_and_each_claim_that_passed_are_reported_on_the_way() -> None:
    told: list[Drafting] = []
    answerer = FakeAnswerer([DraftClaim("Paris lies in France.", ("S1",)), GOOD, PEOPLE])
    await Answering(FakeRetriever(), READER, answerer, abstain_below=0.5).ask(QUESTION, on_drafting=told.append)
    assert [(drafting.passages, [claim.text for claim in drafting.claims]) for drafting in told] == [
        (1, []),
        (1, []),
        (1, [GOOD.text]),
        (1, [GOOD.text, PEOPLE.text]),
    ]
    assert [claim.citations[0].number for claim in told[-1].claims] == [1, 2]


async def test_each_claim_of_a_preview_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[DraftClaim] = []

    def counted(drafts: Sequence[DraftClaim], *given: Mapping[str, Candidate], **named: Any) -> Grounded:
        seen.extend(drafts)
        return ground(drafts, *given, **named)

    monkeypatch.setattr(preview, "ground", counted)
    answering = Answering(FakeRetriever(), READER, FakeAnswerer((GOOD, PEOPLE, GOOD)), abstain_below=0.5)
    await answering.ask(QUESTION, on_drafting=lambda _: None)
    assert seen == [GOOD, PEOPLE]


async def test_only_claims_that_fail_are_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pipeline, "SEARCH_MAY_TAKE", 0)
    await Answering(FakeRetriever(), READER, FakeAnswerer((GOOD,)), abstain_below=0.5).ask(QUESTION)
    assert not caplog.messages
    wrong = DraftClaim("Paris lies in France.", ("S1",))
    await Answering(FakeRetriever(), READER, FakeAnswerer((GOOD, wrong)), abstain_below=0.5).ask(QUESTION)
    assert caplog.messages == ["claims are not looked for in the whole index: it takes too long"]


async def test_with_a_judge_no_claim_is_reported_before_its_verdict() -> None:
    told: list[Drafting] = []
    judge = FakeJudge(lambda _: True)
    answering = Answering(
        FakeRetriever(), READER, FakeAnswerer([GOOD]), abstain_below=0.5, checking=Checking(judge=judge)
    )
    await answering.ask(QUESTION, on_drafting=told.append)
    assert told == [Drafting(1)]


# --- follow-ups

BEFORE = (Turn("Who lives in the Panjshir Valley?"), Turn("Most people are Tajiks.", is_answer=True))


@dataclass
class FakeRewriter:
    understood: str
    seen: list[tuple[str, Sequence[Turn], Asker | None]] = field(default_factory=list)

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:
        self.seen.append((question, conversation, asker))
        return self.understood


async def test_a_follow_up_is_looked_for_as_it_is_understood_and_shown_as_it_was_asked() -> None:
    rewriter, retriever, answerer = FakeRewriter(QUESTION), FakeRetriever(), FakeAnswerer()
    answering = Answering(retriever, READER, answerer, abstain_below=0.5, rewriter=rewriter)
    answer = await answering.ask("How long is it?", conversation=BEFORE, asker=Asker(7, None, readable=EVERYTHING))
    assert rewriter.seen == [("How long is it?", BEFORE, Asker(7, None, readable=EVERYTHING))]
    assert retriever.asked[0][0] == answerer.offered[0][0] == answer.receipt.understood == QUESTION
    assert answer.question == "How long is it?"


async def test_a_question_that_stands_alone_is_not_said_to_be_understood() -> None:
    rewriter = FakeRewriter(QUESTION)
    answering = Answering(FakeRetriever(), READER, FakeAnswerer(), abstain_below=0.5, rewriter=rewriter)
    assert (await answering.ask(QUESTION, conversation=BEFORE)).receipt.understood is None
    assert (await answering.ask("How long?")).receipt.understood is None
    assert len(rewriter.seen) == 1, "without a conversation there is nothing to rewrite"


async def test_without_a_rewriter_names_carry_over() -> None:
    answering = Answering(FakeRetriever(), READER, FakeAnswerer(), abstain_below=0.5)
    understood = (await answering.ask("How long is it?", conversation=BEFORE)).receipt.understood
    assert understood is not None
    assert "Panjshir Valley" in understood


# --- the receipt


@pytest.mark.parametrize("confidence", [0.1, 0.9], ids=["abstained", "answered"])
async def test_the_receipt_shows_how_an_outcome_was_made(confidence: float) -> None:
    passage = a_passage(" ".join(f"Sentence {number} is here." for number in range(15)))
    retriever, reading = FakeRetriever(hits=(a_hit(passage),)), a_reading(passage, confidence)
    answerer = FakeAnswerer([DraftClaim("Sentence 1 is here.", ("S2",))])
    receipt = (await Answering(retriever, FakeReader(reading), answerer, abstain_below=0.5).ask(QUESTION)).receipt
    assert receipt.hits == retriever.hits
    assert receipt.candidates == reading.candidates[:10]
    assert (receipt.answerer, receipt.generation) == ("fake", "g7")


@pytest.mark.parametrize("drafts", [[GOOD], []], ids=["answered", "abstained"])
async def test_what_the_answerer_says_of_the_draft_is_passed_on(drafts: list[DraftClaim]) -> None:
    assert (await ask(FakeAnswerer(drafts, note="It was a dark night."))).note == "It was a dark night."
    assert (await ask(FakeAnswerer(drafts))).note is None


async def test_the_receipt_s_times_are_milliseconds_of_the_clock() -> None:
    clock = FakeClock([100.0, 100.25, 101.75])
    answering = Answering(FakeRetriever(), READER, FakeAnswerer(), abstain_below=0.5, clock=clock)
    receipt = (await answering.ask(QUESTION)).receipt
    assert (receipt.retrieve_ms, receipt.answer_ms) == (250.0, 1500.0)


# --- the whole way

PIECES = st.sampled_from(
    [
        "It is so.",
        "# Heading",
        "Is it so?",
        "3.5 km",
        "“Yes,” he said.",
        '"',
        "1,000",
        "\n",
        "\u00a0",
        "😀!",
        "\u202e",
        "ß",
    ]
)
TEXTS = (
    st.lists(PIECES, min_size=1, max_size=10).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
).filter(str.strip)
SIGNALS = st.builds(Signals, st.floats(-1, 1), st.floats(0, 1))


@st.composite
def found(draw: st.DrawFn) -> tuple[Hit, ...]:
    hits = []
    for number, text in enumerate(draw(st.lists(TEXTS, max_size=4))):
        passage = a_passage(text, f"{number}.md")
        count = len(passage.sentences)
        hits.append(a_hit(passage, *draw(st.lists(SIGNALS, min_size=count, max_size=count))))
    return tuple(hits)


def stands_there(citation: Citation, hits: Sequence[Hit]) -> bool:
    (article,) = {hit.passage.article for hit in hits if hit.passage.article.id == citation.article_id}
    return article.version == citation.version and article.text[citation.start : citation.end] == citation.quote


@given(st.text(), found(), st.floats(0, 1))
@settings(deadline=None)
async def test_whatever_is_found_each_claim_is_cited_and_each_citation_exact(
    question: str, hits: tuple[Hit, ...], threshold: float
) -> None:
    answering = Answering(FakeRetriever(hits), WordReader(), ExtractiveAnswerer(), abstain_below=threshold)
    outcome = await answering.ask(question)
    assert all(stands_there(citation, hits) for citation in outcome.citations)
    if isinstance(outcome, Answer):
        assert outcome.confidence >= threshold
        assert outcome.claims
        assert all(claim.citations for claim in outcome.claims)
    else:
        assert outcome.confidence < threshold or outcome.nearest == ()


@given(st.lists(st.builds(DraftClaim, TEXTS, st.lists(st.sampled_from(["S1", "S2", "S3", "X"])).map(tuple))), found())
@settings(deadline=None)
async def test_whatever_is_drafted_only_grounded_claims_are_shown(
    drafts: list[DraftClaim], hits: tuple[Hit, ...]
) -> None:
    answering = Answering(FakeRetriever(hits), WordReader(), FakeAnswerer(drafts), abstain_below=0.0)
    outcome = await answering.ask("Is it so?")
    assert all(stands_there(citation, hits) for citation in outcome.citations)
    claims = outcome.claims if isinstance(outcome, Answer) else ()
    drafted = {draft.text for draft in drafts}
    verbatim = {as_prose(citation.quote) for claim in claims for citation in claim.citations}
    assert all(claim.citations and claim.text in drafted | verbatim for claim in claims)


async def test_named_articles_are_looked_for() -> None:
    retriever = FakeRetriever(hits=())
    answering = Answering(retriever, WordReader(), ExtractiveAnswerer(), abstain_below=0.0)
    await answering.ask(QUESTION, articles=frozenset({"a.md"}))
    assert retriever.among == frozenset({"a.md"})
