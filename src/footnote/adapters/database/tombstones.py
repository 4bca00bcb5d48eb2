"""Who was forgotten, without their number, so that work in progress does not bring them back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from footnote.adapters.database.tables import AnswerRow, IdentityRow, TombstoneRow

NOBODY = 0

WORDS_REMOVED = ""
"""How a question was understood, if that used the words of somebody who is forgotten."""


async def pseudonym(session: AsyncSession, user_id: int) -> int:
    """A negative number that stands for a person; it is different in each database."""
    mark = await session.scalar(select(IdentityRow.mark))
    digest = hashlib.sha256(f"{mark}:{user_id}".encode()).digest()
    return -1 - int.from_bytes(digest[:7])


async def bury(session: AsyncSession, user_id: int, at: datetime) -> None:
    person = await pseudonym(session, user_id)
    await session.execute(delete(TombstoneRow).where(TombstoneRow.person == person))
    await session.execute(insert(TombstoneRow).values(person=person, at=at))


async def forgotten_since(session: AsyncSession, user_ids: Collection[int], since: datetime) -> frozenset[int]:
    """Those of the people who were forgotten then or later."""
    people = {await pseudonym(session, user_id): user_id for user_id in user_ids}
    found = select(TombstoneRow.person).where(TombstoneRow.person.in_(people), TombstoneRow.at >= since)
    return frozenset(people[person] for person in await session.scalars(found))


async def without_forgotten(session: AsyncSession, row: AnswerRow, since: datetime) -> bool:
    """Removes from a new answer the people who were forgotten since then. Returns whether there were any."""
    heard = {one.user_id for one in row.heard}
    forgotten = await forgotten_since(session, {row.asker_id, *heard}, since)
    if row.asker_id in forgotten:
        row.asker_id, row.question, row.understood, row.heard = NOBODY, "", None, []
    elif forgotten:
        row.understood = WORDS_REMOVED
        row.heard = [one for one in row.heard if one.user_id not in forgotten]
    await session.flush()
    return bool(forgotten)
