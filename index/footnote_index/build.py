"""A build: fetch pages, read articles -> compare with the live generation -> split -> embed -> write a new generation
beside it.

What the live generation has already is taken over from it. The switch is the index's (index.py): until then the live
generation answers as before.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.errors import BuildError
from footnote.models import Article, Passage, Sentence
from footnote_index import catalogue, checksums, sentence_vectors
from footnote_index.catalogue import Catalogue
from footnote_index.chroma import ChromaPassages
from footnote_index.duplicates import without_duplicates
from footnote_index.embedders import Embedder
from footnote_index.generations import GenerationFolder
from footnote_index.lexical import Lexical
from footnote_index.passages import split_passages
from footnote_index.readers.folder import FORMATS, find_articles, read_articles
from footnote_index.reports import (
    BuildReport,
    Difference,
    Duplicate,
    Expense,
    Forecast,
    NotFetched,
    Progress,
    Skipped,
    Stage,
    Status,
)
from footnote_index.sources.web import NO_PAGES, WebPages
from footnote_index.suspicion import warnings_for
from footnote_index.vector_shelf import VectorShelf
from footnote_index.vector_supply import CHUNK, VectorSupply

_TAKEN = "a file in the articles folder goes by the same path"
LONGEST_SLEEP = 0.2
"""Seconds; a build that is to stop should not be waited for."""

_MOST_REPLACED = 0.2
"""Of Chroma's rows, before it is written afresh."""


