"""A change to an answer on record: the record is locked first, and the change is counted and noted for the audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.tables import (
    AnswerRow,
    AuditRow,
)
from footnote.errors import UnknownAnswer
from footnote.records.answers import AnswerRecord


async def locked_record(session: AsyncSession, answer_id: int) -> AnswerRecord:
    """The record, locked until the transaction ends."""
    found = update(AnswerRow).where(AnswerRow.id == answer_id).values(round=AnswerRow.round).returning(AnswerRow.id)
    if await session.scalar(found) is None:
        raise UnknownAnswer(answer_id)
    record = record_of(await session.get_one(AnswerRow, answer_id))
    session.expunge_all()  # its rows are about to be replaced
    return record


async def read_again(session: AsyncSession, answer_id: int) -> AnswerRecord:
    """The record after changes of its texts: the order of their sentences is the database's."""
    await session.flush()
    session.expunge_all()
    return record_of(await session.get_one(AnswerRow, answer_id))


async def change(session: AsyncSession, record: AnswerRecord, values: dict[str, Any]) -> None:
    """Counts the change, so that the messages are updated."""
    answer = update(AnswerRow).where(AnswerRow.id == record.id)
    await session.execute(answer.values(changes=AnswerRow.changes + 1, **values))


async def note(
    session: AsyncSession,
    record: AnswerRecord,
    moderator_id: int,
    at: datetime,
    action: str,
    detail: str,
    after: AnswerRecord | None = None,
) -> None:
    is_changed = after is not None and after.text != record.text
    statement = insert(AuditRow).values(
        at=at,
        guild_id=record.guild_id,
        user_id=moderator_id,
        action=action,
        detail=detail,
        answer_id=record.id,
        before=record.text if is_changed else None,
        after=after.text if after is not None and is_changed else None,
    )
    await session.execute(statement)
