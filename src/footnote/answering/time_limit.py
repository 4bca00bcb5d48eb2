"""How long a language model may work on one question, shared by all its calls for it."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

_IN_SHORT = 0.25
"""The share of a question's time for rewriting a follow-up, and the same share again for a judge."""

_REWRITTEN: ContextVar[tuple[str, float]] = ContextVar("rewritten", default=("", 0.0))
"""The question that was last rewritten in this task, and how many seconds that took: no two questions share a task."""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`seconds` in all; a judge's part is reserved. Time that rewriting does not use is left for the answer."""

    seconds: float
    has_judge: bool = False

    @property
    def in_short(self) -> float:
        """Seconds for rewriting a question, and for judging an answer."""
        return self.seconds * _IN_SHORT

    def of_answer(self, question: str) -> float:
        """Seconds left for answering it."""
        rewritten, taken = _REWRITTEN.get()
        kept = self.in_short if self.has_judge else 0.0
        return self.seconds - kept - (min(taken, self.in_short) if rewritten == question else 0.0)


def rewriting_took(question: str, seconds: float) -> None:
    """To be called with the rewritten question, in the task that goes on to answer it."""
    _REWRITTEN.set((question, seconds))
