"""Who did what to the index: implements `AuditLog` with SQLAlchemy."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.tables import AuditRow
from footnote.stores import Act


class DatabaseAudit:
    """One row for each act."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def add(self, act: Act) -> None:
        async with self._sessions.begin() as session:
            await session.execute(insert(AuditRow).values(asdict(act)))

    async def last_actor(self, guild_id: int, action: str, detail: str) -> int | None:
        done = select(AuditRow.user_id).where(
            AuditRow.guild_id == guild_id, AuditRow.action == action, AuditRow.detail.startswith(detail)
        )
        async with self._sessions.begin() as session:
            return await session.scalar(done.order_by(AuditRow.id.desc()).limit(1)) or None

    async def acts(self, guild_id: int, *, action: str | None, user_id: int | None, limit: int) -> list[Act]:
        found = select(AuditRow).where(AuditRow.guild_id == guild_id).order_by(AuditRow.id.desc()).limit(limit)
        if action is not None:
            found = found.where(AuditRow.action == action)
        if user_id is not None:
            found = found.where(AuditRow.user_id == user_id)
        names = [one.name for one in fields(Act)]
        async with self._sessions.begin() as session:
            return [Act(**{name: getattr(row, name) for name in names}) for row in await session.scalars(found)]

    async def actions(self, guild_id: int) -> list[str]:
        found = select(AuditRow.action).where(AuditRow.guild_id == guild_id).distinct().order_by(AuditRow.action)
        async with self._sessions.begin() as session:
            return list(await session.scalars(found))
