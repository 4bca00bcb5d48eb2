"""A build: fetch pages, read articles -> compare with the live generation -> split -> embed -> write a new generation
beside it.

The switch is the index's (index.py): until then the live generation answers as before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from footnote.errors import BuildError
from footnote.models import Article, Passage
from footnote_index import catalogue, sentence_vectors
from footnote_index.chroma import ChromaPassages
from footnote_index.duplicates import without_duplicates
from footnote_index.generations import GenerationFolder
from footnote_index.lexical import Lexical
from footnote_index.passages import split_passages
from footnote_index.readers.folder import FORMATS, find_articles, read_articles
from footnote_index.reports import (
    BuildReport,
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
from footnote_index.vector_supply import CHUNK, VectorSupply

_TAKEN = "a file in the articles folder goes by the same path"
_LONGEST_SLEEP = 0.2  # seconds; a build that is to stop should not be waited for


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

    def pause(self, seconds: float) -> None:
        """Waits, and tells meanwhile where the build stands: that ends it when it is to stop."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _LONGEST_SLEEP))
            self._on_progress(replace(self._last, seconds=self.seconds))


@dataclass(frozen=True, slots=True)
class Difference:
    """How an articles folder differs from the live generation: ids of articles."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would put into its generation."""

    folder: Path
    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    duplicates: tuple[Duplicate, ...]
    not_fetched: tuple[NotFetched, ...]
    passages: tuple[Passage, ...]
    difference: Difference

    @property
    def sentences(self) -> int:
        return sum(len(passage.sentences) for passage in self.passages)


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
    articles, duplicates = without_duplicates([*articles, *pages])
    if not articles:
        raise BuildError(_why_empty(folder, skipped, web.not_fetched))
    passages = tuple(passage for article in articles for passage in split_passages(article))
    difference = _compare(articles, live)
    return Plan(folder, tuple(articles), tuple(skipped), duplicates, web.not_fetched, passages, difference)


def _why_empty(folder: Path, skipped: list[Skipped], not_fetched: Sequence[NotFetched]) -> str:
    if not skipped and not_fetched:
        first = not_fetched[0]
        return f"Nothing that {folder}/sources.yaml names could be fetched; {first.url}: {first.reason}."
    if not skipped:
        kinds = ", ".join(FORMATS)
        return f"There are no articles in {folder}. Put files there ({kinds}), or set FOOTNOTE_ARTICLES to your folder."
    return f"None of the {len(skipped)} files in {folder} can be read; {skipped[0].article_id}: {skipped[0].reason}."


def _compare(articles: list[Article], live: Mapping[str, str]) -> Difference:
    found = {article.id: catalogue.fingerprint(article) for article in articles}
    return Difference(
        added=tuple(name for name in found if name not in live),
        changed=tuple(name for name, value in found.items() if live.get(name, value) != value),
        removed=tuple(name for name in live if name not in found),
        unchanged=tuple(name for name, value in found.items() if live.get(name) == value),
    )


def write_generation(plan: Plan, target: GenerationFolder, supply: VectorSupply, stopwatch: Stopwatch) -> None:
    """Fills an empty generation folder, its manifest last."""
    _write_vectors(plan.passages, target, supply, stopwatch)
    stopwatch.tell(Stage.WRITING, 0, 2)
    catalogue.write(target.catalogue, plan.articles, plan.passages)
    stopwatch.tell(Stage.WRITING, 1, 2)
    Lexical.build(plan.passages).save(target.lexical)
    stopwatch.tell(Stage.WRITING, 2, 2)
    target.write_manifest(_manifest(plan, target, supply.embedder))


def _write_vectors(
    passages: tuple[Passage, ...], target: GenerationFolder, supply: VectorSupply, stopwatch: Stopwatch
) -> None:
    expense = supply.forecast().expense
    chroma = ChromaPassages(target.chroma, create=True)
    try:
        for start in range(0, len(passages), CHUNK):
            stopwatch.tell(Stage.EMBEDDING, start, len(passages), expense)
            chunk = passages[start : start + CHUNK]
            vectors = supply.take(start, start + CHUNK, pause=stopwatch.pause)
            chroma.upsert(start, chunk, np.stack([shelved.passage for shelved in vectors]))
            sentence_vectors.append(target.sentence_vectors, (shelved.sentences for shelved in vectors))
        stopwatch.tell(Stage.EMBEDDING, len(passages), len(passages))
    finally:
        chroma.close()


def _manifest(plan: Plan, target: GenerationFolder, embedder: str) -> Status:
    return Status(
        generation=target.id,
        built_at=datetime.now(UTC),
        articles=len(plan.articles),
        passages=len(plan.passages),
        sentences=plan.sentences,
        embedder=embedder,
        folder=str(plan.folder.resolve()),
    )


def report_on(
    plan: Plan,
    *,
    generation: str | None,
    seconds: float,
    tokens: int,
    live: bool,
    forecast: Forecast | None = None,
) -> BuildReport:
    """`generation` is the live one when nothing was written."""
    fresh = {*plan.difference.added, *plan.difference.changed}
    return BuildReport(
        generation=generation,
        added=len(plan.difference.added),
        changed=len(plan.difference.changed),
        removed=len(plan.difference.removed),
        unchanged=len(plan.difference.unchanged),
        articles=len(plan.articles),
        passages=len(plan.passages),
        sentences=plan.sentences,
        seconds=seconds,
        embedded_tokens=tokens,
        live=live,
        skipped=plan.skipped,
        forecast=forecast,
        not_fetched=plan.not_fetched,
        duplicates=plan.duplicates,
        warned=tuple(warnings_for(article for article in plan.articles if article.id in fresh)),
    )
