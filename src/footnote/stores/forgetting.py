"""How people and their questions are removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Forgetting(Protocol):
    """Removes people and their questions. Answers and moderators' decisions stay on record.

    A person becomes the number 0, and a question becomes an empty text. Each method is one transaction.
    """

    async def forget(self, user_id: int, *, now: datetime) -> int:
        """Removes a person everywhere, and returns how many questions were removed.

        Their questions that are still being answered are recorded without them. What they spent today is kept under
        another number until `expire_spending`; otherwise the limits would have no effect.
        """
        ...

    async def expire(self, *, asked_before: datetime, limit: int, now: datetime) -> int:
        """Removes who asked what before that time, from at most that many answers; returns from how many."""
        ...

    async def expire_spending(self, *, before: date) -> None:
        """Removes who spent what, and who was forgotten, on earlier days."""
        ...
