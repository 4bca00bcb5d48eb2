"""Which collections a server has assigned to its channels, categories and roles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from footnote.models.collections import ServerCollections, Target


class CollectionStore(Protocol):
    """Each method is one transaction."""

    async def of_server(self, guild_id: int) -> ServerCollections: ...

    async def give(self, guild_id: int, target: Target, number: int, names: Collection[str]) -> None:
        """Replaces the collections; empty: the channel, category or role has none."""
        ...
