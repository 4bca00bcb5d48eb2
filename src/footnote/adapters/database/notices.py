"""Messages that mention people: implements `NoticeStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.own_share import belongs_to_own
from footnote.adapters.database.tables import NoticeRow
from footnote.records.answers import MessageRef
from footnote.records.sharing import WHOLE, Share
from footnote.stores.notices import Notice


class DatabaseNotices:
    """One row for each message."""

    def __init__(self, engine: AsyncEngine, share: Share = WHOLE) -> None:
        self._sessions = async_sessionmaker(engine)
        self._belongs_to_own = belongs_to_own(share, NoticeRow.answer_id)

    async def add(self, notice: Notice) -> None:
        values = {
            "message_id": notice.message.message_id,
            "channel_id": notice.message.channel_id,
            "answer_id": notice.answer_id,
            "body": notice.text,
            "is_outdated": False,
        }
        async with self._sessions.begin() as session:
            await is_inserted(session, insert(NoticeRow).values(values))  # the same message may be posted twice

    async def outdated(self) -> Sequence[Notice]:
        async with self._sessions.begin() as session:
            rows = await session.scalars(select(NoticeRow).where(NoticeRow.is_outdated, self._belongs_to_own))
            return [Notice(MessageRef(row.channel_id, row.message_id), row.answer_id, row.body) for row in rows]

    async def set_shown(self, notice: Notice) -> None:
        shown = (NoticeRow.message_id == notice.message.message_id, NoticeRow.body == notice.text)
        async with self._sessions.begin() as session:
            await session.execute(update(NoticeRow).where(*shown).values(is_outdated=False))
