"""How people and their questions are removed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Forgetting(Protocol):
    """Removes people and their questions. What was answered, and what moderators decided, stays on record.

    The number 0 takes the place of a person, and no text that of a question. Each method is one transaction.
    """

    async def forget(self, user_id: int, *, now: datetime) -> int:
        """Removes a person everywhere, and says how many questions went with them.

        What they have asked and is still being answered is recorded without them. What they spent today gets a number
        of its own until `expire_spending`, or limits would be none.
        """
        ...

    async def expire(self, *, asked_before: datetime, limit: int, now: datetime) -> int:
        """Removes who asked what before that time, from so many answers at most; says from how many."""
        ...

    async def expire_spending(self, *, before: date) -> None:
        """Removes who spent what, and who was forgotten, on the days before."""
        ...
