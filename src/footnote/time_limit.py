"""How long a language model may work on one question, shared by whatever it does for it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

_IN_SHORT = 0.25
"""Of the time for a question, the part in which a follow-up is rewritten, and as much again for a judge."""

_REWRITTEN: ContextVar[tuple[str, float]] = ContextVar("rewritten", default=("", 0.0))
"""The question that was rewritten in this task last, and the seconds that it took: no two questions share a task."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`seconds` in all; with a judge, its part is kept for it. What rewriting does not use is there for the answer."""

    seconds: float
    has_judge: bool = False

    @property
    def in_short(self) -> float:
        """Seconds for rewriting a question, and for judging an answer."""
        return self.seconds * _IN_SHORT

    def of_answer(self, question: str) -> float:
        """Seconds that are left for the answer to it."""
        rewritten, taken = _REWRITTEN.get()
        kept = self.in_short if self.has_judge else 0.0
        return self.seconds - kept - (min(taken, self.in_short) if rewritten == question else 0.0)


def rewriting_took(question: str, seconds: float) -> None:
    """To be called with what a follow-up was understood as, in the task that goes on to answer it."""
    _REWRITTEN.set((question, seconds))
