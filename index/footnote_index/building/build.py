"""A build's steps: plan.py says what it would write, write.py writes it, canaries.py examines it, live.py switches."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from footnote.errors import CanaryFailed, DamagedIndex, WouldShrink
from footnote.ports import Reader
from footnote_index.building.approved import ApprovedAnswer
from footnote_index.building.canaries import Examination, failing
from footnote_index.building.canaries_file import read_canaries
from footnote_index.building.difference import FolderDifference
from footnote_index.building.outcomes import foreseen, nothing_to_do, report_on
from footnote_index.building.plan import Plan, plan_build
from footnote_index.building.planned_articles import PlannedArticles
from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import BuildReport, Stage
from footnote_index.building.write import Order, can_go_on
from footnote_index.building.writer import Writer
from footnote_index.connectors.stage import Connectors
from footnote_index.retrieval import OpenGeneration
from footnote_index.storage import checksums, data_folder, set_aside
from footnote_index.storage.cache_warming import warm
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.garbage import keep_vectors_of, remove_old_generations
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home
from footnote_index.storage.live import Live
from footnote_index.storage.reduced import reduce_kept
from footnote_index.web.fetch_stage import Web

log = logging.getLogger(__name__)

OWN_PROCESS_FROM = 300_000
"""Characters of new text: about as much as is embedded in the seconds that it takes to start a process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The options of a build; see `Index.build`."""

    full: bool
    dry_run: bool
    may_shrink: bool
    may_lose: int
    is_regular: bool

    def allow(self, difference: FolderDifference) -> None:
        """Raises WouldShrink when more articles would be removed than somebody agreed to."""
        lost = difference.lost
        if difference.shrinks and len(lost) > self.may_lose and not (self.dry_run or self.may_shrink):
            raise WouldShrink(lost, difference.before)


class Builder:
    """Writes new generations, and makes them live. Blocking; one build at a time."""

    def __init__(
        self,
        articles: Path,
        data: Path,
        generations: Home,
        live: Live,
        web: Web,
        writer: Writer,
        reader: Reader,
    ) -> None:
        self._articles = articles
        self._data = data
        self._cache = data / "index" / "vectors.sqlite"
        self._embedder = writer.embedder
        self._generations = generations
        self._live = live
        self._web = web
        self._reader = reader
        self._connectors = Connectors(articles, data)
        self._writer = writer

    def build(self, request: Request, approved: Sequence[Examination], meter: ProgressMeter) -> BuildReport:
        """`approved` is what a new generation has to answer in addition to the canaries. Raises the same as
        `Index.build`, except BuildRunning.
        """
        report = self._build(request, approved, meter)
        if not request.dry_run:
            try:
                set_aside.keep(self._data, report)
            except OSError as error:
                log.warning("what the build skipped is not kept for `index status --skipped`: %s", error)
        return report

    def _build(self, request: Request, approved: Sequence[Examination], meter: ProgressMeter) -> BuildReport:
        live = self._open_to_compare()
        with data_folder.writing(self._cache.parent):
            remove_old_generations(self._generations)
        with PlannedArticles(self._cache.with_name("planned")) as articles:
            plan = self._plan(request, articles, live, meter)
            return self._carry_out(request, plan, live, approved, meter)

    def _carry_out(
        self,
        request: Request,
        plan: Plan,
        live: OpenGeneration | None,
        approved: Sequence[Examination],
        meter: ProgressMeter,
    ) -> BuildReport:
        canaries = read_canaries(self._articles)
        request.allow(plan.difference)
        embedder = self._embedder()
        is_same = live is not None and live.status.embedder == embedder.name and not request.full
        if live and is_same and plan.difference.is_empty and not self._is_moved(live):
            failures = () if request.dry_run else tuple(self._fail_on(live, canaries, meter))
            return nothing_to_do(plan, live.status, embedder, meter, failures, dry_run=request.dry_run)
        order = self._order(plan, live, is_same=is_same, from_scratch=request.full)
        if request.dry_run:
            return foreseen(order, plan, live.status if live else None, embedder, meter)
        return self._make_live(order, plan, meter, [*canaries, *approved])

    def _open_to_compare(self) -> OpenGeneration | None:
        """The live generation; None when it is damaged: a build then makes everything from scratch."""
        try:
            return self._live.open()
        except DamagedIndex as error:
            log.warning("%s", error)
            return None

    def _plan(
        self, request: Request, articles: PlannedArticles, live: OpenGeneration | None, meter: ProgressMeter
    ) -> Plan:
        web = self._web.pages(
            lambda done, total: meter.tell(Stage.FETCHING, done, total),
            dry_run=request.dry_run,
            may_shrink=request.may_shrink or request.may_lose > 0,
            is_regular=request.is_regular,
        )
        brought = self._connectors.pages(lambda: meter.tell(Stage.FETCHING, 0, 0), is_regular=request.is_regular)
        known = live.catalogue.fingerprints() if live else {}
        return plan_build(self._articles, known, meter, articles, web + brought)

    def _is_moved(self, live: OpenGeneration) -> bool:
        # Each machine that shares the index has another path to the articles: that alone is no reason to build.
        return not self._generations.is_shared and live.status.folder != str(self._articles.resolve())

    def _order(self, plan: Plan, live: OpenGeneration | None, *, is_same: bool, from_scratch: bool) -> Order:
        """`is_same`: the live generation's vectors can be reused."""
        goes_on = live is not None and is_same and can_go_on(plan.difference, live.status, live.catalogue)
        base = self._sound_live() if goes_on else None
        if is_same and self._generations.is_shared:
            self._take_over_vectors()
        return Order(
            plan, base, self._cache, from_scratch=from_scratch, previous=live.status.generation if live else None
        )

    def _take_over_vectors(self) -> None:
        """The vectors of the live generation, which another process may have embedded."""
        with suppress(DamagedIndex):
            if live := self._generations.live():
                warm(live, self._cache)

    def _sound_live(self) -> GenerationFolder | None:
        """None when its files are damaged and must not be copied."""
        try:
            live = self._generations.live()
            return live if live and checksums.are_right(live) else None
        except DamagedIndex:
            return None

    def _make_live(
        self, order: Order, plan: Plan, meter: ProgressMeter, canaries: Sequence[Examination]
    ) -> BuildReport:
        failures: list[str] = []
        with told_when_full(self._data):
            target = self._generations.create()
        try:
            with told_when_full(self._data):
                characters = plan.characters(fresh_only=order.base is not None)
                written = self._writer.write(order, characters, target, meter)
                fresh = self._live.switch_to(
                    target, lambda fresh: failures.extend(self._failing(canaries, fresh, meter))
                )
        except BaseException:
            self._generations.remove(target)
            raise
        self._live.retire_all_before(fresh)
        self._collect(order.previous)
        meter.tell(Stage.SWITCHING, 1, 1)
        return report_on(
            plan,
            self._embedder(),
            generation=target.id,
            passages=written.passages,
            sentences=written.sentences,
            seconds=meter.seconds,
            tokens=written.tokens,
            failed_canaries=tuple(failures),
        )

    def _failing(self, canaries: Sequence[Examination], fresh: OpenGeneration, meter: ProgressMeter) -> list[str]:
        """Which canaries fail on a new generation. Raises CanaryFailed when the live one can answer instead, and
        BuildError when the build is stopped.
        """
        failures = self._fail_on(fresh, canaries, meter)
        live = self._live.answering
        if live and live.status.embedder != self._embedder().name:
            live = None  # it can no longer answer questions
        approved = [one for one in canaries if isinstance(one, ApprovedAnswer)]
        if failures and approved and live:
            # What moderators chose by hand may never have been found by its question: that is not this build's fault.
            never_found = {*self._fail_on(live, approved, meter)}
            failures = [one for one in failures if one not in never_found]
        meter.tell(Stage.EXAMINING, len(canaries), len(canaries))
        if failures and live:
            raise CanaryFailed(failures, len(canaries))
        return failures

    def _fail_on(self, generation: OpenGeneration, canaries: Sequence[Examination], meter: ProgressMeter) -> list[str]:
        total = len(canaries)
        return failing(
            canaries,
            generation,
            self._embedder(),
            self._reader,
            lambda asked: meter.tell(Stage.EXAMINING, asked, total),
        )

    def _collect(self, previous: str | None) -> None:
        """Deletes what no generation needs: parts of those that are not live, vectors, web pages."""
        reduce_kept(self._generations, self._cache)
        with suppress(DamagedIndex):  # of an older generation: then all is kept
            keep_vectors_of(self._generations, self._cache)
            before = self._generations.find(previous) if previous else None
            self._web.keep_only(folder_before=before.read_manifest().folder if before else None)
