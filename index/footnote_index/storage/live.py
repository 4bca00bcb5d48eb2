"""The generation that answers: opened, queried, and replaced by another one while questions arrive."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TypeVar

from footnote.errors import DamagedIndex, EmptyIndex, ServerAway, Stopping
from footnote_index.retrieval import OpenGeneration, Retired
from footnote_index.storage.garbage import remove_old_generations
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home

log = logging.getLogger(__name__)

T = TypeVar("T")


class Live:
    """The live generation of a home. Blocking; several threads may use it, and one at a time may switch.

    There are two locks; code that takes both takes `_catching_up` first:

    - `_opening` guards `_answering`, for as long as it takes to read it, replace it, or open the first generation.
      Questions take it, so nothing slow happens under it afterwards.
    - `_catching_up` is held while another generation is opened and the one before is closed, which may take seconds.
      Questions take it only when what they were reading is damaged, and outside of `in_use`.

    A generation is replaced first and closed second: `OpenGeneration.close` waits for the questions that read it. So
    nobody may catch up, switch or close inside `in_use`: that would wait for itself. A question may still be between
    `open` and `in_use` when its generation is replaced; it then finds it retired, and tries again.

    A builder takes neither lock in `switch_to`, as only one builds at a time. If `catch_up` runs between its switch and
    `retire_all_before`, the new generation is opened twice, and the first of the two is closed.
    """

    def __init__(self, generations: Home) -> None:
        self._generations = generations
        self._answering: OpenGeneration | None = None
        self._opening = Lock()
        self._catching_up = Lock()
        self.is_closed = False

    @property
    def answering(self) -> OpenGeneration | None:
        """The open generation; None as long as nobody has opened one."""
        return self._answering

    def open(self) -> OpenGeneration | None:
        """The generation that answers; None when nothing has been built yet. Raises DamagedIndex, and Stopping when
        closed.
        """
        with self._opening:
            if self.is_closed:
                raise Stopping
            if self._answering is None and (folder := self._generations.live()):
                self._answering = OpenGeneration(folder)
            return self._answering

    def ask(self, work: Callable[[OpenGeneration], T]) -> T:
        """Runs work on the live generation, which stays open until it is done. Raises the same as `open`, and
        EmptyIndex when nothing has been built yet.
        """
        while True:
            live = self.open()
            if live is None:
                raise EmptyIndex
            try:
                with suppress(Retired), live.in_use():
                    return work(live)
            except DamagedIndex:
                if not self.catch_up():
                    raise

    def catch_up(self) -> bool:
        """Switches to a generation that another process has made live, if there is one; the old one answers
        meanwhile.
        """
        with self._catching_up:
            if self.is_closed:
                return False
            before, folder = self._answering, self._generations.live()
            if before is None or folder is None or folder.id == before.status.generation:
                return False
            self._answer_from(OpenGeneration(folder))
            log.info("generation %s is now in use: another Footnote made it live", folder.id)
            return True

    def switch_to(
        self, target: GenerationFolder, examine: Callable[[OpenGeneration], None] = lambda _: None
    ) -> OpenGeneration:
        """Makes a generation the live one; call `retire_all_before` next. Opening it checks it; `examine` raises when
        it may not go live.
        """
        fresh = OpenGeneration(target)
        try:
            examine(fresh)
            self._generations.switch_to(target)
        except BaseException:
            fresh.close()
            raise
        return fresh

    def retire_all_before(self, fresh: OpenGeneration) -> None:
        """From here on `fresh` answers. The one before stays on disk for rollbacks."""
        self._answer_from(fresh)
        with suppress(ServerAway):  # the next build collects
            remove_old_generations(self._generations)

    def let_nobody_in(self) -> None:
        """From here on, questions raise Stopping. Those in progress go on until `close`, which waits for them."""
        self.is_closed = True

    def close(self) -> None:
        """Returns when the last answers are given, including those that are still opening a generation."""
        with self._catching_up:
            with self._opening:
                self.is_closed = True
                answering = self._answering
            if answering:
                answering.close()

    def _answer_from(self, fresh: OpenGeneration) -> None:
        with self._opening:
            before, self._answering = self._answering, fresh
        if before:
            before.close()