class Stopwatch:
    """Tells a build's progress with the seconds since it began."""

    def __init__(self, on_progress: Callable[[Progress], None]) -> None:
        self._on_progress = on_progress
        self._began = time.monotonic()
        self._last = Progress(Stage.READING, 0, 0, 0.0)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def tell(self, stage: Stage, done: int, total: int, expense: Expense | None = None) -> None:
        self._last = Progress(stage, done, total, self.seconds, expense)
        self._on_progress(self._last)

    def again(self) -> None:
        """Tells once more where the build stands: that ends it when it is to stop."""
        self._on_progress(replace(self._last, seconds=self.seconds))

    def pause(self, seconds: float) -> None:
        """Waits, and tells meanwhile where the build stands."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LONGEST_SLEEP))
            self.again()


@dataclass(frozen=True, slots=True)
class Plan:
    """Which articles a build would put into its generation."""

    folder: Path
    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Duplicate, ...]
    not_fetched: tuple[NotFetched, ...]
    difference: Difference

    @property
    def fresh(self) -> tuple[Article, ...]:
        """The added and the changed ones."""
        names = {*self.difference.added, *self.difference.changed}
        return tuple(article for article in self.articles if article.id in names)


@dataclass(frozen=True, slots=True)
class Order:
    """What a generation is written from, and nothing that could not be sent to another process.

    `base` is the live generation: the new one begins as its copy. None: it begins with nothing. `anew`: the vectors on
    the shelf are not used. `previous` names the generation that is live meanwhile.
    """

    plan: Plan
    base: GenerationFolder | None
    shelf: Path
    anew: bool
    previous: str | None = None

    @property
    def characters(self) -> int:
        """How much text is to be split and written."""
        articles = self.plan.fresh if self.base else self.plan.articles
        return sum(len(article.text) for article in articles)


@dataclass(frozen=True, slots=True)
class Written:
    """What is in the new generation. `tokens` were embedded for it."""

    passages: int
    sentences: int
    tokens: int


def plan_build(folder: Path, live: Mapping[str, str], stopwatch: Stopwatch, web: WebPages = NO_PAGES) -> Plan:
    """`live` maps the ids of the live generation's articles to their fingerprints, `web` is what sources.yaml brought.

    Raises BuildError when the folder is missing or holds no article that can be read.
    """
    found = find_articles(folder)
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for done, one in enumerate(read_articles(found, folder), 1):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            articles.append(one)
        stopwatch.tell(Stage.READING, done, len(found))
    names = {article.id for article in articles}
    skipped += [*web.skipped, *(Skipped(page.id, _TAKEN) for page in web.articles if page.id in names)]
    pages = [page for page in web.articles if page.id not in names]
    articles, duplicates = without_duplicates([*articles, *pages], pages={page.id for page in pages}, live=live)
    if not articles:
        raise BuildError(_why_empty(folder, skipped, web.not_fetched))
    difference = _compare(articles, skipped, live)
    return Plan(folder, tuple(articles), tuple(skipped), duplicates, web.not_fetched, difference)


def _why_empty(folder: Path, skipped: list[Skipped], not_fetched: Sequence[NotFetched]) -> str:
    if not skipped and not_fetched:
        first = not_fetched[0]
        return f"Nothing that {folder}/sources.yaml names could be fetched; {first.url}: {first.reason}."
    if not skipped:
        kinds = ", ".join(FORMATS)
        return f"There are no articles in {folder}. Put files there ({kinds}), or set FOOTNOTE_ARTICLES to your folder."
    return f"None of the {len(skipped)} files in {folder} can be read; {skipped[0].article_id}: {skipped[0].reason}."


def _compare(articles: list[Article], skipped: list[Skipped], live: Mapping[str, str]) -> Difference:
    found = {article.id: catalogue.fingerprint(article) for article in articles}
    lost = [name for name in live if name not in found]
    is_unreadable = {name: any(_is_or_is_in(name, one.article_id) for one in skipped) for name in lost}
    return Difference(
        added=tuple(name for name in found if name not in live),
        changed=tuple(name for name, value in found.items() if live.get(name, value) != value),
        removed=tuple(name for name in lost if not is_unreadable[name]),
        unreadable=tuple(name for name in lost if is_unreadable[name]),
        unchanged=tuple(name for name, value in found.items() if live.get(name) == value),
    )


def _is_or_is_in(article_id: str, path: str) -> bool:
    return article_id == path or article_id.startswith(f"{path}/")


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
        for passage in (_as_before(article, cuts[article.id]) if article.id in cuts else split_passages(article))
    )


def _cuts(order: Order) -> dict[str, list[tuple[Sentence, ...]]]:
    if order.base is None:
        return {}
    with closing(Catalogue(order.base.catalogue)) as base:
        cuts = base.cuts()
    return {name: cuts[name] for name in order.plan.difference.unchanged if name in cuts}


def _as_before(article: Article, cuts: list[tuple[Sentence, ...]]) -> Iterator[Passage]:
    return (Passage(article, sentences) for sentences in cuts)


def write_generation(order: Order, target: GenerationFolder, embedder: Embedder, stopwatch: Stopwatch) -> Written:
    """Fills an empty generation folder, its manifest last."""
    passages = passages_of(order)
    ids = catalogue.ids_of(passages)
    with VectorShelf(order.shelf) as shelf:
        supply = VectorSupply(passages, shelf, embedder, anew=order.anew)
        replaced = _write_vectors(ids, passages, order.base, target, supply, stopwatch)
    stopwatch.tell(Stage.WRITING, 0, 2)
    catalogue.write(target.catalogue, order.plan.articles, passages)
    stopwatch.tell(Stage.WRITING, 1, 2)
    _write_words(ids, passages, order.base, target)
    stopwatch.tell(Stage.WRITING, 2, 2)
    target.write_vector_keys(supply.keys)
    written = Written(len(passages), sum(len(passage.sentences) for passage in passages), supply.tokens)
    status = replace(_manifest(order.plan, written, target, embedder.name, replaced), previous=order.previous)
    target.write_manifest(status, checksums.of_generation(target))
    return written


def _write_vectors(
    ids: Sequence[str],
    passages: Sequence[Passage],
    base: GenerationFolder | None,
    target: GenerationFolder,
    supply: VectorSupply,
    stopwatch: Stopwatch,
) -> int:
    """Returns how many rows of Chroma were deleted since it was last written as a whole."""
    expense = supply.forecast().expense
    with closing(_begun(base, target)) as chroma:
        supply.dimensions = chroma.shape()[1] or None
        there = chroma.ids()
        gone = there - {*ids}
        chroma.delete(sorted(gone))
        new = _NewRows(chroma)
        for start in range(0, len(passages), CHUNK):
            stopwatch.tell(Stage.EMBEDDING, start, len(passages), expense)
            vectors = supply.take(start, start + CHUNK, pause=stopwatch.pause)
            sentence_vectors.append(target.sentence_vectors, (shelved.sentences for shelved in vectors))
            for number, shelved in enumerate(vectors, start):
                if ids[number] not in there:
                    new.add(ids[number], passages[number], shelved.passage)
        new.write()
        stopwatch.tell(Stage.EMBEDDING, len(passages), len(passages))
    return len(gone) + (base.read_manifest().replaced if base else 0)


def _begun(base: GenerationFolder | None, target: GenerationFolder) -> ChromaPassages:
    """The target's Chroma: a copy of the base's, or empty. Links would not do, Chroma writes into its files."""
    if base:
        shutil.copytree(base.chroma, target.chroma)
    return ChromaPassages(target.chroma, create=base is None)


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


def _manifest(plan: Plan, written: Written, target: GenerationFolder, embedder: str, replaced: int) -> Status:
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


def report_on(
    plan: Plan,
    *,
    generation: str | None,
    passages: int,
    sentences: int,
    seconds: float,
    tokens: int = 0,
    forecast: Forecast | None = None,
    failed_canaries: tuple[str, ...] = (),
    live: bool = True,
) -> BuildReport:
    """`generation` is the live one when nothing was written."""
    return BuildReport(
        generation=generation,
        added=len(plan.difference.added),
        changed=len(plan.difference.changed),
        removed=len(plan.difference.removed),
        unchanged=len(plan.difference.unchanged),
        articles=len(plan.articles),
        passages=passages,
        sentences=sentences,
        seconds=seconds,
        embedded_tokens=tokens,
        live=live,
        skipped=plan.skipped,
        forecast=forecast,
        not_fetched=plan.not_fetched,
        duplicates=plan.duplicates,
        warned=tuple(warnings_for(plan.fresh)),
        difference=plan.difference,
        failed_canaries=failed_canaries,
    )
