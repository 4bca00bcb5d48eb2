"""The index as the rest of the program sees it: build it, ask it, look at it. All blocking work is done in threads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

from footnote.errors import BuildError, BuildRunning, DamagedIndex, EmptyIndex, OtherEmbedder, Stopping
from footnote.models import Article, Citation
from footnote.ports import Retrieved
from footnote_index.build import Plan, Stopwatch, plan_build, report_on, write_generation
from footnote_index.context import Context, context_of
from footnote_index.embedders import Embedder
from footnote_index.generations import GenerationFolder, Generations
from footnote_index.reports import BuildReport, Progress, Stage, Status
from footnote_index.retrieval import OpenGeneration, Retired
from footnote_index.sources.web import Web
from footnote_index.vector_shelf import VectorShelf
from footnote_index.vector_supply import VectorSupply

log = logging.getLogger(__name__)

Found = TypeVar("Found")


class Index:
    """A folder of articles, and the live generation built from it in a data folder (see data_folder.py).

    `load_embedder` is called at the first question or build. Articles from the web come from the internet only, unless
    `allow_private_addresses`.
    """

    def __init__(
        self,
        articles: Path,
        data: Path,
        load_embedder: Callable[[], Embedder],
        *,
        allow_private_addresses: bool = False,
    ) -> None:
        self._articles = articles
        self._web = Web(articles, data, allow_private=allow_private_addresses)
        self._generations = Generations(data)
        self._shelf = data / "index" / "vectors.sqlite"
        self._load_embedder = load_embedder
        self._loaded: Embedder | None = None
        self._live: OpenGeneration | None = None
        self._opening = Lock()
        self._building: _Build | None = None
        self._is_closed = False

    async def build(
        self,
        *,
        full: bool = False,
        dry_run: bool = False,
        started_by: str,
        on_progress: Callable[[Progress], None],
    ) -> BuildReport:
        """Brings the index up to date with the articles and the embedder. Nothing is written when nothing has
        changed, unless `full`, which embeds everything anew. `on_progress` is called from worker threads. When
        cancelled, the live generation stays.

        Raises BuildRunning when another build has not ended, BuildError when the folder holds nothing to read,
        ModelError when the embedder fails.
        """
        if self._is_closed:
            raise Stopping
        if self._building:
            raise BuildRunning(f"{self._building.origin}, and it has not ended yet. Wait for it, then try again.")
        self._building = building = _Build(f"{started_by} started a rebuild at {datetime.now(UTC):%H:%M} UTC")
        stopwatch = Stopwatch(building.stopping(on_progress))
        try:
            return await building.run(lambda: self._build(stopwatch, full=full, dry_run=dry_run))
        finally:
            self._building = None

    async def retrieve(
        self, question: str, *, top_k: int = 10, since: date | None = None, until: date | None = None
    ) -> Retrieved:
        """Raises EmptyIndex when nothing has been built yet, OtherEmbedder when it was built with another one,
        ModelError when the question cannot be embedded.
        """

        def find(live: OpenGeneration) -> Retrieved:
            embedder = self._embedder()
            if embedder.name != live.status.embedder:
                raise OtherEmbedder(live.status.embedder, embedder.name)
            vector = embedder.embed_question(question)
            hits = live.retrieve(question, vector, top_k=top_k, since=since, until=until)
            return Retrieved(hits, live.status.generation)

        return await self._ask(find)

    async def status(self) -> Status:
        """Raises EmptyIndex when nothing has been built yet."""
        return await self._ask(lambda live: live.status)

    async def article(self, article_id: str) -> Article | None:
        """An article of the live generation. Raises EmptyIndex."""
        return await self._ask(lambda live: live.catalogue.article(article_id))

    async def context(self, citation: Citation) -> Context | None:
        """The cited sentence inside its neighbours; None when its article has changed or is gone."""

        def look_up(live: OpenGeneration) -> Context | None:
            article = live.catalogue.article(citation.article_id)
            if article is None or article.version != citation.version:
                return None
            return context_of(citation, article)

        return await self._ask(look_up)

    async def close(self) -> None:
        """Stops a running build, and waits for it and for the last answers: only then may another process come in."""
        self._is_closed = True
        if self._building:
            await self._building.stop()
        if self._live:
            await asyncio.to_thread(self._live.close)

    async def _ask(self, work: Callable[[OpenGeneration], Found]) -> Found:
        """Does blocking work on the live generation, which stays open until it is done."""

        def in_thread() -> Found:
            while True:
                live = self._open()
                if live is None:
                    raise EmptyIndex
                with suppress(Retired), live.in_use():
                    return work(live)

        return await asyncio.to_thread(in_thread)

    def _open(self) -> OpenGeneration | None:
        with self._opening:
            if self._is_closed:
                raise Stopping
            if self._live is None and (folder := self._generations.live()):
                self._live = OpenGeneration(folder)
            return self._live

    def _embedder(self) -> Embedder:
        with self._opening:
            if self._loaded is None:
                self._loaded = self._load_embedder()
            return self._loaded

    def _build(self, stopwatch: Stopwatch, *, full: bool, dry_run: bool) -> BuildReport:
        live = self._open_to_compare()
        self._generations.collect_unfinished()
        web = self._web.pages(lambda done, total: stopwatch.tell(Stage.FETCHING, done, total), dry_run=dry_run)
        plan = plan_build(self._articles, live.catalogue.fingerprints() if live else {}, stopwatch, web)
        embedder = self._embedder()
        is_same = live is not None and plan.difference.is_empty and live.status.embedder == embedder.name
        is_current = is_same and not full
        with VectorShelf(self._shelf) as shelf:
            supply = VectorSupply(() if is_current else plan.passages, shelf, embedder, anew=full)
            if not (dry_run or is_current):
                return self._write(plan, supply, stopwatch)
            return report_on(
                plan,
                generation=live.status.generation if live else None,
                seconds=stopwatch.seconds,
                tokens=0,
                live=not dry_run,
                forecast=supply.forecast(),
            )

    def _open_to_compare(self) -> OpenGeneration | None:
        """The live generation; None when it is damaged: a build mends that by making everything anew."""
        try:
            return self._open()
        except DamagedIndex as error:
            log.warning("%s", error)
            return None

    def _write(self, plan: Plan, supply: VectorSupply, stopwatch: Stopwatch) -> BuildReport:
        target = self._generations.create()
        try:
            write_generation(plan, target, supply, stopwatch)
            stopwatch.tell(Stage.SWITCHING, 0, 1)
            fresh = self._switch_to(target)
        except BaseException:
            self._generations.remove(target)
            raise
        self._retire_all_before(fresh)
        supply.forget_others()
        stopwatch.tell(Stage.SWITCHING, 1, 1)
        return report_on(plan, generation=target.id, seconds=stopwatch.seconds, tokens=supply.tokens, live=True)

    def _switch_to(self, target: GenerationFolder) -> OpenGeneration:
        """Opening the new generation checks it."""
        fresh = OpenGeneration(target)
        try:
            self._generations.switch_to(target)
        except BaseException:
            fresh.close()
            raise
        return fresh

    def _retire_all_before(self, fresh: OpenGeneration) -> None:
        """From here on `fresh` answers. The one before stays on disk until the next switch."""
        with self._opening:
            before, self._live = self._live, fresh
        if before:
            before.close()
        kept = {generation.status.generation for generation in (fresh, before) if generation}
        self._generations.collect(keep=kept)


class _Build:
    """A running build. Its thread cannot be cancelled: it is told to stop at its next step, and waited for."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._stop = Event()
        self._work: asyncio.Task[BuildReport] | None = None

    def stopping(self, on_progress: Callable[[Progress], None]) -> Callable[[Progress], None]:
        """`on_progress`, which ends the build instead once it is to stop; not any more when it switches over."""

        def tell(progress: Progress) -> None:
            if self._stop.is_set() and progress.stage is not Stage.SWITCHING:
                raise BuildError("The build was stopped; the index is as it was.")
            on_progress(progress)

        return tell

    async def run(self, work: Callable[[], BuildReport]) -> BuildReport:
        self._work = asyncio.create_task(asyncio.to_thread(work))
        try:
            return await asyncio.shield(self._work)
        except asyncio.CancelledError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Returns when the thread has ended, however often the waiting is cancelled."""
        self._stop.set()
        while self._work and not self._work.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([self._work])
        if self._work and not self._work.cancelled():
            self._work.exception()  # or asyncio complains that nobody has asked for it
