"""Work that should end before Discord is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from footnote.errors import Stopping

log = logging.getLogger(__name__)

_FOR_LAST_WORDS = 2.0  # seconds in which cancelled work may still say so


class InFlight:
    """Keeps hold of running work: tasks started here, and tasks that joined."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_settling = False

    @property
    def is_idle(self) -> bool:
        return not self._tasks

    def start(self, work: Coroutine[Any, Any, None], *, name: str) -> None:
        """Runs the work in the background; if it fails, that is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def join(self) -> None:
        """Counts the current task as in flight until it ends, including its error message. Raises Stopping once
        settling has begun.
        """
        task = asyncio.current_task()
        assert task is not None, "only coroutines are in flight"  # noqa: S101 - a programming error, not input
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._is_settling:
            raise Stopping

    async def settle(self, *, seconds: float) -> None:
        """Gives work in flight some seconds to end, then cancels the rest."""
        self._is_settling = True
        for patience in (seconds, _FOR_LAST_WORDS):
            for task in await self._left_after(patience):
                task.cancel()
        await asyncio.gather(*self._others(), return_exceptions=True)

    async def _left_after(self, seconds: float) -> set[asyncio.Task[Any]]:
        """Waits until nothing is in flight, including new work; returns what still is when time is up."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while (tasks := self._others()) and (left := deadline - loop.time()) > 0:
            await asyncio.wait(tasks, timeout=left)
        return tasks

    def _others(self) -> set[asyncio.Task[Any]]:
        return {task for task in self._tasks if not task.done()} - {asyncio.current_task()}

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed", task.get_name(), exc_info=error)
