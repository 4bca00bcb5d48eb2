"""Who did what to the index: the `AuditLog` over SQLAlchemy."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.tables import AuditRow
from footnote.stores import Act


class DatabaseAudit:
    """A row for each act."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def add(self, act: Act) -> None:
        async with self._sessions.begin() as session:
            await session.execute(insert(AuditRow).values(asdict(act)))
