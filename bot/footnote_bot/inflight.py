"""Work that should end before Discord is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

log = logging.getLogger(__name__)


class InFlight:
    """Keeps hold of running work: tasks started here, and tasks that pass through `current`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Runs the work in the background; if it fails, that is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    @contextmanager
    def current(self) -> Iterator[None]:
        """Counts the current task as in flight for the length of the block."""
        task = asyncio.current_task()
        assert task is not None, "only coroutines are in flight"  # noqa: S101 - a programming error, not input
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def settle(self, *, seconds: float) -> None:
        """Gives what is in flight some seconds to end, then cancels the rest."""
        tasks = self._tasks - {asyncio.current_task()}
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)
