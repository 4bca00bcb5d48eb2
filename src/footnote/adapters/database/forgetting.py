"""People and questions removed from what is on record: the `Forgetting` over SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.snapshots import without_person
from footnote.adapters.database.tables import (
    AnswerRow,
    AuditRow,
    ClaimRow,
    ReceiptRow,
    RevisionRow,
    RulingRow,
    SpendingRow,
    VerdictRow,
    VoteRow,
    WaitingRow,
)

NOBODY = 0

_DECIDED_BY: tuple[InstrumentedAttribute[Any], ...] = (
    VerdictRow.moderator_id,
    RulingRow.moderator_id,
    RevisionRow.moderator_id,
    ClaimRow.stated_by,
)


class DatabaseForgetting:
    """Goes through every table that names people. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def forget(self, user_id: int, *, today: date) -> int:
        async with self._sessions.begin() as session:
            await session.execute(_shown_anew(user_id))
            forgotten = await _forget_questions(session, _asked_by(user_id))
            for decided_by in (*_DECIDED_BY, AnswerRow.revised_by, AuditRow.user_id):
                values = {decided_by.key: NOBODY}
                await session.execute(update(decided_by.class_).where(decided_by == user_id).values(values))
            await _forget_in_snapshots(session, user_id)
            await session.execute(delete(VoteRow).where(VoteRow.user_id == user_id))
            await session.execute(delete(WaitingRow).where(WaitingRow.user_id == user_id))
            await _forget_spending(session, SpendingRow.user_id == user_id, before=today)
            return len(forgotten)

    async def expire(self, *, asked_before: datetime, limit: int) -> int:
        is_old = (AnswerRow.asked_at < asked_before, or_(AnswerRow.asker_id != NOBODY, AnswerRow.question != ""))
        oldest = select(AnswerRow.id).where(*is_old).order_by(AnswerRow.asked_at).limit(limit)
        async with self._sessions.begin() as session:
            expired = await _forget_questions(session, AnswerRow.id.in_(oldest))
            comments = update(VoteRow).where(VoteRow.answer_id.in_(expired), VoteRow.comment.is_not(None))
            await session.execute(comments.values(comment=None))
            return len(expired)

    async def expire_spending(self, *, before: date) -> None:
        async with self._sessions.begin() as session:
            await _forget_spending(session, SpendingRow.user_id != NOBODY, before=before)


def _asked_by(user_id: int) -> ColumnElement[bool]:
    """The person's questions, also where they were asked again for others who waited for the answer."""
    own = select(AnswerRow.id).where(AnswerRow.asker_id == user_id)
    again = select(WaitingRow.answered_by).where(WaitingRow.answer_id.in_(own), WaitingRow.answered_by.is_not(None))
    return or_(AnswerRow.asker_id == user_id, AnswerRow.id.in_(again))


def _shown_anew(user_id: int) -> Update:
    """Answers whose messages name the person, or repeat what they said of them."""
    named = [
        AnswerRow.id.in_(select(column.class_.answer_id).where(column == user_id))
        for column in (*_DECIDED_BY, VoteRow.user_id)
    ]
    told_of = select(WaitingRow.answered_by).where(WaitingRow.user_id == user_id, WaitingRow.answered_by.is_not(None))
    is_named = or_(AnswerRow.revised_by == user_id, AnswerRow.id.in_(told_of), *named)
    return update(AnswerRow).where(is_named).values(changes=AnswerRow.changes + 1)


async def _forget_questions(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[int]:
    """The numbers of the answers. Nobody can be told any more of an answer to a question that is gone."""
    values = {"asker_id": NOBODY, "question": "", "understood": None, "changes": AnswerRow.changes + 1}
    forgotten = (await session.scalars(update(AnswerRow).where(which).values(values).returning(AnswerRow.id))).all()
    await session.execute(delete(ReceiptRow).where(ReceiptRow.answer_id.in_(forgotten)))
    is_open = (WaitingRow.answer_id.in_(forgotten), WaitingRow.answered_by.is_(None))
    await session.execute(delete(WaitingRow).where(*is_open))
    return forgotten


async def _forget_in_snapshots(session: AsyncSession, user_id: int) -> None:
    for row in await session.scalars(select(RevisionRow).where(RevisionRow.before.contains(str(user_id)))):
        row.before = without_person(row.before, user_id)


async def _forget_spending(session: AsyncSession, whose: ColumnElement[bool], *, before: date) -> None:
    """What was spent stays, as spent by nobody: in one row of the day and guild."""
    past = delete(SpendingRow).where(whose, SpendingRow.day < before).returning(SpendingRow)
    for row in (await session.scalars(past)).all():
        key = {"day": row.day, "user_id": NOBODY, "guild_id": row.guild_id}
        amounts = {"calls": row.calls, "tokens": row.tokens, "dollars": row.dollars}
        if not await is_inserted(session, insert(SpendingRow).values(**key, **amounts)):
            grown = {name: getattr(SpendingRow, name) + amount for name, amount in amounts.items()}
            await session.execute(update(SpendingRow).filter_by(**key).values(grown))
