"""When a language model fails, something else answers; and one that keeps failing is left alone for a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from footnote.errors import AnswererError, BudgetSpent
from footnote.models import Candidate
from footnote.ports import Answerer, Asker, Draft, OnClaims, Rewriter, Turn

log = logging.getLogger(__name__)

INSTEAD = "these are sentences from the articles."
NOTE = f"The language model is not available; {INSTEAD}"
REFUSED = f"The language model declined this question; {INSTEAD}"
SPENT = f"Today's budget for the language model is spent; {INSTEAD}"

_LONGEST_REST = 600.0
"""Seconds. A server may ask for a day; it is tried again earlier."""

Given = TypeVar("Given")


class Resting(AnswererError):
    """It has failed so often that it is left alone for a while."""

    def __init__(self) -> None:
        super().__init__("The language model has failed several times and is left alone for a while.")


class Breaker:
    """Lets calls through to something that may fail. After `failures_before_rest` failures in a row it rests for `rest`
    seconds; the first call after that finds out whether it works again.

    It holds for all questions, which may come at once. `clock` gives seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float], *, failures_before_rest: int = 3, rest: float = 60.0) -> None:
        self._clock = clock
        self._failures_before_rest = failures_before_rest
        self._rest = rest
        self._failures = 0
        self._rests_until: float | None = None

    async def __call__(self, call: Awaitable[Given], *, deadline: float) -> Given:
        """What the call gives, within `deadline` seconds. Raises AnswererError."""
        try:
            async with asyncio.timeout(deadline):
                given = await call
        except TimeoutError as error:
            slow = AnswererError("The language model did not answer in time.")
            self._failed(slow)
            raise slow from error
        except AnswererError as error:
            self._failed(error)
            raise
        self._worked()
        return given

    def require_ready(self) -> None:
        """Raises Resting."""
        if self._rests_until is None:
            return
        if self._clock() < self._rests_until:
            raise Resting
        self._rests_until = self._clock() + self._rest  # this call is the probe; the others wait for what it finds

    def _worked(self) -> None:
        self._failures = 0
        self._rests_until = None

    def _failed(self, error: AnswererError) -> None:
        if isinstance(error, BudgetSpent):
            return  # nothing was called
        if error.of_question:
            self._worked()
            return
        self._failures += 1
        rest = min(error.retry_after or 0.0, _LONGEST_REST)
        if self._failures >= self._failures_before_rest:
            rest = max(rest, self._rest)
        if rest:
            log.warning("the language model is not asked for the next %.0f s", rest)
            self._rests_until = max(self._rests_until or 0.0, self._clock() + rest)


class WithFallback:
    """Implements `Answerer`: drafts of `primary`, or of `backup` when `primary` fails, rests, or takes longer than
    `deadline` seconds.
    """

    def __init__(self, primary: Answerer, backup: Answerer, breaker: Breaker, *, deadline: float = 30.0) -> None:
        self.name = primary.name
        self._primary = primary
        self._backup = backup
        self._breaker = breaker
        self._deadline = deadline

    async def draft(
        self,
        question: str,
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,
        on_claims: OnClaims | None = None,
    ) -> Draft:
        try:
            self._breaker.require_ready()
            draft = self._primary.draft(question, candidates, asker=asker, on_claims=on_claims)
            return await self._breaker(draft, deadline=self._deadline)
        except AnswererError as error:
            log.log(_level(error), "the fallback answers: %s", error)
            return replace(await self._backup.draft(question, candidates), note=_note(error))


class RewriterWithFallback:
    """Implements `Rewriter` in the same way."""

    def __init__(self, primary: Rewriter, backup: Rewriter, breaker: Breaker, *, deadline: float = 7.0) -> None:
        self._primary = primary
        self._backup = backup
        self._breaker = breaker
        self._deadline = deadline

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:
        try:
            self._breaker.require_ready()
            rewritten = self._primary.rewrite(question, conversation, asker=asker)
            return await self._breaker(rewritten, deadline=self._deadline)
        except AnswererError as error:
            log.log(_level(error), "a follow-up is rewritten without the language model: %s", error)
            return await self._backup.rewrite(question, conversation)


def _level(error: AnswererError) -> int:
    return logging.INFO if isinstance(error, Resting | BudgetSpent) else logging.WARNING


def _note(error: AnswererError) -> str:
    if isinstance(error, BudgetSpent):
        return SPENT
    return REFUSED if error.of_question else NOTE
