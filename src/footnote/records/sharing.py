"""Which servers this process looks after, where several processes share one bot.

Discord gives each server to one shard, by its number, and direct messages to the first shard.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """The `shards`, counted from 0, of `count` that this process has."""

    shards: frozenset[int] = frozenset({0})
    count: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether no other process has any."""
        return len(self.shards) == self.count

    def has(self, guild_id: int | None) -> bool:
        """None: direct messages."""
        return ((guild_id or 0) >> 22) % self.count in self.shards


WHOLE = Share()
