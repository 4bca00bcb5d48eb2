"""The index as the rest of the program sees it: build it, ask it, look at it. All blocking work is done in threads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from footnote.errors import (
    BuildRunning,
    CanaryFailed,
    DamagedIndex,
    EmptyIndex,
    OtherEmbedder,
    ServerAway,
    Stopping,
    WouldShrink,
)
from footnote.models import Article, Citation
from footnote.ports import Retrieved
from footnote.standing import Recited, Standings, recited, standings
from footnote_index import build_process, checksums, data_folder
from footnote_index.approved import ApprovedAnswer
from footnote_index.build import Order, can_go_on, write_generation
from footnote_index.canaries import Examination, failing, read_canaries
from footnote_index.context import Context, context_of
from footnote_index.disk import told_when_full
from footnote_index.embedders import Embedder
from footnote_index.garbage import keep_vectors_of
from footnote_index.generations import GenerationFolder, Generations
from footnote_index.home import Home
from footnote_index.outcomes import foreseen, nothing_to_do, report_on
from footnote_index.plan import plan_build
from footnote_index.reports import BuildReport, Progress, Stage, Status
from footnote_index.retrieval import OpenGeneration, Retired
from footnote_index.rollback import find_target
from footnote_index.running_build import RunningBuild
from footnote_index.sources.web import Web
from footnote_index.stopwatch import Stopwatch

log = logging.getLogger(__name__)

Found = TypeVar("Found")

OWN_PROCESS_FROM = 300_000
"""Characters of new text, about as many passages as are embedded in the seconds that it takes to start a process."""


class Index:
    """A folder of articles, and the live generation built from it in a data folder (see data_folder.py), or in the
    `home` that this process shares with others: each of its methods raises ServerAway then.

    `load_embedder` is called at the first question or build. A generation with `own_process_from` characters of new
    text, or more, is written in a process of its own, which calls it as well: there, it has to be fit to be pickled.
    Articles from the web come from the internet only, unless `allow_private_addresses`. Each build learns first what
    moderators have `approved`.
    """

    def __init__(
        self,
        articles: Path,
        data: Path,
        load_embedder: Callable[[], Embedder],
        *,
        home: Home | None = None,
        own_process_from: int = OWN_PROCESS_FROM,
        allow_private_addresses: bool = False,
        approved: Callable[[], Awaitable[Sequence[ApprovedAnswer]]] | None = None,
    ) -> None:
        self._articles = articles
        self._data = data
        self._web = Web(articles, data, allow_private=allow_private_addresses)
        self._generations = home or Generations(data)
        self._shelf = data / "index" / "vectors.sqlite"
        self._load_embedder = load_embedder
        self._approved = approved
        self._own_process_from = own_process_from
        self._loaded: Embedder | None = None
        self._live: OpenGeneration | None = None
        self._opening = Lock()
        self._catching_up = Lock()
        self._building: RunningBuild | None = None
        self._is_closed = False

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
        """Brings the index up to date with the articles and the embedder. Nothing is written when nothing has
        changed, unless `full`, which embeds everything anew. `on_progress` is called from worker threads. When
        cancelled, the live generation stays. A build that `is_regular`, because it comes by the clock, asks for each
        page of the web once an hour at most.

        Raises BuildRunning when another build has not ended, WouldShrink when more than a quarter of the articles would
        be gone (unless `may_shrink`, or they are no more than `may_lose`: so many, somebody has agreed), CanaryFailed
        when the new generation does not answer what it has to, BuildError when the folder holds nothing to read,
        ModelError when the embedder fails, DiskFull.
        """
        what = "a dry run" if dry_run else "a rebuild"
        building = RunningBuild(f"{started_by} started {what} at {datetime.now(UTC):%H:%M} UTC")
        stopwatch = Stopwatch(building.stopping(on_progress))
        approved = await self._approved() if self._approved and not dry_run else ()
        return await self._alone(
            building,
            lambda: self._build(
                stopwatch,
                approved,
                full=full,
                dry_run=dry_run,
                may_shrink=may_shrink,
                may_lose=may_lose,
                is_regular=is_regular,
            ),
        )

    async def rollback(self, generation: str | None = None, *, started_by: str) -> Status:
        """Makes a generation that is still kept the live one again: the one that was live when the live one was built,
        unless another is named. The next build compares the articles with it.

        Raises EmptyIndex, BuildRunning, and CannotRollBack when there is none such, or when it is damaged, of another
        form or of another embedder.
        """
        building = RunningBuild(f"{started_by} started a rollback at {datetime.now(UTC):%H:%M} UTC")
        return await self._alone(building, lambda: self._roll_back(generation))

    async def rollback_target(self, generation: str | None = None) -> Status:
        """What a rollback would make live. Raises as `rollback` does, but for BuildRunning."""
        return await asyncio.to_thread(
            lambda: find_target(self._generations, generation, self._embedder().name).read_manifest()
        )

    async def generations(self) -> list[Status]:
        """The generations on disk, newest first, the live one among them."""
        return await asyncio.to_thread(self._generations.complete)

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

    async def titles(self) -> dict[str, str]:
        """The titles of the live generation's articles by their ids, in the order of the ids. Raises EmptyIndex."""
        return await self._ask(lambda live: live.catalogue.titles())

    async def context(self, citation: Citation) -> Context | None:
        """The cited sentence inside its neighbours; None when its article has changed or is gone."""

        def look_up(live: OpenGeneration) -> Context | None:
            article = live.catalogue.article(citation.article_id)
            if article is None or article.version != citation.version:
                return None
            return context_of(citation, article)

        return await self._ask(look_up)

    async def standing(self, citations: Sequence[Citation]) -> Standings:
        """What has become of cited sentences, for many of them at once. Raises EmptyIndex."""

        def look_up(live: OpenGeneration) -> Standings:
            return Standings(live.status.generation, standings(citations, live.catalogue.article))

        return await self._ask(look_up)

    async def recite(self, citations: Sequence[Citation]) -> Recited:
        """Cited sentences where they stand now. Raises EmptyIndex."""

        def look_up(live: OpenGeneration) -> Recited:
            return Recited(live.status.generation, recited(citations, live.catalogue.article))

        return await self._ask(look_up)

    async def question_vector(self, question: str) -> NDArray[np.float32]:
        """A unit vector, by which questions can be compared with each other. Raises ModelError."""
        return await asyncio.to_thread(lambda: self._embedder().embed_question(question))

    async def question_vectors(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """The same for each of many, of which there is one at least."""
        return await asyncio.to_thread(lambda: np.stack([*map(self._embedder().embed_question, questions)]))

    async def follow(self, *, seconds: float) -> None:
        """Looks every so many seconds, until it is cancelled, which generation other processes have made live, and
        answers from that one once it is here. What goes wrong on the way is logged, once.
        """
        trouble: str | None = None
        while True:
            await asyncio.sleep(seconds)
            try:
                if self._building is None:  # which begins with that itself
                    await asyncio.to_thread(self._catch_up)
                if trouble:
                    log.warning("the index can be followed again")
                trouble = None
            except Exception as error:  # noqa: BLE001 - what is live here goes on answering
                if str(error) != trouble:
                    log.warning("the index cannot be followed: %s", error)
                trouble = str(error)

    async def close(self) -> None:
        """Stops a running build, and waits for it and for the last answers: only then may another process come in."""
        self._is_closed = True
        if self._building:
            await self._building.stop()
        await asyncio.to_thread(self._let_go)

    def _let_go(self) -> None:
        with self._catching_up:
            if self._live:
                self._live.close()
            self._generations.close()

    async def _alone(self, building: RunningBuild, work: Callable[[], Found]) -> Found:
        """Does blocking work that may switch generations: one at a time."""
        if self._is_closed:
            raise Stopping
        if self._building:
            raise BuildRunning(f"{self._building.origin}, and it has not ended yet. Wait for it, then try again.")
        self._building = building
        try:
            return await building.run(lambda: self._held(building.origin, work))
        finally:
            self._building = None

    def _held(self, origin: str, work: Callable[[], Found]) -> Found:
        """The same for all processes that share the generations. Work begins with what is live by then."""
        with self._generations.held(origin):
            with suppress(DamagedIndex):  # a build mends that
                self._catch_up()
            return work()

    async def _ask(self, work: Callable[[OpenGeneration], Found]) -> Found:
        """Does blocking work on the live generation, which stays open until it is done."""

        def in_thread() -> Found:
            while True:
                live = self._open()
                if live is None:
                    raise EmptyIndex
                try:
                    with suppress(Retired), live.in_use():
                        return work(live)
                except DamagedIndex:
                    if not self._catch_up():
                        raise

        return await asyncio.to_thread(in_thread)

    def _open(self) -> OpenGeneration | None:
        with self._opening:
            if self._is_closed:
                raise Stopping
            if self._live is None and (folder := self._generations.live()):
                self._live = OpenGeneration(folder)
            return self._live

    def _catch_up(self) -> bool:
        """Takes over what another process has made live, if there is such; the one before answers meanwhile."""
        with self._catching_up:
            if self._is_closed:
                return False
            before, folder = self._live, self._generations.live()
            if before is None or folder is None or folder.id == before.status.generation:
                return False
            self._answer_from(OpenGeneration(folder))
            log.info("generation %s, which another Footnote has made live, answers now", folder.id)
            self._generations.collect_copies()
            return True

    def _embedder(self) -> Embedder:
        with self._opening:
            if self._loaded is None:
                self._loaded = self._load_embedder()
            return self._loaded

    def _build(
        self,
        stopwatch: Stopwatch,
        approved: Sequence[ApprovedAnswer],
        *,
        full: bool,
        dry_run: bool,
        may_shrink: bool,
        may_lose: int,
        is_regular: bool,
    ) -> BuildReport:
        live = self._open_to_compare()
        with data_folder.writing(self._shelf.parent):
            self._generations.collect_unfinished()
        web = self._web.pages(
            lambda done, total: stopwatch.tell(Stage.FETCHING, done, total),
            dry_run=dry_run,
            may_shrink=may_shrink or may_lose > 0,
            is_regular=is_regular,
        )
        plan = plan_build(self._articles, live.catalogue.fingerprints() if live else {}, stopwatch, web)
        canaries = read_canaries(self._articles)
        lost = plan.difference.lost
        if plan.difference.shrinks and len(lost) > may_lose and not (dry_run or may_shrink):
            raise WouldShrink(lost, plan.difference.before)
        embedder = self._embedder()
        is_same = live is not None and live.status.embedder == embedder.name and not full
        # The same articles have another path on each machine that shares the index: that alone is no reason to build.
        is_moved = live and not self._generations.is_shared and live.status.folder != str(self._articles.resolve())
        if live and is_same and plan.difference.is_empty and not is_moved:
            failures = () if dry_run else tuple(self._fail_on(live, canaries, stopwatch))
            return nothing_to_do(plan, live.status, embedder, stopwatch, failures, dry_run=dry_run)
        goes_on = live is not None and is_same and can_go_on(plan.difference, live.status, live.catalogue)
        base = self._sound_live() if goes_on else None
        if is_same:
            self._generations.stock(self._shelf)
        order = Order(plan, base, self._shelf, anew=full, previous=live.status.generation if live else None)
        if dry_run:
            return foreseen(order, live.status if live else None, embedder, stopwatch)
        return self._write(order, embedder, stopwatch, [*canaries, *approved])

    def _sound_live(self) -> GenerationFolder | None:
        """None when something is wrong with its files, which must not be copied."""
        try:
            live = self._generations.live()
            return live if live and checksums.are_right(live) else None
        except DamagedIndex:
            return None

    def _open_to_compare(self) -> OpenGeneration | None:
        """The live generation; None when it is damaged: a build mends that by making everything anew."""
        try:
            return self._open()
        except DamagedIndex as error:
            log.warning("%s", error)
            return None

    def _write(
        self, order: Order, embedder: Embedder, stopwatch: Stopwatch, canaries: Sequence[Examination]
    ) -> BuildReport:
        failures: list[str] = []
        with told_when_full(self._data):
            target = self._generations.create()
        try:
            with told_when_full(self._data):
                if order.characters < self._own_process_from:
                    written = write_generation(order, target, embedder, stopwatch)
                else:
                    written = build_process.write_generation(order, target, self._load_embedder, stopwatch)
                fresh = self._switch_to(
                    target, lambda fresh: failures.extend(self._failing(canaries, fresh, stopwatch))
                )
        except BaseException:
            self._generations.remove(target)
            raise
        self._retire_all_before(fresh)
        with suppress(DamagedIndex):  # of an older generation: then all is kept
            keep_vectors_of(self._generations, self._shelf)
            before = self._generations.find(order.previous) if order.previous else None
            self._web.keep_only(folder_before=before.read_manifest().folder if before else None)
        stopwatch.tell(Stage.SWITCHING, 1, 1)
        return report_on(
            order.plan,
            generation=target.id,
            passages=written.passages,
            sentences=written.sentences,
            seconds=stopwatch.seconds,
            tokens=written.tokens,
            failed_canaries=tuple(failures),
        )

    def _failing(self, canaries: Sequence[Examination], fresh: OpenGeneration, stopwatch: Stopwatch) -> list[str]:
        """Which canaries fail on a new generation. Raises CanaryFailed when the live one can answer instead, and
        BuildError when the build is to stop.
        """
        failures = self._fail_on(fresh, canaries, stopwatch)
        stopwatch.tell(Stage.EXAMINING, len(canaries), len(canaries))
        if failures and self._live and self._live.status.embedder == self._embedder().name:
            raise CanaryFailed(failures, len(canaries))
        return failures

    def _fail_on(self, generation: OpenGeneration, canaries: Sequence[Examination], stopwatch: Stopwatch) -> list[str]:
        total = len(canaries)
        return failing(
            canaries, generation, self._embedder(), lambda asked: stopwatch.tell(Stage.EXAMINING, asked, total)
        )

    def _roll_back(self, wanted: str | None) -> Status:
        target = find_target(self._generations, wanted, self._embedder().name)
        fresh = self._switch_to(target)
        self._retire_all_before(fresh)
        return fresh.status

    def _switch_to(
        self, target: GenerationFolder, examine: Callable[[OpenGeneration], None] = lambda _: None
    ) -> OpenGeneration:
        """Opening the generation checks it; `examine` raises when it may not go live."""
        fresh = OpenGeneration(target)
        try:
            examine(fresh)
            self._generations.switch_to(target)
        except BaseException:
            fresh.close()
            raise
        return fresh

    def _retire_all_before(self, fresh: OpenGeneration) -> None:
        """From here on `fresh` answers. The one before stays on disk, to be rolled back to."""
        self._answer_from(fresh)
        with suppress(ServerAway):  # the next build collects
            self._generations.collect_old()

    def _answer_from(self, fresh: OpenGeneration) -> None:
        with self._opening:
            before, self._live = self._live, fresh
        if before:
            before.close()
