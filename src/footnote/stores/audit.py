"""Who did what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did, or tried to do, to the index or to an answer: `action` is a word or two, `detail` says to what
    and how it ended. Neither contains text of an article.

    `before` and `after` are what an answer said, if that was changed.
    """

    at: datetime
    guild_id: int | None
    user_id: int
    action: str
    detail: str
    answer_id: int | None = None
    before: str | None = None
    after: str | None = None


class AuditLog(Protocol):
    """Stores who did what. Acts are added, never changed."""

    async def add(self, act: Act) -> None: ...

    async def last_actor(self, guild_id: int, action: str, detail: str) -> int | None:
        """Who did that last in the guild; `detail` is a prefix. None if nobody did, or if the person is forgotten."""
        ...

    async def acts(self, guild_id: int, *, action: str | None, user_id: int | None, limit: int) -> list[Act]:
        """What was done in the guild, newest first: only this action, or by this person, if given."""
        ...

    async def actions(self, guild_id: int) -> list[str]:
        """Every kind of act that is on record for the guild, in order."""
        ...
