"""Stops calling something that keeps failing, for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from footnote.errors import AnswererError, BudgetSpent

log = logging.getLogger(__name__)

_LONGEST_REST = 600.0
"""Seconds. A server may ask for a day; it is tried again earlier."""

Given = TypeVar("Given")


class Resting(AnswererError):
    """It has failed so often that it is not called for a while."""

    def __init__(self, last: AnswererError | None) -> None:
        of_settings = last is not None and last.of_settings
        reason = "The language model has failed several times. Footnote will try it again later."
        super().__init__(reason, of_settings=of_settings)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A call: how many failures came before it, and whether it is the probe that others wait for."""

    after_failures: int
    is_probe: bool


class CircuitBreaker:
    """Lets calls through to something that may fail. After `failures_before_rest` failures in a row it rests for `rest`
    seconds; the first call after that finds out whether it works again.

    It holds for all questions, which may come at once. `clock` is a monotonic clock in seconds.
    """

    def __init__(self, clock: Callable[[], float], *, failures_before_rest: int = 3, rest: float = 60.0) -> None:
        self._clock = clock
        self._failures_before_rest = failures_before_rest
        self._rest = rest
        self._in_a_row = 0
        self._failures = 0
        self._rests_until: float | None = None
        self._last: AnswererError | None = None

    async def __call__(self, call: Callable[[], Awaitable[Given]], *, deadline: float) -> Given:
        """The result of the call, within `deadline` seconds. Raises AnswererError, or Resting without calling."""
        attempt = self._begin()
        try:
            async with asyncio.timeout(deadline):
                given = await call()
        except TimeoutError as error:
            slow = AnswererError("The language model did not answer in time.")
            self._failed(slow)
            raise slow from error
        except BudgetSpent:
            self._learned_nothing(attempt)
            raise
        except AnswererError as error:
            self._worked(attempt) if error.of_question else self._failed(error)
            raise
        except BaseException:
            self._learned_nothing(attempt)
            raise
        self._worked(attempt)
        return given

    def _begin(self) -> _Attempt:
        is_probe = self._rests_until is not None
        if self._rests_until is not None:
            if self._clock() < self._rests_until:
                raise Resting(self._last)
            self._rests_until = self._clock() + self._rest
        return _Attempt(self._failures, is_probe)

    def _worked(self, attempt: _Attempt) -> None:
        """The success of a call that began before the last failure says nothing about now."""
        if attempt.after_failures == self._failures:
            self._in_a_row = 0
            self._rests_until = None

    def _failed(self, error: AnswererError) -> None:
        self._last = error
        self._failures += 1
        self._in_a_row += 1
        rest = min(error.retry_after or 0.0, _LONGEST_REST)
        if self._in_a_row >= self._failures_before_rest:
            rest = max(rest, self._rest)
        if rest:
            log.warning("the language model is not asked for the next %.0f s", rest)
            self._rests_until = max(self._rests_until or 0.0, self._clock() + rest)

    def _learned_nothing(self, attempt: _Attempt) -> None:
        """It was not called, or nobody waited for it: the next call is the probe."""
        if attempt.is_probe and self._rests_until is not None:
            self._rests_until = self._clock()
