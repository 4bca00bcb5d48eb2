"""Which retrieved sentences may carry an answer, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.models import Article, Evidence, Hit, Passage, PassageScores, Reading, Sentence, Signals
from footnote.reading.relevance import PASSAGES_READ, READ_FIRST, PassageReader

SOME = Signals(cosine=0.4, coverage=0.5)
QUESTION = "Who leads the front?"


class FakeScorer:
    """Gives sentences the logits that the test sets, 0 to all others, each passage the same, and keeps what it was
    asked to read.
    """

    def __init__(self, logits: dict[str, float] | None = None, *, passage: float = 0.0) -> None:
        self.logits = logits or {}
        self.passage = passage
        self.read: list[Evidence] = []

    async def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:  # noqa: ARG002
        self.read += passages
        return [
            PassageScores(self.passage, tuple(self.logits.get(one, 0.0) for one in passage.sentences))
            for passage in passages
        ]


def a_hit(*quotes: str, article: str = "a.md", title: str = "A title", published: date | None = None) -> Hit:
    """A passage of these sentences, one a line."""
    spans, start = [], 0
    for quote in quotes:
        spans.append(Sentence(start, start + len(quote)))
        start += len(quote) + 1
    text = Article(article, title, "\n".join(quotes), published=published)
    return Hit(Passage(text, tuple(spans)), 1.0, SOME, (SOME,) * len(quotes))


async def read(*hits: Hit, question: str = QUESTION, logits: dict[str, float] | None = None) -> Reading:
    return await PassageReader(FakeScorer(logits)).read(question, hits)


def quotes(reading: Reading) -> list[str]:
    return [candidate.quote for candidate in reading.candidates]


@pytest.mark.parametrize(
    "quote",
    [
        "# The front",
        "## Who leads the front",
        "###",
        "Who leads the front?",
        "?",
        "Where are they now?",
        "It leads to:",
    ],
)
async def test_headings_questions_and_lead_ins_are_never_candidates(quote: str) -> None:
    assert quotes(await read(a_hit(quote, "Massoud leads it."), logits={quote: 9.0})) == ["Massoud leads it."]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does a berth cost?", ["It costs 5 euros."]),
        ("Where is the guide for members?", ["See the guide for details.", "It costs 5 euros."]),
        (
            "What does a berth cost? Where is the guide for members?",
            ["See the guide for details.", "It costs 5 euros."],
        ),
    ],
)
async def test_a_sentence_that_points_elsewhere_answers_only_the_part_that_asks_where(
    question: str, expected: list[str]
) -> None:
    class ByPart(FakeScorer):
        async def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:
            self.logits = {"See the guide for details.": 9.0 if "guide" in question else 1.0}
            return await super().score(question, passages)

    hit = a_hit("See the guide for details.", "It costs 5 euros.")
    assert quotes(await PassageReader(ByPart()).read(question, [hit])) == expected


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ("Is it open on Wednesday?", "Tuesday to Thursday (Wednesday)"),
        ("When is it open?", "Tuesday to Thursday"),
    ],
)
async def test_days_are_read_where_one_is_asked_for(question: str, seen: str) -> None:
    scorer = FakeScorer()
    reading = await PassageReader(scorer).read(question, [a_hit("Tuesday to Thursday")])
    assert [one.sentences for one in scorer.read] == [(seen,)]
    assert quotes(reading) == ["Tuesday to Thursday"]


@pytest.mark.parametrize("quote", ["Phone: 0123 456", "Monday | 9 to 12", "port = 8080", "27 Humvees", "Closed"])
async def test_short_lines_can_be_cited(quote: str) -> None:
    assert quotes(await read(a_hit(quote))) == [quote]


@pytest.mark.parametrize("hits", [(), (a_hit("# The front", "Who leads the front?"),)])
async def test_without_a_candidate_there_is_no_confidence(hits: tuple[Hit, ...]) -> None:
    assert await read(*hits) == Reading((), 0.0)


async def test_candidates_come_best_first_from_all_hits() -> None:
    found = (a_hit("Low.", "High."), a_hit("Middle.", article="b.md"))
    assert quotes(await read(*found, logits={"High.": 3.0, "Middle.": 1.0})) == ["High.", "Middle.", "Low."]


async def test_equal_candidates_keep_the_order_of_the_hits() -> None:
    assert quotes(await read(a_hit("One.", "Two."), a_hit("Three."))) == ["One.", "Two.", "Three."]


async def test_the_first_passages_are_read_below_their_title_and_day() -> None:
    scorer = FakeScorer()
    hits = [a_hit(f"It is {number}.", published=date(2021, 9, 4)) for number in range(PASSAGES_READ + 2)]
    await PassageReader(scorer).read(QUESTION, hits)
    assert [one.sentences for one in scorer.read] == [(f"It is {number}.",) for number in range(PASSAGES_READ)]
    assert {one.header for one in scorer.read} == {"A title · 4 September 2021"}


@pytest.mark.parametrize(
    ("passage", "question", "read"),
    [
        (0.0, QUESTION, PASSAGES_READ),  # in doubt
        (9.0, QUESTION, READ_FIRST),
        (-9.0, QUESTION, READ_FIRST),
        (
            9.0,
            "Who leads the front and how long is the valley?",
            PASSAGES_READ,
        ),  # the first ones may decide one of the two
        (0.0, f"Who leads the front {'and the others ' * 10}?", READ_FIRST),  # a long one is decided by vectors
    ],
)
async def test_passages_are_read_until_it_is_decided(passage: float, question: str, read: int) -> None:
    scorer = FakeScorer(passage=passage)
    await PassageReader(scorer).read(question, [a_hit(f"It is {number}.") for number in range(PASSAGES_READ)])
    assert len({one.sentences for one in scorer.read}) == read


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("How long is quay 6?", "Quay 6 is long.", "Quay 5 is long."),
        ("How many are in the Bamiyan Valley?", "Five are in the Bamiyan Valley.", "Five are in the Panjshir Valley."),
        ("What was signed in August 2019?", "It was signed in August 2019.", "It was signed in August 2021."),
        ("Who lives in Sao Paulo?", "They live in São Paulo.", "They live in São Luís."),
        ("What did Ødegard say?", "Odegard said no.", "Lind said no."),
    ],
)  # fmt: skip
async def test_what_is_asked_for_has_to_be_there(question: str, has: str, lacks: str) -> None:
    there, gone = [(await read(a_hit(quote), question=f"Tell me: {question}")).confidence for quote in (has, lacks)]
    assert there > gone + 0.1


async def test_a_sentence_stands_under_its_own_heading_also_inside_a_passage() -> None:
    versions = a_hit("# Ferrule 3.1", "Released on 14 January.", "# Ferrule 3.0", "Released on 2 May.")
    asked = [(await read(versions, question=f"When was Ferrule {one} released?")) for one in ("3.1", "3.0")]
    assert [quotes(reading)[0] for reading in asked] == ["Released on 14 January.", "Released on 2 May."]


async def test_rows_are_read_with_their_columns_and_the_columns_alone_are_no_answer() -> None:
    rows = ("| Berth | Fee per night |", "| North | 300 euros |", "| South | 200 euros |")
    scorer = FakeScorer()
    reading = await PassageReader(scorer).read("What does the north berth cost?", [a_hit("Two berths.", *rows)])
    assert scorer.read[0].sentences[2:] == (
        "Berth: North; Fee per night: 300 euros",
        "Berth: South; Fee per night: 200 euros",
    )
    assert {*quotes(reading)} == {"Two berths.", *rows[1:]}


@pytest.mark.parametrize(("said", "is_asked"), [("Thanks!", False), ("hi", False), ("who knows", True), ("boat", True)])
async def test_what_asks_nothing_is_not_answered(said: str, is_asked: bool) -> None:
    reading = await read(a_hit("The boat sank."), question=said, logits={"The boat sank.": 9.0})
    assert (reading.confidence > 0) is is_asked


async def test_what_the_title_names_is_there() -> None:
    question = "Where is the director of the Seal Trust?"
    named, other = [
        (await read(a_hit("He is in Oslo.", title=title), question=question)).confidence
        for title in ("The Seal Trust", "The Whale Trust")
    ]
    assert named > other


TEXTS = st.sampled_from(["It is so.", "# A heading", "Is it so?", "12", "😀", "- 12 of them"])


@given(st.text(), st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=4), st.floats(-30, 30))
@settings(deadline=None)
async def test_confidence_is_a_chance(question: str, found: list[list[str]], logit: float) -> None:
    reading = await read(*(a_hit(*lines) for lines in found), question=question, logits={"It is so.": logit})
    assert 0 <= reading.confidence <= 1


@given(st.floats(-20, 20), st.floats(0, 10))
@settings(deadline=None)
async def test_a_better_score_never_lowers_confidence(logit: float, more: float) -> None:
    low, high = [
        (await read(a_hit("It is so."), logits={"It is so.": one})).confidence for one in (logit, logit + more)
    ]
    assert high >= low


async def test_passages_of_other_articles_leave_the_confidence_as_it_was() -> None:
    alone = await read(a_hit("Massoud leads it."), logits={"Massoud leads it.": 2.0})
    others = [a_hit(f"It is {number}.", article=f"{number}.md") for number in range(7)]
    among = await read(a_hit("Massoud leads it."), *others, logits={"Massoud leads it.": 2.0})
    assert among.confidence == alone.confidence


async def test_a_source_that_a_question_names_need_not_stand_in_the_sentence() -> None:
    hit = a_hit("Massoud leads the front.")
    article = replace(hit.passage.article, source="The Age")
    from_the_age = replace(hit, passage=replace(hit.passage, article=article))
    asked = "According to The Age, who leads the front?"
    assert (await read(from_the_age, question=asked)).confidence > (await read(hit, question=asked)).confidence
    assert (await read(from_the_age)).confidence == (await read(hit)).confidence


async def test_a_question_that_joins_many_conditions_is_judged_by_the_nearest_sentence() -> None:
    """No sentence answers it alone."""
    asked = f"{' '.join(['Which front is it that, as was said,', *['holds the valley and'] * 8])} is led by Massoud?"
    hit = a_hit("Massoud leads the front.", "It holds the valley.")
    near = replace(hit, sentences=(Signals(0.7, 0.5), Signals(0.2, 0.5)))
    far = replace(hit, sentences=(Signals(0.3, 0.5), Signals(0.2, 0.5)))
    logits = {"Massoud leads the front.": -5.0, "It holds the valley.": -5.0}
    assert (await read(near, question=asked, logits=logits)).confidence > 0.9
    assert (await read(far, question=asked, logits=logits)).confidence < 0.1
