"""Answers that wait for a moderator: implements `HoldStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.own_share import is_own
from footnote.adapters.database.tables import AnswerRow
from footnote.records.answers import AnswerRecord, Hold
from footnote.records.sharing import WHOLE, Share

_IS_WAITING = AnswerRow.hold == Hold.WAITING


class DatabaseHolds:
    """One UPDATE with a condition ends a hold, so of a verdict and the deadline only one does."""

    def __init__(self, engine: AsyncEngine, share: Share = WHOLE) -> None:
        self._sessions = async_sessionmaker(engine)
        self._is_own = is_own(share)

    async def overdue(self, now: datetime) -> Sequence[AnswerRecord]:
        due = and_(_IS_WAITING, AnswerRow.held_until <= now, self._is_own)
        statement = select(AnswerRow).where(due).order_by(AnswerRow.held_until, AnswerRow.id)
        async with self._sessions.begin() as session:
            return [record_of(row) for row in await session.scalars(statement)]

    async def end(self, answer_id: int, hold: Hold, now: datetime) -> bool:
        due = and_(AnswerRow.id == answer_id, _IS_WAITING, AnswerRow.held_until <= now)
        values = {"hold": hold, "changes": AnswerRow.changes + 1}
        async with self._sessions.begin() as session:
            ended = await session.scalar(update(AnswerRow).where(due).values(values).returning(AnswerRow.id))
        return ended is not None
