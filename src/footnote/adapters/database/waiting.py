"""Who waits for an answer: implements `Waiting` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.locking import lock
from footnote.adapters.database.own_share import belongs_to_own, is_own
from footnote.adapters.database.tables import AnswerRow, WaitingRow
from footnote.errors import EnoughWait
from footnote.records.answers import Awaited
from footnote.records.sharing import WHOLE, Share

ENOUGH = 80
"""As many mentions as fit into a message of 2,000 characters."""

_WAITS = WaitingRow.answered_by.is_(None)


class DatabaseWaiting:
    """One row for each abstention and person. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine, share: Share = WHOLE) -> None:
        self._sessions = async_sessionmaker(engine)
        self._is_own = is_own(share)
        self._belongs_to_own = belongs_to_own(share, WaitingRow.answer_id)

    async def toggle(self, answer_id: int, user_id: int, at: datetime) -> bool:
        who = {"answer_id": answer_id, "user_id": user_id}
        async with self._sessions.begin() as session:
            await lock(session, answer_id)
            if not await is_inserted(session, insert(WaitingRow).values(**who, since=at)):
                await session.execute(delete(WaitingRow).filter_by(**who).where(_WAITS))
                return False
            count = select(func.count()).select_from(WaitingRow).where(WaitingRow.answer_id == answer_id)
            if (await session.scalar(count) or 0) > ENOUGH:
                raise EnoughWait
            return True

    async def answer_to(self, answer_id: int) -> int | None:
        of_it = (WaitingRow.answer_id == answer_id, ~_WAITS)
        async with self._sessions.begin() as session:
            answered_by: int | None = await session.scalar(select(WaitingRow.answered_by).where(*of_it).limit(1))
            return answered_by

    async def due(self, generation: str, *, limit: int) -> Sequence[Awaited]:
        oldest = (
            select(AnswerRow.id)
            .where(
                AnswerRow.posted_message_id.is_not(None),
                AnswerRow.checked_generation != generation,
                AnswerRow.id.in_(select(WaitingRow.answer_id).where(_WAITS)),
                self._is_own,
            )
            .order_by(AnswerRow.asked_at, AnswerRow.id)
            .limit(limit)
        )
        async with self._sessions.begin() as session:
            answer_ids = list(await session.scalars(oldest))
            return _by_answer(answer_ids, await session.scalars(_rows(_WAITS, WaitingRow.answer_id.in_(answer_ids))))

    async def answer(self, answer_id: int, answered_by: int) -> bool:
        statement = update(WaitingRow).where(WaitingRow.answer_id == answer_id, _WAITS).values(answered_by=answered_by)
        async with self._sessions.begin() as session:
            return bool((await session.scalars(statement.returning(WaitingRow.user_id))).all())

    async def give_up(self, answer_id: int) -> None:
        async with self._sessions.begin() as session:
            await session.execute(delete(WaitingRow).where(WaitingRow.answer_id == answer_id, _WAITS))

    async def untold(self) -> Sequence[Awaited]:
        async with self._sessions.begin() as session:
            rows = (await session.scalars(_rows(~_WAITS, WaitingRow.told_at.is_(None), self._belongs_to_own))).all()
            return _by_answer(sorted({row.answer_id for row in rows}), rows)

    async def set_told(self, answered_by: int, at: datetime) -> None:
        statement = update(WaitingRow).where(WaitingRow.answered_by == answered_by).values(told_at=at)
        async with self._sessions.begin() as session:
            await session.execute(statement)


def _rows(*conditions: ColumnElement[bool]) -> Select[WaitingRow]:
    return select(WaitingRow).where(*conditions).order_by(WaitingRow.since, WaitingRow.user_id)


def _by_answer(answer_ids: Sequence[int], rows: Iterable[WaitingRow]) -> list[Awaited]:
    waiting: dict[int, list[WaitingRow]] = {answer_id: [] for answer_id in answer_ids}
    for row in rows:
        waiting[row.answer_id].append(row)
    return [
        Awaited(answer_id, tuple(row.user_id for row in people), people[0].answered_by)
        for answer_id, people in waiting.items()
        if people
    ]
