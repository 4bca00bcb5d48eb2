"""A planned build (plan.py): split -> embed -> write a new generation next to the live one.

What the live generation already has is reused. The switch comes later (build.py, live.py): until then the live
generation answers as before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage
from footnote_index.building.difference import FolderDifference
from footnote_index.building.embedding_source import EmbeddingSource
from footnote_index.building.plan import Plan
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import (
    Stage,
    Status,
)
from footnote_index.embedders import Embedder
from footnote_index.passages import passages_in, split_passages
from footnote_index.storage import catalogue, checksums, sentence_vectors
from footnote_index.storage.catalogue import Catalogue, Cuts
from footnote_index.storage.checksums import RowSum
from footnote_index.storage.chroma import ChromaPassages
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.lexical import Lexical

_MOST_REPLACED = 0.2
"""The share of Chroma's rows that may be replaced before it is written from scratch."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a generation is written from; everything in it is picklable.

    `plan` is None when its texts exist already (storage/reduced.py) and everything else is made from them. `base` is
    the live generation: the new one begins as its copy. None: it begins empty. `from_scratch`: the cached vectors are
    not used. `previous` is the id of the generation that is live meanwhile.
    """

    plan: Plan | None
    base: GenerationFolder | None
    cache: Path
    from_scratch: bool
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What is in the new generation. `tokens` is how many were embedded for it."""

    passages: int
    sentences: int
    tokens: int


def can_go_on(difference: FolderDifference, status: Status, live: Catalogue) -> bool:
    """Whether a copy of the live generation can be brought up to date. If too many rows have been replaced, it should
    be written from scratch, because deleted rows leave holes on the disk and in the graph.
    """
    gone = live.passages_in({*difference.changed, *difference.removed, *difference.unreadable})
    return status.replaced + gone <= _MOST_REPLACED * status.passages


def passages_of(plan: Plan, base: GenerationFolder | None) -> Iterator[Passage]:
    """All passages of the new generation. Those of unchanged articles are split as in the base."""
    cuts = _cuts(plan, base)
    for article in plan.articles.values():
        yield from passages_in(article, cuts[article.id]) if article.id in cuts else split_passages(article)


def _cuts(plan: Plan, base: GenerationFolder | None) -> dict[str, Cuts]:
    if base is None:
        return {}
    with closing(Catalogue(base.catalogue)) as before:
        cuts = before.cuts()
    return {name: cuts[name] for name in plan.difference.unchanged if name in cuts}


def write_generation(order: Order, target: GenerationFolder, embedder: Embedder, meter: ProgressMeter) -> Filled:
    """Fills a generation folder, its manifest last. Articles, passages and vectors are streamed: memory does not grow
    with them, except for Chroma's graph and the word counts.
    """
    if order.plan:
        catalogue.write(target.catalogue, order.plan.articles.values(), passages_of(order.plan, order.base))
    with closing(Catalogue(target.catalogue)) as texts, EmbeddingCache(order.cache) as cache:
        _write_words(texts, order.base, target)  # before Chroma, which does not give all its memory back
        supply = EmbeddingSource(cache, embedder, from_scratch=order.from_scratch)
        replaced, rows = _write_vectors(texts, order.base, target, supply, meter)
        written = Filled(len(texts.days), int(texts.sentence_rows[-1]), supply.tokens)
    meter.tell(Stage.WRITING, 1, 2)
    target.write_vector_keys(supply.keys)
    sums = checksums.of_generation(target, rows)
    meter.tell(Stage.WRITING, 2, 2)
    status = _manifest(order, order.plan, written, target, embedder.name) if order.plan else target.read_manifest()
    target.write_manifest(replace(status, replaced=replaced), sums)
    return written


def _write_vectors(
    texts: Catalogue,
    base: GenerationFolder | None,
    target: GenerationFolder,
    supply: EmbeddingSource,
    meter: ProgressMeter,
) -> tuple[int, str]:
    """Returns how many rows of Chroma were deleted since it was last written from scratch, and the checksum of all."""
    ids, done = texts.ids(), 0
    expense = supply.expense(texts.in_order())
    with closing(target.begin_passages(base)) as chroma:
        supply.dimensions = chroma.shape()[1] or None
        there = chroma.ids() if base else set[str]()
        gone = sorted(there - {*ids})
        sums = _sum_of(chroma, there, base)
        for rows in checksums.stored_rows(chroma, gone):
            sums.remove(rows)
        chroma.delete(gone)
        new = _NewRows(chroma, sums)

        def write(chunk: Sequence[tuple[Passage, CachedVectors]], first: int) -> None:
            sentence_vectors.append(target.sentence_vectors, (cached.sentences for _, cached in chunk))
            for number, (passage, cached) in enumerate(chunk, first):
                if ids[number] not in there:
                    new.add(ids[number], passage, cached.passage)

        meter.tell(Stage.EMBEDDING, 0, len(ids), expense)
        with ThreadPoolExecutor(1) as writer:  # a chunk is written while the next one is embedded
            written = writer.submit(write, (), 0)
            for chunk in supply.take(texts.in_order(), pause=meter.pause):
                written.result()
                written = writer.submit(write, chunk, done)
                done += len(chunk)
                meter.tell(Stage.EMBEDDING, done, len(ids), expense)
            written.result()
        new.write()
        meter.tell(Stage.WRITING, 0, 2)
    return len(gone) + (base.read_manifest().replaced if base else 0), sums.value


def _sum_of(chroma: ChromaPassages, there: set[str], base: GenerationFolder | None) -> RowSum:
    """The checksum of the rows copied from the base, as originally written: a later alteration is found in all
    generations that are based on this one, until a full build.
    """
    if base and there and (known := base.read_checksums().get(checksums.CHROMA)):
        return RowSum(known)
    return checksums.sum_of(chroma, sorted(there))


class _NewRows:
    """Collects rows for Chroma, which needs nearly as long for a few rows as for many, and updates their checksum."""

    def __init__(self, chroma: ChromaPassages, sums: RowSum) -> None:
        self._chroma = chroma
        self._sums = sums
        self._rows: list[tuple[str, Passage, NDArray[np.float32]]] = []

    def add(self, passage_id: str, passage: Passage, vector: NDArray[np.float32]) -> None:
        self._rows.append((passage_id, passage, vector))
        if len(self._rows) == self._chroma.rows_at_once:
            self.write()

    def write(self) -> None:
        """Writes the collected rows."""
        if self._rows:
            ids, passages, vectors = zip(*self._rows, strict=True)
            self._chroma.upsert(ids, passages, np.stack(vectors))
            for rows in checksums.stored_rows(self._chroma, ids):
                self._sums.add(rows)
            self._rows.clear()


def _write_words(texts: Catalogue, base: GenerationFolder | None, target: GenerationFolder) -> None:
    if base is None:
        Lexical.build(texts.in_order()).save(target.lexical)
        return
    with closing(Catalogue(base.catalogue)) as before:
        row_of = {passage_id: row for row, passage_id in enumerate(before.ids())}
    rows = [row_of.get(passage_id, -1) for passage_id in texts.ids()]
    new = texts.in_order([number for number, row in enumerate(rows) if row < 0])
    Lexical.build(new, before=Lexical.load(base.lexical), rows=rows).save(target.lexical)


def _manifest(order: Order, plan: Plan, written: Filled, target: GenerationFolder, embedder: str) -> Status:
    return Status(
        generation=target.id,
        built_at=datetime.now(UTC),
        articles=len(plan.articles),
        passages=written.passages,
        sentences=written.sentences,
        embedder=embedder,
        folder=str(plan.folder.resolve()),
        previous=order.previous,
    )
