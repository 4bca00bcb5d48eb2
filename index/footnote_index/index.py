"""The index as the rest of the program sees it: build it, ask it, look at it. All blocking work is done in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from threading import Event

from footnote.errors import BuildError, BuildRunning, EmptyIndex
from footnote.models import Article, Citation
from footnote.ports import Retrieved
from footnote_index.build import Plan, Stopwatch, plan_build, report_on, write_generation
from footnote_index.context import Context, context_of
from footnote_index.embedders import Embedder
from footnote_index.generations import GenerationFolder, Generations
from footnote_index.reports import BuildReport, Progress, Stage, Status
from footnote_index.retrieval import OpenGeneration


class Index:
    """A folder of articles, and the live generation built from it in a data folder (see data_folder.py).

    `load_embedder` is called at the first question or build.
    """

    def __init__(self, articles: Path, data: Path, load_embedder: Callable[[], Embedder]) -> None:
        self._articles = articles
        self._generations = Generations(data)
        self._load_embedder = load_embedder
        self._live: OpenGeneration | None = None
        self._before: OpenGeneration | None = None
        self._opening = asyncio.Lock()
        self._building: str | None = None

    async def build(
        self,
        *,
        full: bool = False,
        dry_run: bool = False,
        started_by: str,
        on_progress: Callable[[Progress], None],
    ) -> BuildReport:
        """Brings the index up to date with the articles. Nothing is written when nothing has changed, unless
        `full`. `on_progress` is called from a worker thread. When cancelled, the live generation stays.

        Raises BuildRunning when another build has not ended, BuildError when the folder holds nothing to read.
        """
        if self._building:
            raise BuildRunning(f"{self._building}, and it has not ended yet. Wait for it, then try again.")
        self._building = f"{started_by} started a rebuild at {datetime.now(UTC):%H:%M} UTC"
        stop = Event()

        def report_or_stop(progress: Progress) -> None:
            if stop.is_set():
                raise BuildError("The build was cancelled; the index is as it was.")
            on_progress(progress)

        try:
            live = await self._open_or_none()
            stopwatch = Stopwatch(report_or_stop)
            work = asyncio.create_task(asyncio.to_thread(self._build, live, stopwatch, full=full, dry_run=dry_run))
            return await _finish(work, stop)
        finally:
            self._building = None

    async def retrieve(
        self, question: str, *, top_k: int = 10, since: date | None = None, until: date | None = None
    ) -> Retrieved:
        """Raises EmptyIndex when nothing has been built yet."""
        live = await self._open()

        def find() -> Retrieved:
            vector = self._embedder.embed_question(question)
            hits = live.retrieve(question, vector, top_k=top_k, since=since, until=until)
            return Retrieved(hits, live.status.generation)

        return await asyncio.to_thread(find)

    async def status(self) -> Status:
        """Raises EmptyIndex when nothing has been built yet."""
        return (await self._open()).status

    async def article(self, article_id: str) -> Article | None:
        """An article of the live generation. Raises EmptyIndex."""
        live = await self._open()
        return await asyncio.to_thread(live.catalogue.article, article_id)

    async def context(self, citation: Citation) -> Context | None:
        """The cited sentence inside its neighbours; None when its article has changed or is gone."""
        article = await self.article(citation.article_id)
        if article is None or article.version != citation.version:
            return None
        return context_of(citation, article)

    def close(self) -> None:
        for generation in (self._live, self._before):
            if generation:
                generation.close()
        self._live = self._before = None

    @cached_property
    def _embedder(self) -> Embedder:
        return self._load_embedder()

    async def _open(self) -> OpenGeneration:
        live = await self._open_or_none()
        if live is None:
            raise EmptyIndex
        return live

    async def _open_or_none(self) -> OpenGeneration | None:
        async with self._opening:
            if self._live is None and (folder := self._generations.live()):
                self._live = await asyncio.to_thread(OpenGeneration, folder)
            return self._live

    def _build(self, live: OpenGeneration | None, stopwatch: Stopwatch, *, full: bool, dry_run: bool) -> BuildReport:
        plan = plan_build(self._articles, live.catalogue.fingerprints() if live else {}, stopwatch)
        is_current = live is not None and plan.difference.is_empty and live.status.embedder == self._embedder.name
        if dry_run or (is_current and not full):
            generation = live.status.generation if live else None
            return report_on(plan, generation=generation, seconds=stopwatch.seconds, tokens=0, live=not dry_run)
        return self._write(plan, stopwatch)

    def _write(self, plan: Plan, stopwatch: Stopwatch) -> BuildReport:
        target = self._generations.create()
        try:
            tokens = write_generation(plan, target, self._embedder, stopwatch)
            fresh = OpenGeneration(target)
        except BaseException:
            self._generations.remove(target)
            raise
        stopwatch.tell(Stage.SWITCHING, 0, 1)
        self._switch_to(target, fresh)
        stopwatch.tell(Stage.SWITCHING, 1, 1)
        return report_on(plan, generation=target.id, seconds=stopwatch.seconds, tokens=tokens, live=True)

    def _switch_to(self, target: GenerationFolder, fresh: OpenGeneration) -> None:
        """The generation before stays open and on disk, for the questions it is answering right now."""
        self._generations.switch_to(target)
        if self._before:
            self._before.close()
        self._before, self._live = self._live, fresh
        self._generations.collect(keep={target.id} | ({self._before.status.generation} if self._before else set()))


async def _finish(work: asyncio.Task[BuildReport], stop: Event) -> BuildReport:
    """A thread cannot be cancelled: it is told to stop, and waited for."""
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait([work])
        raise
