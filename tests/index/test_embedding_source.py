"""Vectors of a build's passages: each comes once, from the cache or from the embedder."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from counted_words import CountedWords
from numpy.typing import NDArray

from footnote.errors import ModelError
from footnote.models import Article, Passage, Sentence
from footnote_index.building.embedding_source import CHUNK, EmbeddingSource
from footnote_index.building.reports import Expense, Forecast
from footnote_index.embedders import Embedder, PassageVectors, Pause
from footnote_index.storage.embedding_cache import EmbeddingCache, cache_key


class Counting:
    """Keeps the texts that it was asked for, a list for each call. It may charge a dollar for each passage."""

    name = "bags"

    def __init__(self, *, charges: bool = False) -> None:
        self.calls: list[list[str]] = []
        self.dimensions: int | None = None
        self._charges = charges

    def expense(self, passages: Sequence[Passage]) -> Expense | None:
        return Expense(2 * len(passages), float(len(passages))) if self._charges else None

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        self.calls.append([passage.text for passage in passages])
        found = CountedWords().embed_passages(passages, pause=pause)
        return PassageVectors(found.passages[:, : self.dimensions], found.sentences[:, : self.dimensions], found.tokens)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return CountedWords().embed_question(question)


class Unpriced(Counting):
    """A service whose prices nobody knows."""

    def expense(self, passages: Sequence[Passage]) -> Expense:
        return Expense(len(passages), None)


def passage(number: int, article_id: str = "") -> Passage:
    text = f"Number {number}."
    return Passage(Article(article_id or f"{number}.txt", "Title", text), (Sentence(0, len(text)),))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    with EmbeddingCache(tmp_path / "vectors.sqlite") as cache:
        yield cache


def source(cache: EmbeddingCache, embedder: Embedder, *, from_scratch: bool = False) -> EmbeddingSource:
    return EmbeddingSource(cache, embedder, from_scratch=from_scratch)


def taken(source: EmbeddingSource, passages: Sequence[Passage]) -> list[Passage]:
    return [one for chunk in source.take(passages, pause=time.sleep) for one, _ in chunk]


def test_passages_come_in_order_whether_they_are_new_or_not(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(5))]
    taken(source(cache, embedder), passages[1::2])
    assert taken(source(cache, embedder), passages) == passages
    assert embedder.calls == [["Number 1.", "Number 3."], ["Number 0.", "Number 2.", "Number 4."]]


def test_each_has_its_own_vectors(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(3))]
    for _ in range(2):  # new ones, and those from the cache
        chunks = [*source(cache, embedder).take(passages, pause=time.sleep)]
        for one, vectors in chunks[0]:
            assert np.array_equal(vectors.passage, embedder.embed_passages([one]).passages[0])
            assert len(vectors.sentences) == 1


def test_a_chunk_is_stored_before_the_next_one_is_embedded(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(CHUNK + 1))]
    chunks = source(cache, embedder).take(passages, pause=time.sleep)
    assert len(next(chunks)) == CHUNK
    assert len(cache.known()) == len(embedder.calls[0]) == CHUNK
    assert len(next(chunks)) == 1
    assert [len(call) for call in embedder.calls] == [CHUNK, 1]


def test_the_same_text_is_embedded_once(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [passage(1, "a.txt"), passage(1, "b.txt"), passage(2), passage(1, "c.txt")]
    filled = source(cache, embedder)
    assert taken(filled, passages) == passages
    assert embedder.calls == [["Number 1.", "Number 2."]]
    assert (filled.tokens, len(filled.keys)) == (2, 2)


@pytest.mark.parametrize("from_scratch", [False, True])
def test_the_same_text_in_a_later_chunk_is_not_embedded_again(cache: EmbeddingCache, from_scratch: bool) -> None:
    embedder, passages = Counting(), [*map(passage, range(CHUNK)), passage(0, "copy.txt")]
    assert taken(source(cache, embedder, from_scratch=from_scratch), passages) == passages
    assert [len(call) for call in embedder.calls] == [CHUNK]


def test_only_what_was_really_embedded_is_counted(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(3))]
    taken(source(cache, embedder), passages[:2])
    filled = source(cache, embedder)
    taken(filled, passages)
    assert filled.tokens == 1
    assert filled.keys == {cache_key("bags", one) for one in passages}


def test_from_scratch_nothing_is_taken_from_the_cache(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(2))]
    for _ in range(2):
        taken(source(cache, embedder, from_scratch=True), passages)
    assert embedder.calls == 2 * [["Number 0.", "Number 1."]]
    assert source(cache, embedder, from_scratch=True).forecast(passages) == Forecast(2, None)
    assert source(cache, embedder).forecast(passages) == Forecast(0, None)


def test_what_the_cache_has_lost_meanwhile_is_embedded(cache: EmbeddingCache) -> None:
    embedder, passages = Counting(), [*map(passage, range(2))]
    taken(source(cache, embedder), passages)
    later = source(cache, embedder)
    cache.keep_only([])
    assert taken(later, passages) == passages
    assert len(embedder.calls) == 2


def test_vectors_of_another_length_end_the_build(cache: EmbeddingCache) -> None:
    embedder = Counting()
    taken(source(cache, embedder), [passage(1)])
    embedder.dimensions = 3
    with pytest.raises(ModelError, match="vectors of a different length"):
        taken(source(cache, embedder), [passage(1), passage(2)])


def test_the_length_may_be_set_before(cache: EmbeddingCache) -> None:
    embedder, filled = Counting(), source(cache, Counting())
    filled.dimensions = len(embedder.embed_question("Number"))
    assert taken(filled, [passage(1)])
    filled.dimensions += 1
    with pytest.raises(ModelError):
        taken(filled, [passage(2)])


def test_a_forecast_counts_each_new_text_once_over_all_chunks(cache: EmbeddingCache) -> None:
    embedder = Counting(charges=True)
    taken(source(cache, embedder), [passage(0)])
    passages = [passage(number % (CHUNK + 2), f"{number}.txt") for number in range(3 * CHUNK)]
    assert source(cache, embedder).forecast(passages) == Forecast(CHUNK + 1, Expense(2 * (CHUNK + 1), CHUNK + 1.0))
    assert len(embedder.calls) == 1


def test_what_is_done_here_costs_nothing_and_an_unknown_price_stays_unknown(cache: EmbeddingCache) -> None:
    passages = [*map(passage, range(CHUNK + 1))]
    assert source(cache, Counting()).expense(passages) is None
    assert source(cache, Unpriced()).expense(passages) == Expense(CHUNK + 1, None)
    assert source(cache, Counting(charges=True)).expense([]) == Expense(0, 0.0)


def test_without_passages_nothing_is_asked(cache: EmbeddingCache) -> None:
    embedder = Counting()
    assert [*source(cache, embedder).take([], pause=time.sleep)] == []
    assert embedder.calls == []
