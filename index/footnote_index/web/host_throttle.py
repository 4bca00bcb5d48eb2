"""Takes turns: one request to a host at a time, with a pause between two, and none to a host with problems."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.fetch_errors import Postponed, Unreachable


class HostThrottle:
    """The queue of one host."""

    def __init__(self, crawl_limits: CrawlLimits) -> None:
        self._crawl_limits = crawl_limits
        self._lock = asyncio.Lock()
        self._delay = crawl_limits.delay
        self._first: float | None = None
        self._next = 0.0
        self._failures = 0
        self._refusal: str | None = None

    def slow_down(self, delay: float) -> None:
        """Its robots.txt asks for this many seconds between two requests."""
        self._delay = min(max(delay, self._delay), self._crawl_limits.longest_delay)
        self._next = max(self._next, time.monotonic() + self._delay)

    def postpone(self, seconds: float) -> bool:
        """Its server asks to wait this long. False: that is too long for this build."""
        if seconds <= self._crawl_limits.longest_wait:
            self._next = max(self._next, time.monotonic() + seconds)
            return True
        self._refusal = f"its server asks to wait for {seconds:,.0f} s"
        return False

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises Postponed when the host is left alone until the next build."""
        async with self._lock:
            await self._wait()
            failures, self._failures = self._failures, 0
            try:
                yield
            except Unreachable:
                self._failures = failures + 1
                raise
            finally:
                self._next = max(self._next, time.monotonic() + self._delay)

    async def _wait(self) -> None:
        now = time.monotonic()
        self._first = now if self._first is None else self._first
        if self._refusal:
            raise Postponed(self._refusal)
        if self._failures >= self._crawl_limits.patience:
            raise Postponed(f"its server failed {self._failures} times in a row; the next build tries again")
        if max(now, self._next) - self._first > self._crawl_limits.host_time:
            raise Postponed("its server is slow; the next build continues with it")
        await asyncio.sleep(self._next - now)
