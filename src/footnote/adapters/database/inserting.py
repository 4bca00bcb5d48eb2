"""Inserts rows that may already exist."""

from __future__ import annotations

from sqlalchemy import Insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession


async def is_inserted(session: AsyncSession, statement: Insert) -> bool:
    """False when the database refused: the key is taken, or what the row refers to is missing."""
    try:
        async with session.begin_nested():
            await session.execute(statement)
    except IntegrityError:
        return False
    return True
