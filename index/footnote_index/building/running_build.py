"""A running build or rollback: who started it, and how it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any, TypeVar

from footnote.errors import BuildError
from footnote_index.building.reports import Progress, Stage

T = TypeVar("T")


class RunningBuild:
    """A build or rollback. Its thread cannot be cancelled: it stops at its next step, and `run` waits for it."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._stop = Event()
        self._work: asyncio.Task[Any] | None = None

    def stopping(self, on_progress: Callable[[Progress], None]) -> Callable[[Progress], None]:
        """Wraps `on_progress` so that it ends the build once somebody has stopped it; no longer after it begins to
        switch over.
        """

        def tell(progress: Progress) -> None:
            if self._stop.is_set() and progress.stage is not Stage.SWITCHING:
                raise BuildError("The build was stopped. The index is unchanged.")
            on_progress(progress)

        return tell

    async def run(self, work: Callable[[], T]) -> T:
        self._work = task = asyncio.create_task(asyncio.to_thread(work))
        try:
            return await asyncio.shield(task)
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
            self._work.exception()  # otherwise asyncio reports an exception that was never retrieved
