"""The messages that asked the recorded questions: implements `QuestionStore` with SQLAlchemy."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.tables import AnswerRow, WaitingRow
from footnote.records.answers import AnswerRecord


class DatabaseQuestions:
    """Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def find(self, question_id: int) -> AnswerRecord | None:
        stands = (AnswerRow.question_id == question_id, AnswerRow.posted_message_id.is_not(None))
        statement = select(AnswerRow).where(*stands).order_by(AnswerRow.id.desc()).limit(1)
        async with self._sessions.begin() as session:
            row = await session.scalar(statement)
            return record_of(row) if row else None

    async def set_deleted(self, question_id: int) -> AnswerRecord | None:
        values = {"is_question_deleted": True, "changes": AnswerRow.changes + 1}
        async with self._sessions.begin() as session:
            await session.execute(update(AnswerRow).where(AnswerRow.question_id == question_id).values(values))
        return await self.find(question_id)

    async def withdraw(self, answer_id: int) -> None:
        gone = dict.fromkeys(("posted_channel_id", "posted_message_id", "card_channel_id", "card_message_id"))
        async with self._sessions.begin() as session:
            statement = update(AnswerRow).where(AnswerRow.id == answer_id)
            await session.execute(statement.values(**gone, is_for_review=False))
            await session.execute(delete(WaitingRow).where(WaitingRow.answer_id == answer_id))
