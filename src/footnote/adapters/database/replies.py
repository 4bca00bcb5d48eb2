"""Replies in progress: a part of the `AnswerStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.mapping import reply_of
from footnote.adapters.database.tables import ReplyRow
from footnote.records.replies import Reply


class DatabaseReplies:
    """A mixin: the class that inherits it has the sessions."""

    _sessions: async_sessionmaker[AsyncSession]

    async def put_reply(self, reply: Reply) -> None:
        values = {
            "channel_id": reply.channel_id,
            "begun_at": reply.begun_at,
            "message_id": reply.message_id,
            "asker_id": reply.asker_id,
        }
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(ReplyRow).values(question_id=reply.question_id, **values)):
                known = ReplyRow.question_id == reply.question_id
                await session.execute(update(ReplyRow).where(known).values(message_id=reply.message_id))

    async def forget_reply(self, question_id: int) -> None:
        async with self._sessions.begin() as session:
            await session.execute(delete(ReplyRow).where(ReplyRow.question_id == question_id))

    async def replies(self, *, begun_before: datetime) -> Sequence[Reply]:
        statement = select(ReplyRow).where(_is_free(begun_before)).order_by(ReplyRow.begun_at)
        async with self._sessions.begin() as session:
            return [reply_of(row) for row in await session.scalars(statement)]

    async def claim_reply(self, question_id: int, *, begun_before: datetime, at: datetime) -> bool:
        free = update(ReplyRow).where(ReplyRow.question_id == question_id, _is_free(begun_before))
        async with self._sessions.begin() as session:
            claimed = free.values(claimed_at=at).returning(ReplyRow.question_id)
            return await session.scalar(claimed) is not None

    async def release_reply(self, question_id: int) -> None:
        async with self._sessions.begin() as session:
            known = ReplyRow.question_id == question_id
            await session.execute(update(ReplyRow).where(known).values(claimed_at=None))


def _is_free(before: datetime) -> ColumnElement[bool]:
    return func.coalesce(ReplyRow.claimed_at, ReplyRow.begun_at) < before
