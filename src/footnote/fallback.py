"""When an answerer fails, another one answers; and one that keeps failing is left alone for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from footnote.errors import AnswererError
from footnote.models import Candidate
from footnote.ports import Answerer, Draft

log = logging.getLogger(__name__)

NOTE = "The language model is not available; these are sentences from the articles."

_LONGEST_REST = 600.0
"""Seconds. A server may ask for a day; it is tried again earlier."""


class WithFallback:
    """Implements `Answerer`: drafts of `primary`, or of `backup` when `primary` fails or takes longer than `deadline`.

    After `failures_before_rest` failures in a row, `primary` rests for `rest` seconds; the first question after that
    finds out whether it works again. `clock` gives seconds that only go forward.
    """

    def __init__(
        self,
        primary: Answerer,
        backup: Answerer,
        *,
        clock: Callable[[], float],
        deadline: float = 30.0,
        failures_before_rest: int = 3,
        rest: float = 60.0,
    ) -> None:
        self.name = primary.name
        self._primary = primary
        self._backup = backup
        self._deadline = deadline
        self._breaker = _Breaker(clock, failures_before_rest, rest)

    async def draft(self, question: str, candidates: Mapping[str, Candidate]) -> Draft:
        if self._breaker.may_ask():
            try:
                draft = await self._ask_primary(question, candidates)
            except AnswererError as error:
                log.warning("the fallback answers: %s", error)
                self._breaker.failed(error)
            else:
                self._breaker.worked()
                return draft
        return replace(await self._backup.draft(question, candidates), note=NOTE)

    async def _ask_primary(self, question: str, candidates: Mapping[str, Candidate]) -> Draft:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._primary.draft(question, candidates)
        except TimeoutError as error:
            raise AnswererError("The language model did not answer in time.") from error


class _Breaker:
    """Knows whether the primary rests. It holds for all questions, which may come at once."""

    def __init__(self, clock: Callable[[], float], failures_before_rest: int, rest: float) -> None:
        self._clock = clock
        self._failures_before_rest = failures_before_rest
        self._rest = rest
        self._failures = 0
        self._rests_until: float | None = None

    def may_ask(self) -> bool:
        if self._rests_until is None:
            return True
        if self._clock() < self._rests_until:
            return False
        self._rests_until = self._clock() + self._rest  # this question is the probe; the others wait for what it finds
        return True

    def worked(self) -> None:
        self._failures = 0
        self._rests_until = None

    def failed(self, error: AnswererError) -> None:
        if error.of_question:
            self.worked()
            return
        self._failures += 1
        rest = min(error.retry_after or 0.0, _LONGEST_REST)
        if self._failures >= self._failures_before_rest:
            rest = max(rest, self._rest)
        if rest:
            log.warning("the language model is not asked for the next %.0f s", rest)
            self._rests_until = max(self._rests_until or 0.0, self._clock() + rest)
