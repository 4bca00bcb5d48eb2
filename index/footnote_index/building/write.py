"""A build, once it is planned (plan.py): split -> embed -> write a new generation beside the live one.

What the live generation has already is taken over from it. The switch comes after it (build.py, live.py): until then
the live generation answers as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage, Sentence
from footnote_index.building.embedding_source import CHUNK, EmbeddingSource
from footnote_index.building.plan import Plan
from footnote_index.building.reports import (
    Difference,
    Stage,
    Status,
)
from footnote_index.building.stopwatch import Stopwatch
from footnote_index.embedders import Embedder
from footnote_index.passages import passages_in, split_passages
from footnote_index.storage import catalogue, checksums, sentence_vectors
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.chroma import ChromaPassages
from footnote_index.storage.embedding_cache import EmbeddingCache
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.lexical import Lexical

_MOST_REPLACED = 0.2
"""Of Chroma's rows, before it is written afresh."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a generation is written from, and nothing that could not be sent to another process.

    `base` is the live generation: the new one begins as its copy. None: it begins empty. `from_scratch`: the vectors
    in the cache are not used. `previous` names the generation that is live meanwhile.
    """

    plan: Plan
    base: GenerationFolder | None
    cache: Path
    from_scratch: bool
    previous: str | None = None

    @property
    def characters(self) -> int:
        """How much text is to be split and written."""
        articles = self.plan.fresh if self.base else self.plan.articles
        return sum(len(article.text) for article in articles)


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in the new generation. `tokens` were embedded for it."""

    passages: int
    sentences: int
    tokens: int


def can_go_on(difference: Difference, status: Status, live: Catalogue) -> bool:
    """Whether a copy of the live generation can be brought up to date, or has had so many rows replaced by now that it
    should be written afresh: rows that Chroma deletes leave holes on the disk and in the graph.
    """
    gone = live.passages_in({*difference.changed, *difference.removed, *difference.unreadable})
    return status.replaced + gone <= _MOST_REPLACED * status.passages


def passages_of(order: Order) -> tuple[Passage, ...]:
    """All passages of the new generation. Those of unchanged articles are cut as they are in the base."""
    cuts = _cuts(order)
    return tuple(
        passage
        for article in order.plan.articles
        for passage in (passages_in(article, cuts[article.id]) if article.id in cuts else split_passages(article))
    )


def _cuts(order: Order) -> dict[str, list[tuple[Sentence, ...]]]:
    if order.base is None:
        return {}
    with closing(Catalogue(order.base.catalogue)) as base:
        cuts = base.cuts()
    return {name: cuts[name] for name in order.plan.difference.unchanged if name in cuts}


def write_generation(order: Order, target: GenerationFolder, embedder: Embedder, stopwatch: Stopwatch) -> Filled:
    """Fills an empty generation folder, its manifest last."""
    passages = passages_of(order)
    ids = catalogue.ids_of(passages)
    with EmbeddingCache(order.cache) as cache:
        supply = EmbeddingSource(passages, cache, embedder, from_scratch=order.from_scratch)
        replaced = _write_vectors(ids, passages, order.base, target, supply, stopwatch)
    stopwatch.tell(Stage.WRITING, 0, 2)
    catalogue.write(target.catalogue, order.plan.articles, passages)
    stopwatch.tell(Stage.WRITING, 1, 2)
    _write_words(ids, passages, order.base, target)
    stopwatch.tell(Stage.WRITING, 2, 2)
    target.write_vector_keys(supply.keys)
    written = Filled(len(passages), sum(len(passage.sentences) for passage in passages), supply.tokens)
    status = replace(_manifest(order.plan, written, target, embedder.name, replaced), previous=order.previous)
    target.write_manifest(status, checksums.of_generation(target))
    return written


def _write_vectors(
    ids: Sequence[str],
    passages: Sequence[Passage],
    base: GenerationFolder | None,
    target: GenerationFolder,
    supply: EmbeddingSource,
    stopwatch: Stopwatch,
) -> int:
    """Returns how many rows of Chroma were deleted since it was last written as a whole."""
    expense = supply.forecast().expense
    with closing(target.begin_passages(base)) as chroma:
        supply.dimensions = chroma.shape()[1] or None
        there = chroma.ids()
        gone = there - {*ids}
        chroma.delete(sorted(gone))
        new = _NewRows(chroma)
        for start in range(0, len(passages), CHUNK):
            stopwatch.tell(Stage.EMBEDDING, start, len(passages), expense)
            vectors = supply.take(start, start + CHUNK, pause=stopwatch.pause)
            sentence_vectors.append(target.sentence_vectors, (cached.sentences for cached in vectors))
            for number, cached in enumerate(vectors, start):
                if ids[number] not in there:
                    new.add(ids[number], passages[number], cached.passage)
        new.write()
        stopwatch.tell(Stage.EMBEDDING, len(passages), len(passages))
    return len(gone) + (base.read_manifest().replaced if base else 0)


class _NewRows:
    """Collects rows for Chroma, which takes as long for a few of them as for a chunk."""

    def __init__(self, chroma: ChromaPassages) -> None:
        self._chroma = chroma
        self._rows: list[tuple[str, Passage, NDArray[np.float32]]] = []

    def add(self, passage_id: str, passage: Passage, vector: NDArray[np.float32]) -> None:
        self._rows.append((passage_id, passage, vector))
        if len(self._rows) == CHUNK:
            self.write()

    def write(self) -> None:
        """Writes what has been collected."""
        if self._rows:
            ids, passages, vectors = zip(*self._rows, strict=True)
            self._chroma.upsert(ids, passages, np.stack(vectors))
            self._rows.clear()


def _write_words(
    ids: Sequence[str], passages: Sequence[Passage], base: GenerationFolder | None, target: GenerationFolder
) -> None:
    if base is None:
        Lexical.build(passages).save(target.lexical)
        return
    with closing(Catalogue(base.catalogue)) as before:
        row_of = {passage_id: row for row, passage_id in enumerate(before.ids())}
    rows = [row_of.get(passage_id, -1) for passage_id in ids]
    Lexical.build(passages, before=Lexical.load(base.lexical), rows=rows).save(target.lexical)


def _manifest(plan: Plan, written: Filled, target: GenerationFolder, embedder: str, replaced: int) -> Status:
    return Status(
        generation=target.id,
        built_at=datetime.now(UTC),
        articles=len(plan.articles),
        passages=written.passages,
        sentences=written.sentences,
        embedder=embedder,
        folder=str(plan.folder.resolve()),
        replaced=replaced,
    )
