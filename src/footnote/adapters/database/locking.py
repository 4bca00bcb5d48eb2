"""An answer's row, held until the transaction ends."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from footnote.adapters.database.tables import AnswerRow
from footnote.errors import UnknownAnswer


async def lock(session: AsyncSession, answer_id: int) -> None:
    """Writes to the answer, though nothing in it changes: whoever does so too waits until this transaction ends.

    Raises UnknownAnswer.
    """
    statement = update(AnswerRow).where(AnswerRow.id == answer_id).values(round=AnswerRow.round)
    if await session.scalar(statement.returning(AnswerRow.id)) is None:
        raise UnknownAnswer(answer_id)
