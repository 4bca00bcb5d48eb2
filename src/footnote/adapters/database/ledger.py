"""What language models have cost: implements `Ledger` with SQLAlchemy."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.tables import SpendingRow
from footnote.adapters.database.tombstones import pseudonym
from footnote.ports import Asker, Spendings, Spent

_NONE = 0  # the number of no user, and of no guild


class DatabaseLedger:
    """One row for each day, user and guild. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def spent(self, day: date, asker: Asker | None) -> Spendings:
        user_id, guild_id = _numbers(asker)
        async with self._sessions.begin() as session:
            return Spendings(
                user=await _sum(session, day, await _is_of(session, user_id)) if user_id else Spent(),
                guild=await _sum(session, day, SpendingRow.guild_id == guild_id) if guild_id else Spent(),
                everybody=await _sum(session, day, true()),
            )

    async def add(self, day: date, asker: Asker | None, spent: Spent) -> None:
        user_id, guild_id = _numbers(asker)
        key = {"day": day, "user_id": user_id, "guild_id": guild_id}
        amounts = {"calls": 1, "tokens": spent.tokens, "dollars": spent.dollars}
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(SpendingRow).values(**key, **amounts)):
                grown = {name: getattr(SpendingRow, name) + amount for name, amount in amounts.items()}
                await session.execute(update(SpendingRow).filter_by(**key).values(grown))


async def _is_of(session: AsyncSession, user_id: int) -> ColumnElement[bool]:
    """Also what they spent before they were forgotten."""
    return SpendingRow.user_id.in_([user_id, await pseudonym(session, user_id)])


def _numbers(asker: Asker | None) -> tuple[int, int]:
    return (asker.user_id, asker.guild_id or _NONE) if asker else (_NONE, _NONE)


async def _sum(session: AsyncSession, day: date, condition: ColumnElement[bool]) -> Spent:
    sums = select(func.sum(SpendingRow.tokens), func.sum(SpendingRow.dollars))
    tokens, dollars = (await session.execute(sums.where(SpendingRow.day == day, condition))).one()
    return Spent(int(tokens or 0), float(dollars or 0.0))
