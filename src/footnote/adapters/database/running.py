"""What a killed process leaves behind: implements `RunningStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import case, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.tables import BuildMessageRow, PresenceRow
from footnote.records.answers import MessageRef


class DatabaseRunning:
    """One row for each message and bot. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def build_seen(self, message: MessageRef, at: datetime) -> None:
        row = {"message_id": message.message_id, "channel_id": message.channel_id, "seen_at": at}
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(BuildMessageRow).values(**row)):
                known = BuildMessageRow.message_id == message.message_id
                await session.execute(update(BuildMessageRow).where(known).values(seen_at=at))

    async def build_over(self, message_id: int) -> bool:
        statement = delete(BuildMessageRow).where(BuildMessageRow.message_id == message_id)
        async with self._sessions.begin() as session:
            return await session.scalar(statement.returning(BuildMessageRow.message_id)) is not None

    async def builds_unseen(self, *, since: datetime) -> Sequence[MessageRef]:
        async with self._sessions.begin() as session:
            rows = await session.scalars(select(BuildMessageRow).where(BuildMessageRow.seen_at < since))
            return [MessageRef(row.channel_id, row.message_id) for row in rows]

    async def connected(self, bot_id: int, shards: Iterable[int], at: datetime) -> None:
        keys = [{"bot_id": bot_id, "shard": shard} for shard in sorted(shards)]
        async with self._sessions.begin() as session:
            for key in keys:
                if not await is_inserted(session, insert(PresenceRow).values(**key, seen_at=at)):
                    await session.execute(update(PresenceRow).filter_by(**key).values(seen_at=at))

    async def last_connected(self, bot_id: int, shard: int) -> datetime | None:
        seen = select(PresenceRow.seen_at).where(PresenceRow.bot_id == bot_id)
        own_first = case((PresenceRow.shard == shard, 0), else_=1)
        async with self._sessions.begin() as session:
            return await session.scalar(seen.order_by(own_first, PresenceRow.seen_at.desc()).limit(1))
