"""Which sentences are about a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from footnote.grounding.topic import ABOUT_IT, BESIDE_ONE, Topic
from footnote.models import Article, Candidate, Passage
from footnote.text.sentences import split_sentences

TEXT = "The valley is long. It has rivers. Emeralds are mined there. Goats graze."
NEAR, LESS, FAR = -ABOUT_IT + 0.1, -ABOUT_IT - 0.1, -BESIDE_ONE - 0.1


def read(*scores: float) -> list[Candidate]:
    passage = Passage(Article("a.md", "A", TEXT), split_sentences(TEXT))
    return [Candidate(passage, *pair) for pair in zip(passage.sentences, scores, strict=True)]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((0.0, NEAR, NEAR, NEAR), [True, True, True, True]),
        ((0.0, LESS, LESS, LESS), [True, True, False, False]),  # the second goes on with the first
        ((LESS, 0.0, LESS, LESS), [True, True, True, False]),
        ((0.0, FAR, LESS, LESS), [True, False, False, False]),
        ((7.0, 7.0 + FAR, 7.0 + LESS, 7.0 + NEAR), [True, False, True, True]),
    ],
)
def test_a_sentence_is_about_the_question_near_the_best_one(scores: tuple[float, ...], expected: list[bool]) -> None:
    sentences = read(*scores)
    assert [*map(Topic(sentences).has, sentences)] == expected


def test_one_that_was_found_elsewhere_is_held_to_the_same_scores() -> None:
    other = Passage(Article("b.md", "B", TEXT), split_sentences(TEXT))
    topic = Topic(read(0.0, 0.0, 0.0, 0.0))
    assert topic.has(Candidate(other, other.sentences[0], NEAR))
    assert not topic.has(Candidate(other, other.sentences[0], LESS))  # nothing beside it was read for the question


def test_a_part_of_the_question_is_answered_by_what_is_best_for_it() -> None:
    first, second, *_ = read(9.0, 9.0 + FAR, 0.0, 0.0)
    assert not Topic([first, second]).has(second)
    assert Topic([first, replace(second, part=1)]).has(replace(second, part=1))


def test_of_nothing_nothing_is_far() -> None:
    (one, *_) = read(0.0, 0.0, 0.0, 0.0)
    assert Topic([]).has(one)
