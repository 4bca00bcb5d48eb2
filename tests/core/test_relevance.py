"""Which retrieved sentences may carry an answer, and how surely."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footnote.models import Article, Hit, Passage, Reading, Sentence, Signals
from footnote.relevance import MatchReader

SOME = Signals(cosine=0.4, coverage=0.5)
QUESTION = "Who leads the front?"


def a_hit(*quotes: str, passage: Signals = SOME, sentences: tuple[Signals, ...] | None = None) -> Hit:
    """A passage of these sentences, one a line."""
    spans, start = [], 0
    for quote in quotes:
        spans.append(Sentence(start, start + len(quote)))
        start += len(quote) + 1
    article = Article("a.md", "A title", "\n".join(quotes))
    return Hit(Passage(article, tuple(spans)), 1.0, passage, sentences or (SOME,) * len(quotes))


def read(*hits: Hit, question: str = QUESTION) -> Reading:
    return MatchReader().read(question, hits)


def quotes(reading: Reading) -> list[str]:
    return [candidate.quote for candidate in reading.candidates]


@pytest.mark.parametrize(
    "quote", ["# The front", "## Who leads the front", "###", "Who leads the front?", "?", "Where are they now?"]
)
def test_headings_and_questions_are_never_candidates(quote: str) -> None:
    best = Signals(cosine=1.0, coverage=1.0)
    reading = read(a_hit(quote, "Massoud leads it.", sentences=(best, SOME)))
    assert quotes(reading) == ["Massoud leads it."]


@pytest.mark.parametrize("hits", [(), (a_hit("# The front", "Who leads the front?"),)])
def test_without_a_candidate_there_is_no_confidence(hits: tuple[Hit, ...]) -> None:
    assert read(*hits) == Reading((), 0.0)


def test_candidates_come_best_first_from_all_hits() -> None:
    low, middle, high = (Signals(cosine, 0.5) for cosine in (0.1, 0.5, 0.9))
    reading = read(a_hit("Low.", "High.", sentences=(low, high)), a_hit("Middle.", sentences=(middle,)))
    assert quotes(reading) == ["High.", "Middle.", "Low."]


def test_equal_candidates_keep_the_order_of_the_hits() -> None:
    assert quotes(read(a_hit("One.", "Two."), a_hit("Three."))) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("part", ["sentence", "passage"])
@pytest.mark.parametrize("signal", ["cosine", "coverage"])
def test_each_signal_of_a_match_raises_score_and_confidence(part: str, signal: str) -> None:
    better = replace(SOME, **{signal: 0.9})
    before = read(a_hit("It."))
    after = read(a_hit("It.", sentences=(better,)) if part == "sentence" else a_hit("It.", passage=better))
    assert after.candidates[0].score > before.candidates[0].score
    assert after.confidence > before.confidence


def test_a_long_question_may_be_matched_less_well_than_a_short_one() -> None:
    long = "Who leads the front in the valley since the republic fell and the army left?"
    assert read(a_hit("It."), question=long).confidence > read(a_hit("It.")).confidence


SIGNALS = st.builds(Signals, st.floats(-1, 1), st.floats(0, 1))
QUOTES = st.sampled_from(["It is so.", "# A heading", "Is it so?", "12", "😀", "- 12 of them"])


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    found = draw(st.lists(st.tuples(QUOTES, SIGNALS), min_size=1, max_size=5))
    return a_hit(
        *(quote for quote, _ in found), passage=draw(SIGNALS), sentences=tuple(signals for _, signals in found)
    )


@given(st.text(), st.lists(hits(), max_size=4))
@settings(deadline=None)
def test_confidence_is_a_chance(question: str, found: list[Hit]) -> None:
    assert 0 <= read(*found, question=question).confidence <= 1


@given(st.lists(hits(), max_size=4))
@settings(deadline=None)
def test_every_sentence_that_states_something_is_a_candidate_once_and_best_first(found: list[Hit]) -> None:
    reading = read(*found)
    stated = [
        (hit.passage, sentence)
        for hit in found
        for sentence in hit.passage.sentences
        if hit.passage.article.text[sentence.start : sentence.end] in {"It is so.", "- 12 of them"}
    ]
    scores = [candidate.score for candidate in reading.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(reading.candidates) == len(stated)
    assert all((candidate.passage, candidate.sentence) in stated for candidate in reading.candidates)


@given(st.text(), hits(), SIGNALS)
@settings(deadline=None)
def test_a_better_match_never_lowers_score_or_confidence(question: str, hit: Hit, other: Signals) -> None:
    better = replace(
        hit, signals=best_of(hit.signals, other), sentences=tuple(best_of(each, other) for each in hit.sentences)
    )
    before, after = read(hit, question=question), read(better, question=question)
    assert after.confidence >= before.confidence
    scores = zip(before.candidates, after.candidates, strict=True)
    assert all(one.score <= other.score for one, other in scores)


def best_of(one: Signals, other: Signals) -> Signals:
    return Signals(max(one.cosine, other.cosine), max(one.coverage, other.coverage))
