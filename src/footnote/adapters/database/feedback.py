"""What readers say about answers: implements `Feedback` with SQLAlchemy."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.locking import lock
from footnote.adapters.database.tables import AnswerRow, VoteRow
from footnote.records.answers import Thumb


class DatabaseFeedback:
    """One row for each answer and reader. The answer is locked first, so one person's clicks are handled in turn."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def vote(self, answer_id: int, user_id: int, thumb: Thumb, at: datetime) -> Thumb:
        async with self._sessions.begin() as session:
            row = await _row(session, answer_id, user_id)
            before = Thumb(row.vote)
            if row.voted_at == at:
                return before
            row.voted_at = at
            row.vote = after = Thumb.NONE if before is thumb else thumb
            if after is not Thumb.DOWN:
                row.comment = None
            if Thumb.DOWN in (before, after):
                await _show(session, answer_id, is_complaint=after is Thumb.DOWN)
            return after

    async def comment(self, answer_id: int, user_id: int, comment: str) -> None:
        is_down = (VoteRow.answer_id == answer_id, VoteRow.user_id == user_id, VoteRow.vote == Thumb.DOWN)
        statement = update(VoteRow).where(*is_down).values(comment=comment)
        async with self._sessions.begin() as session:
            await lock(session, answer_id)
            if await session.scalar(statement.returning(VoteRow.user_id)) is not None:
                await _show(session, answer_id, is_complaint=False)

    async def flag(self, answer_id: int, user_id: int, at: datetime) -> bool:
        async with self._sessions.begin() as session:
            row = await _row(session, answer_id, user_id)
            if row.voted_at != at:
                row.voted_at = at
                row.is_flagged = not row.is_flagged
                await _show(session, answer_id, is_complaint=row.is_flagged)
            return row.is_flagged

    async def ask_person(self, answer_id: int, user_id: int, at: datetime) -> None:
        async with self._sessions.begin() as session:
            row = await _row(session, answer_id, user_id)
            row.voted_at, row.is_flagged = at, True
            await _show(session, answer_id, is_complaint=True)

    async def call_person(self, answer_id: int, at: datetime) -> bool:
        is_first = (AnswerRow.id == answer_id, AnswerRow.person_called_at.is_(None))
        values = {"person_called_at": at, "changes": AnswerRow.changes + 1}
        async with self._sessions.begin() as session:
            await lock(session, answer_id)
            statement = update(AnswerRow).where(*is_first).values(values).returning(AnswerRow.id)
            return await session.scalar(statement) is not None

    async def take_back_call(self, answer_id: int) -> None:
        values = {"person_called_at": None, "changes": AnswerRow.changes + 1}
        async with self._sessions.begin() as session:
            await session.execute(update(AnswerRow).where(AnswerRow.id == answer_id).values(values))


async def _row(session: AsyncSession, answer_id: int, user_id: int) -> VoteRow:
    await lock(session, answer_id)
    row = await session.get(VoteRow, (answer_id, user_id))
    if row is None:
        row = VoteRow(answer_id=answer_id, user_id=user_id, vote=Thumb.NONE, is_flagged=False)
        session.add(row)
    return row


async def _show(session: AsyncSession, answer_id: int, *, is_complaint: bool) -> None:
    """Its card has something new to show; a complaint adds a card if there is none."""
    values = {"changes": AnswerRow.changes + 1} | ({"is_for_review": True} if is_complaint else {})
    await session.execute(update(AnswerRow).where(AnswerRow.id == answer_id).values(values))
