"""When a language model fails, something else answers; one that keeps failing is not asked (circuit_breaker.py)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

from footnote.answering.circuit_breaker import CircuitBreaker, Resting
from footnote.answering.notes import together
from footnote.answering.time_limit import rewriting_took
from footnote.errors import AnswererError, BudgetSpent, TooLong
from footnote.models import Candidate, Claim
from footnote.ports import Answerer, Asker, Draft, Judge, OnClaims, Rewriter, Turn

log = logging.getLogger(__name__)

INSTEAD = "these are sentences from the articles."
NOTE = f"The language model is not available; {INSTEAD}"
SET_WRONGLY = f"The language model is not set up correctly; {INSTEAD}"
REFUSED = f"The language model declined this question; {INSTEAD}"
SPENT = f"Today's budget for the language model is spent; {INSTEAD}"
TOO_LONG = f"This is too much text for the language model; {INSTEAD}"


class WithFallback:
    """Implements `Answerer`: drafts of `primary`, or of `backup` when `primary` fails, rests, or takes longer than
    `deadline` seconds, which may depend on the question.
    """

    def __init__(
        self,
        primary: Answerer,
        backup: Answerer,
        breaker: CircuitBreaker,
        *,
        deadline: float | Callable[[str], float],
    ) -> None:
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
        deadline = self._deadline(question) if callable(self._deadline) else self._deadline
        try:
            draft = partial(self._primary.draft, question, candidates, asker=asker, on_claims=on_claims)
            return await self._breaker(draft, deadline=deadline)
        except AnswererError as error:
            log.log(_level(error), "the fallback answers: %s", error)
            instead = await self._backup.draft(question, candidates)
            return replace(instead, note=together(_note(error), instead.note))


class RewriterWithFallback:
    """Implements `Rewriter` in the same way, and records how long it took. `clock` returns seconds."""

    def __init__(
        self,
        primary: Rewriter,
        backup: Rewriter,
        breaker: CircuitBreaker,
        *,
        deadline: float,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._primary = primary
        self._backup = backup
        self._breaker = breaker
        self._deadline = deadline
        self._clock = clock

    async def rewrite(self, question: str, conversation: Sequence[Turn], *, asker: Asker | None = None) -> str:
        began = self._clock()
        rewritten = await self._rewrite(question, conversation, asker)
        rewriting_took(rewritten, self._clock() - began)
        return rewritten

    async def _rewrite(self, question: str, conversation: Sequence[Turn], asker: Asker | None) -> str:
        try:
            rewrite = partial(self._primary.rewrite, question, conversation, asker=asker)
            return await self._breaker(rewrite, deadline=self._deadline)
        except AnswererError as error:
            log.log(_level(error), "a follow-up is rewritten without the language model: %s", error)
            return await self._backup.rewrite(question, conversation)


class RestingJudge:
    """Implements `Judge`: it rests together with the model that writes, because both are on one server."""

    def __init__(self, judge: Judge, breaker: CircuitBreaker, *, deadline: float) -> None:
        self._judge = judge
        self._breaker = breaker
        self._deadline = deadline

    async def judge(self, claims: Sequence[Claim], *, asker: Asker | None = None) -> Sequence[bool]:
        return await self._breaker(partial(self._judge.judge, claims, asker=asker), deadline=self._deadline)


def _level(error: AnswererError) -> int:
    return logging.INFO if isinstance(error, Resting | BudgetSpent) else logging.WARNING


def _note(error: AnswererError) -> str:
    if isinstance(error, BudgetSpent):
        return SPENT
    if isinstance(error, TooLong):
        return TOO_LONG
    if error.of_settings:
        return SET_WRONGLY
    return REFUSED if error.of_question else NOTE
