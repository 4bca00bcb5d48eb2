"""Locks an answer's row until the transaction ends."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from footnote.adapters.database.tables import AnswerRow
from footnote.errors import UnknownAnswer


async def lock(session: AsyncSession, answer_id: int) -> None:
    """Writes to the answer without changing it, so that others who do the same wait until this transaction ends.

    Raises UnknownAnswer.
    """
    statement = update(AnswerRow).where(AnswerRow.id == answer_id).values(round=AnswerRow.round)
    if await session.scalar(statement.returning(AnswerRow.id)) is None:
        raise UnknownAnswer(answer_id)
