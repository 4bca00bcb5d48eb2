"""What a killed process leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from footnote.records.answers import MessageRef


class RunningStore(Protocol):
    """Stores which messages show a running build, and when a bot was last connected. Each method is one transaction."""

    async def build_seen(self, message: MessageRef, at: datetime) -> None:
        """The build that this message shows is running."""
        ...

    async def build_over(self, message_id: int) -> bool:
        """Whether its message was still on record: only one of two processes gets True."""
        ...

    async def builds_unseen(self, *, since: datetime) -> Sequence[MessageRef]:
        """The messages of builds that nobody has reported as running since then."""
        ...

    async def connected(self, bot_id: int, shards: Iterable[int], at: datetime) -> None:
        """These shards of the bot are connected to Discord."""
        ...

    async def last_connected(self, bot_id: int, shard: int) -> datetime | None:
        """When that shard was last connected; if it is new, when any shard of the bot was."""
        ...
