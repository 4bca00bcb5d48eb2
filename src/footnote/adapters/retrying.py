"""When a call that failed is repeated: for Discord, for language models and for embedding servers alike."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from tenacity import AsyncRetrying, RetryCallState, Retrying, retry_if_exception

T = TypeVar("T")
IsPassing = Callable[[BaseException], bool]
"""Whether the same call may succeed in a moment."""

RequestedWait = Callable[[BaseException], float | None]
"""How many seconds the server asks to wait."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`attempts` in all. The pause between two is what the server asks for, else `first_pause` (seconds), which doubles
    each time. Where it would be longer than `longest_pause`, the call is not repeated.
    """

    attempts: int
    first_pause: float
    longest_pause: float = math.inf

    async def run(
        self,
        call: Callable[[], Awaitable[T]],
        is_passing: IsPassing,
        *,
        requested_wait: RequestedWait = lambda _: None,
        time_left: Callable[[], float] = lambda: math.inf,
    ) -> T:
        """The result of the call; raises its last error. A pause has to be shorter than `time_left`."""

        async def attempt() -> T:  # tenacity awaits coroutine functions only
            return await call()

        return await AsyncRetrying(reraise=True, **self._options(is_passing, requested_wait, time_left))(attempt)

    def run_blocking(
        self,
        call: Callable[[], T],
        is_passing: IsPassing,
        *,
        requested_wait: RequestedWait = lambda _: None,
        pause: Callable[[float], None] = time.sleep,
    ) -> T:
        """The same in a thread. What `pause` raises ends it."""
        options = self._options(is_passing, requested_wait, lambda: math.inf)
        return Retrying(reraise=True, sleep=pause, **options)(call)

    def _options(
        self, is_passing: IsPassing, requested_wait: RequestedWait, time_left: Callable[[], float]
    ) -> dict[str, Any]:
        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = requested_wait(error) if error else None
            pause: float = self.first_pause * 2 ** (state.attempt_number - 1)
            return pause if asked is None else asked

        def stop(state: RetryCallState) -> bool:
            is_too_long = state.upcoming_sleep > self.longest_pause or state.upcoming_sleep >= time_left()
            return state.attempt_number >= self.attempts or is_too_long

        return {"wait": wait, "stop": stop, "retry": retry_if_exception(is_passing)}


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How many seconds the server asks to wait; None when it does not say, or what it says makes no sense.

    OpenAI's servers also say it in milliseconds.
    """
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        with suppress(KeyError, ValueError):
            seconds = float(headers[name]) * unit
            if math.isfinite(seconds):
                return max(0.0, seconds)
    with suppress(KeyError, ValueError, TypeError):  # the last: a date without a time zone
        return max(0.0, (parsedate_to_datetime(headers["retry-after"]) - datetime.now(UTC)).total_seconds())
    return None
