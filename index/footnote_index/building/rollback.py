"""A rollback: writes the deleted parts of a generation again, and makes it the live one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from footnote_index.building.progress_meter import ProgressMeter
from footnote_index.building.reports import Stage, Status
from footnote_index.building.write import Order
from footnote_index.building.writer import Writer
from footnote_index.storage import data_folder
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home
from footnote_index.storage.live import Live
from footnote_index.storage.reduced import is_reduced, reduce_kept, remove_parts
from footnote_index.storage.rollback_target import find_target


class Rollback:
    """Blocking; the home must be locked. If it is killed at any moment, the live generation still answers."""

    def __init__(self, data: Path, generations: Home, live: Live, writer: Writer) -> None:
        self._cache = data / "index" / "vectors.sqlite"
        self._generations = generations
        self._live = live
        self._writer = writer

    def target(self, wanted: str | None) -> GenerationFolder:
        """The generation `wanted`, or the one that was live before. Raises as `find_target` does."""
        return find_target(self._generations, wanted, self._writer.embedder().name)

    def roll_back(self, wanted: str | None, meter: ProgressMeter) -> Status:
        """Rolls back to the `target`, whose missing parts are written first. Raises the same as `find_target`, and
        BuildError when it is stopped, DiskFull, and ModelError when a lost vector cannot be embedded again.
        """
        target = self.target(wanted)
        if is_reduced(target):
            with told_when_full(self._cache.parent):
                self._complete(target, meter)
        meter.tell(Stage.SWITCHING, 0, 1)
        fresh = self._live.switch_to(target)
        self._live.retire_all_before(fresh)
        reduce_kept(self._generations, self._cache)
        return fresh.status

    def _complete(self, target: GenerationFolder, meter: ProgressMeter) -> None:
        with data_folder.writing(self._cache.parent):  # by a killed rollback's writer, which ends a moment later
            remove_parts(target)
        with closing(Catalogue(target.catalogue)) as texts:
            characters = texts.characters()
        order = Order(plan=None, base=None, cache=self._cache, from_scratch=False)
        try:
            self._writer.write(order, characters, target, meter)
        except BaseException:
            if is_reduced(target):  # otherwise it was complete by then
                remove_parts(target)
            raise
