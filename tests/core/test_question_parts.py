"""Two questions in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from footnote.answering.extractive import NARROW, choose
from footnote.answering.left_open import note_of_parts
from footnote.models import Article, Candidate, Evidence, Hit, Passage, PassageScores, Reading, Signals
from footnote.ports import Retrieved
from footnote.reading.certainty import ABSTAIN_BELOW
from footnote.reading.question_parts import by_turns, for_part, parts_of
from footnote.reading.relevance import PassageReader
from footnote.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "What does a berth for a motor boat cost and how long does the crossing to Grimsund take?",
            ("What does a berth for a motor boat cost?", "how long does the crossing to Grimsund take?"),
        ),
        (
            "When does the library open? And who is the harbour master of Norvik?",
            ("When does the library open?", "who is the harbour master of Norvik?"),
        ),
        (
            "when was the crane built, and where does the ferry leave",
            ("when was the crane built?", "where does the ferry leave?"),
        ),
        (
            "What time does the workshop close on Saturday? And is there wifi?",
            ("What time does the workshop close on Saturday?", "is there wifi?"),
        ),
        (
            "Is there wifi? Can I bring my dog? And also who is the treasurer of it all?",
            ("Is there wifi? Can I bring my dog? And also who is the treasurer of it all?",),
        ),
        (
            "Is there wifi? Can I bring my dog? And also who is the chair of the club?",
            ("Is there wifi?", "Can I bring my dog?", "who is the chair of the club?"),
        ),
        (
            "when do you open on Sunday and can I bring my dog",
            ("when do you open on Sunday?", "can I bring my dog?"),
        ),
    ],
)
def test_each_question_of_a_message_stands_alone(message: str, parts: tuple[str, ...]) -> None:
    assert parts_of(message) == parts


@pytest.mark.parametrize(
    "message",
    [
        "When was the bridge built?",
        "Who built the bridge and when?",
        "Who is the mayor and where was she born?",
        "What is the crane and how much does it lift?",
        "Which ships sank and which were saved?",
        "Does anybody know what the harbour costs?",
        "Tell me who won and how many points they scored.",
        "How do seals and whales differ?",
        "What time does the workshop close? And is it free?",
        "Which rooms are free and are heated?",
        "Is the workshop open? Is there?",
    ],
)
def test_a_message_about_one_thing_is_one_question(message: str) -> None:
    assert parts_of(message) == (message,)


BOTH = "What does a berth cost at night and how long does the crossing take?"


def found(article: str, text: str, *cosines: float, generation: str = "now") -> Retrieved:
    passage = Passage(Article(article, article, text), split_sentences(text))
    signals = tuple(Signals(cosine, 0.5) for cosine in cosines)
    return Retrieved((Hit(passage, 1.0, Signals(0.5, 0.5), signals),), generation)


def a_candidate(article: str, text: str) -> Candidate:
    passage = Passage(Article(article, article, text), split_sentences(text))
    return Candidate(passage, passage.sentences[0], 0.0)


BERTHS = "A berth costs 60 euros a night."
FERRIES = "The crossing takes 70 minutes."


def test_what_is_found_for_each_part_comes_by_turns() -> None:
    more = found("ferries", FERRIES, 0.9).hits + found("seals", "Seals eat herring.", 0.1).hits
    together = by_turns([found("berths", BERTHS, 0.8), Retrieved(more, "now")])
    assert [hit.passage.article.id for hit in together.hits] == ["berths", "ferries", "seals"]


def test_a_passage_found_twice_keeps_the_higher_cosine_of_each_sentence() -> None:
    text = f"{BERTHS} {FERRIES}"
    (hit,) = by_turns([found("a", text, 0.8, 0.2), found("a", text, 0.3, 0.9)]).hits
    assert [signals.cosine for signals in hit.sentences] == [0.8, 0.9]


def test_a_passage_keeps_what_it_was_found_with_for_each_part() -> None:
    text = f"{BERTHS} {FERRIES}"
    both = by_turns([found("a", text, 0.8, 0.2), Retrieved((*found("b", FERRIES, 0.9).hits,), "now")])
    one, other = both.hits
    assert [[signals.cosine for signals in part] for part in one.by_part] == [[0.8, 0.2], [0.8, 0.2]]
    assert [[signals.cosine for signals in part] for part in other.by_part] == [[0.2], [0.9]]
    assert for_part(other, 0).sentences == other.by_part[0]
    assert by_turns([found("a", text, 0.8, 0.2)]).hits[0].by_part == ()


def test_a_generation_that_went_live_meanwhile_is_left_out() -> None:
    together = by_turns([found("a", BERTHS, 0.8), found("b", FERRIES, 0.9, generation="later")])
    assert [hit.passage.article.id for hit in together.hits] == ["a"]
    assert together.generation == "now"


class OneThingAtATime:
    """Scores a sentence by the words it shares with the question, and cannot read two questions at once."""

    async def score(self, question: str, passages: Sequence[Evidence]) -> list[PassageScores]:
        asked = set(question.lower().rstrip("?").split())
        scores = [[float(len(asked & set(one.lower().split()))) for one in passage.sentences] for passage in passages]
        return [PassageScores(max(own) if " and " not in question else -9.0, tuple(own)) for own in scores]


async def test_both_parts_are_read_by_themselves() -> None:
    hits = found("berths", BERTHS, 0.5).hits + found("ferries", FERRIES, 0.5).hits
    reading = await PassageReader(OneThingAtATime()).read(BOTH, hits)
    best, second = reading.candidates
    assert {best.quote, second.quote} == {BERTHS, FERRIES}
    assert best.score - second.score < NARROW


def test_each_part_gets_its_own_sentence_in_the_order_asked() -> None:
    texts = [("ferries", FERRIES, 9.0, 1), ("berths", BERTHS, 7.0, 0), ("boats", "A boat costs 900 euros.", 6.9, 0)]
    candidates = {
        f"S{number}": replace(a_candidate(article, text), score=score, part=part)
        for number, (article, text, score, part) in enumerate(texts)
    }
    assert choose(BOTH, candidates) == ["S1", "S2", "S0"]
    low = {**candidates, "S1": replace(candidates["S1"], score=1.0), "S2": replace(candidates["S2"], score=0.9)}
    assert choose(BOTH, low) == ["S1", "S0"]
    unsure = {key: replace(one, surely=0.1 if one.part == 0 else 0.9) for key, one in candidates.items()}
    assert choose(BOTH, unsure) == ["S0"]
    assert choose("What does a berth cost?", {"S1": unsure["S1"]}) == ["S1"]


async def test_each_part_has_its_own_certainty() -> None:
    hits = by_turns([found("berths", BERTHS, 0.8), found("seals", "Seals eat herring.", 0.1)]).hits
    reading = await PassageReader(OneThingAtATime()).read(BOTH, hits)
    cost, crossing = reading.by_part
    assert reading.confidence == cost > ABSTAIN_BELOW > crossing
    assert (await PassageReader(OneThingAtATime()).read("What does a berth cost at night?", hits)).by_part == ()


def test_a_part_that_is_left_open_is_named() -> None:
    berths, ferries = a_candidate("berths", BERTHS), replace(a_candidate("ferries", FERRIES), part=1)
    reading = Reading((berths, ferries), 0.9, (0.9, 0.1))
    assert note_of_parts(reading, [berths]) == "The articles do not answer the second part of the question."
    assert note_of_parts(reading, [berths, ferries]) is None  # a language model has found something
    assert note_of_parts(replace(reading, by_part=(0.9, 0.8)), [berths]) is None
    assert note_of_parts(replace(reading, by_part=()), [berths]) is None


async def test_parts_are_told_apart_in_another_language_too() -> None:
    german = [("berths", "Ein Liegeplatz kostet 60 Euro die Nacht."), ("ferries", "Die Überfahrt dauert 70 Minuten.")]
    hits = tuple(hit for name, text in german for hit in found(name, text, 0.6).hits)
    reading = await PassageReader(OneThingAtATime()).read(
        "What does a Liegeplatz in Norvik cost and how long does the Überfahrt take?", hits
    )
    assert {one.part for one in reading.candidates} == {0, 1}


def test_a_list_keeps_a_step_that_answers_another_part_better() -> None:
    text = "How to register:\n\n1. Fill in the form.\n2. Sign it.\n3. Pay the berth cost at the desk.\n4. Wait."
    passage = Passage(Article("a", "Boats", text), split_sentences(text))
    steps = [Candidate(passage, one, 8.0) for one in passage.sentences if text[one.start].isdigit()]
    steps[2] = replace(steps[2], score=4.0, part=1)
    candidates = {f"S{number}": one for number, one in enumerate(steps, 1)}
    chosen = choose("What are the steps to register a boat and how much does a berth cost?", candidates)
    assert chosen == ["S1", "S2", "S3", "S4"]
