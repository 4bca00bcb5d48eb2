"""Which collections a server has given to its channels, categories and roles."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from footnote.collections import ServerCollections, Target


class CollectionStore(Protocol):
    """Each method is one transaction."""

    async def of_server(self, guild_id: int) -> ServerCollections: ...

    async def give(self, guild_id: int, target: Target, number: int, names: Collection[str]) -> None:
        """These collections, in the place of those before; none: the channel, category or role has none any more."""
        ...
