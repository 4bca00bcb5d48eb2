"""Which collections a server has assigned: implements `CollectionStore` with SQLAlchemy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.tables import CollectionRow
from footnote.models.collections import ServerCollections, Target


class DatabaseCollections:
    """One row for each collection of each channel, category or role."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def of_server(self, guild_id: int) -> ServerCollections:
        statement = select(CollectionRow).where(CollectionRow.guild_id == guild_id)
        given: dict[Target, defaultdict[int, set[str]]] = {target: defaultdict(set) for target in Target}
        async with self._sessions.begin() as session:
            for row in await session.scalars(statement):
                given[row.target][row.number].add(row.name)
        places, roles = ({number: frozenset(names) for number, names in given[one].items()} for one in Target)
        return ServerCollections(places, roles)

    async def give(self, guild_id: int, target: Target, number: int, names: Collection[str]) -> None:
        key = {"guild_id": guild_id, "target": target, "number": number}
        async with self._sessions.begin() as session:
            await session.execute(delete(CollectionRow).filter_by(**key))
            if names:
                await session.execute(insert(CollectionRow), [{**key, "name": name} for name in sorted({*names})])
