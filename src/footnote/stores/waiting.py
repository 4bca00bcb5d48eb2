"""Who waits for an abstention to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from footnote.records.answers import Awaited


class Waiting(Protocol):
    """Stores who waits for an abstention to be answered. Each method is one transaction."""

    async def toggle(self, answer_id: int, user_id: int, at: datetime) -> bool:
        """Returns whether the person waits now: a second call undoes it. Raises UnknownAnswer, EnoughWait."""
        ...

    async def answer_to(self, answer_id: int) -> int | None:
        """The answer for everybody who waited for this abstention."""
        ...

    async def due(self, generation: str, *, limit: int) -> Sequence[Awaited]:
        """Posted abstentions that somebody waits for, and that were last asked in another generation; oldest first."""
        ...

    async def answer(self, answer_id: int, answered_by: int) -> bool:
        """Whether somebody waits for this answer; nobody does when another answer came first."""
        ...

    async def give_up(self, answer_id: int) -> None:
        """Nobody waits for it from now on: they could not be reached."""
        ...

    async def untold(self) -> Sequence[Awaited]:
        """Answered ones whose waiting people have not been notified yet, oldest first."""
        ...

    async def set_told(self, answered_by: int, at: datetime) -> None: ...
