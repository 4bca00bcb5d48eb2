"""The index as the rest of the program sees it: build it, query it, inspect it. All blocking work is done in
threads.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.loaded_once import LoadedOnce
from footnote.errors import BuildRunning, DamagedIndex, OtherEmbedder, Stopping
from footnote.models.collections import Readable
from footnote.ports import Reader, Retrieved
from footnote_index.building.approved import ApprovedAnswer
from footnote_index.building.build import OWN_PROCESS_FROM, Builder, Request
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import BuildReport, Progress, Status
from footnote_index.building.rollback import Rollback
from footnote_index.building.running_build import RunningBuild
from footnote_index.building.writer import Writer
from footnote_index.cross_language import compared
from footnote_index.embedders import Embedder
from footnote_index.live_texts import LiveTexts
from footnote_index.retrieval import OpenGeneration
from footnote_index.storage.generations import Generations
from footnote_index.storage.home import Home
from footnote_index.storage.live import Live
from footnote_index.web.fetch_stage import Web

log = logging.getLogger(__name__)

T = TypeVar("T")


class Index(LiveTexts):
    """A folder of articles, and the live generation built from it in a data folder (see data_folder.py), or in the
    `home` that this process shares with others: each of its methods raises ServerAway then.

    `load_embedder` is called at the first question or build. A generation with at least `own_process_from` characters
    of new text is written in its own process, which calls it too, so it must be picklable. `reader` reads what is found
    for the canaries. Without a `web`, articles from the web come from the internet only. Each build first loads what
    moderators have `approved`."""

    def __init__(
        self,
        articles: Path,
        data: Path,
        load_embedder: Callable[[], Embedder],
        *,
        reader: Reader,
        home: Home | None = None,
        own_process_from: int = OWN_PROCESS_FROM,
        web: Web | None = None,
        approved: Callable[[], Awaitable[Sequence[ApprovedAnswer]]] | None = None,
    ) -> None:
        self._generations = home or Generations(data)
        super().__init__(Live(self._generations))
        self._embedder = LoadedOnce(load_embedder)
        self._approved = approved
        writer = Writer(self._embedder, own_process_from)
        self._builder = Builder(
            articles, data, self._generations, self._live, web or Web(articles, data), writer, reader
        )
        self._rollback = Rollback(data, self._generations, self._live, writer)
        self._building: RunningBuild | None = None

    async def build(
        self,
        *,
        full: bool = False,
        dry_run: bool = False,
        may_shrink: bool = False,
        may_lose: int = 0,
        is_regular: bool = False,
        started_by: str,
        on_progress: Callable[[Progress], None],
    ) -> BuildReport:
        """Brings the index up to date with the articles and the embedder. Nothing is written when nothing has changed,
        unless `full`, which embeds everything again. `on_progress` is called from worker threads. When cancelled, the
        live generation stays. A build that `is_regular`, because it is scheduled, requests each web page at most once
        an hour.

        Raises BuildRunning when another build is running, WouldShrink when more than a quarter of the articles would be
        removed (unless `may_shrink`, or at most `may_lose`, which somebody has agreed to), CanaryFailed when the new
        generation does not answer what it must, BuildError when the folder has nothing to read, ModelError when the
        embedder fails, DiskFull.
        """
        what = "a dry run" if dry_run else "a rebuild"
        building = RunningBuild(f"{started_by} started {what} at {datetime.now(UTC):%H:%M} UTC")
        meter = ProgressMeter(building.stopping(on_progress))
        approved = await self._approved() if self._approved and not dry_run else ()
        request = Request(full=full, dry_run=dry_run, may_shrink=may_shrink, may_lose=may_lose, is_regular=is_regular)
        return await self._alone(building, lambda: self._builder.build(request, approved, meter))

    async def rollback(
        self,
        generation: str | None = None,
        *,
        started_by: str,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> Status:
        """Makes a stored generation the live one again: the one that was live when the live one was built, unless
        another is named. Its deleted parts are written again, and `on_progress` is called from worker threads. The next
        build compares the articles with it.

        Raises EmptyIndex, BuildRunning, and CannotRollBack when there is no such generation, or when it is damaged, of
        another format or from another embedder; BuildError when it is stopped, DiskFull.
        """
        building = RunningBuild(f"{started_by} started a rollback at {datetime.now(UTC):%H:%M} UTC")
        meter = ProgressMeter(building.stopping(on_progress))
        return await self._alone(building, lambda: self._rollback.roll_back(generation, meter))

    async def rollback_target(self, generation: str | None = None) -> Status:
        """What a rollback would make live. Raises the same as `rollback`, except BuildRunning."""
        return await asyncio.to_thread(lambda: self._rollback.target(generation).read_manifest())

    async def generations(self) -> list[Status]:
        """The generations on disk, newest first, the live one among them."""
        return await asyncio.to_thread(self._generations.complete)

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        """Hits among the `readable` articles: as many as if there were no others.

        Raises EmptyIndex, OtherEmbedder when the index was built with another one, ModelError.
        """

        def find(live: OpenGeneration) -> Retrieved:
            embedder = self._embedder()
            if embedder.name != live.status.embedder:
                raise OtherEmbedder(live.status.embedder, embedder.name)
            vector = embedder.embed_question(question)
            hits = live.retrieve(
                question, vector, readable=readable, top_k=top_k, since=since, until=until, articles=articles
            )
            return Retrieved(compared(embedder, question, hits), live.status.generation)

        return await self._ask(find)

    def load_embedder(self) -> Embedder:
        """Blocking; so that the first question need not wait for it. Raises ModelError."""
        return self._embedder()

    def open(self) -> None:
        """Blocking. Opens the live generation, if there is one, so that the first question need not wait for it.

        Raises DamagedIndex, DiskFull, ServerAway, Stopping.
        """
        self._live.open()

    async def embedder_name(self) -> str:
        return (await asyncio.to_thread(self._embedder)).name

    async def question_vectors(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector for each question (at least one), to compare questions. Raises ModelError."""
        return await asyncio.to_thread(lambda: np.stack([*map(self._embedder().embed_question, questions)]))

    async def follow(self, *, seconds: float) -> None:
        """Checks at intervals, until it is cancelled, which generation other processes have made live, and answers from
        that one once it is here. Errors on the way are logged once.
        """
        problem: str | None = None
        while True:
            await asyncio.sleep(seconds)
            try:
                if self._building is None:  # which begins with that itself
                    await asyncio.to_thread(self._live.catch_up)
                if problem:
                    log.warning("the index can be followed again")
                problem = None
            except Exception as error:  # noqa: BLE001 - what is live here keeps answering
                if str(error) != problem:
                    log.warning("the index cannot be followed: %s", error)
                problem = str(error)

    async def close(self) -> None:
        """Stops a running build, and waits for it and for the last answers: only then may another process use the
        folder.
        """
        self._live.let_nobody_in()
        if self._building:
            await self._building.stop()
        await asyncio.to_thread(self._live.close)

    async def _alone(self, building: RunningBuild, work: Callable[[], T]) -> T:
        """Runs blocking work that may switch generations, one at a time."""
        if self._live.is_closed:
            raise Stopping
        if self._building:
            raise BuildRunning(f"{self._building.origin}, and it is still running. Wait for it, then try again.")
        self._building = building
        try:
            return await building.run(lambda: self._held(building.origin, work))
        finally:
            self._building = None

    def _held(self, origin: str, work: Callable[[], T]) -> T:
        """The same for all processes that share the generations. The work begins with what is live by then."""
        with self._generations.locked(origin):
            with suppress(DamagedIndex):  # a build repairs that
                self._live.catch_up()
            return work()
