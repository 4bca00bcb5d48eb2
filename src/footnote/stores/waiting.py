"""Who wants to be told when an abstention is answered after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from footnote.records import Awaited


class Waiting(Protocol):
    """Keeps who wants to be told when an abstention is answered after all. Each method is one transaction."""

    async def toggle(self, answer_id: int, user_id: int, at: datetime) -> bool:
        """Whether the person waits now: asking for it again takes it back. Raises UnknownAnswer, EnoughWait."""
        ...

    async def answer_to(self, answer_id: int) -> int | None:
        """The answer that those who waited for this abstention are told of."""
        ...

    async def due(self, generation: str, *, limit: int) -> Sequence[Awaited]:
        """Posted abstentions that are waited for, and were last asked in another generation; oldest first."""
        ...

    async def answer(self, answer_id: int, answered_by: int) -> bool:
        """Whether somebody waits who is to be told of this answer; nobody, when another answer came first."""
        ...

    async def give_up(self, answer_id: int) -> None:
        """Nobody waits for it any more: they could not be told."""
        ...

    async def untold(self) -> Sequence[Awaited]:
        """Answered ones of which those who wait were not told yet, oldest first."""
        ...

    async def set_told(self, answered_by: int, at: datetime) -> None: ...
