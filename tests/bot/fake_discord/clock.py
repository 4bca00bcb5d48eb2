"""Time, ids and waiting: a clock that tests can move forward, and waiting without polling."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Real time plus whatever a test skipped, so that tokens expire without sleeping."""

    def __init__(self) -> None:
        self._skipped = 0.0
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """Seconds since the Unix epoch, never going back."""
        return time.monotonic() + self._offset + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds

    def timestamp(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat()


class Snowflakes:
    """Ids as Discord's: the time in the high bits (clients read `created_at` from it), strictly growing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        milliseconds = int(self._clock.now() * 1000) - DISCORD_EPOCH_MS
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last


class Changes:
    """Wakes those who wait for the world to look a certain way."""

    def __init__(self, describe: Callable[[], str]) -> None:
        self._describe = describe
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()

    async def wait_for(self, predicate: Callable[[], T | None], *, within: float, what: str) -> T:
        """The first truthy value of `predicate`, which is asked again after each change."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not (value := predicate()):
            waiter = loop.create_future()
            self._waiters.add(waiter)
            if not (await asyncio.wait({waiter}, timeout=deadline - loop.time()))[0]:
                self._waiters.discard(waiter)
                raise AssertionError(f"{what} did not happen within {within:g} s.\n{self._describe()}")
        return value
