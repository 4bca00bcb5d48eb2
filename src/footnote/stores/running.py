"""What a process that is killed leaves behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from footnote.records import MessageRef


class RunningStore(Protocol):
    """Keeps which messages show a build that runs, and when a bot was last there. Each method is one transaction."""

    async def build_seen(self, message: MessageRef, at: datetime) -> None:
        """The build that this message shows runs."""
        ...

    async def build_over(self, message_id: int) -> bool:
        """Whether its message was still on record: of two processes, that is so for one."""
        ...

    async def builds_unseen(self, *, since: datetime) -> Sequence[MessageRef]:
        """The messages of builds that nobody has seen running since then."""
        ...

    async def connected(self, bot_id: int, shards: Iterable[int], at: datetime) -> None:
        """These shards of the bot are connected to Discord."""
        ...

    async def last_connected(self, bot_id: int, shard: int) -> datetime | None:
        """When that shard was; the bot with any of them, if there was no such shard before."""
        ...
