"""Answers on record: implements `AnswerStore` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.cited_articles import keep_cited
from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.mapping import answer_row, record_of
from footnote.adapters.database.own_share import is_own
from footnote.adapters.database.receipts import receipt_row
from footnote.adapters.database.replies import DatabaseReplies
from footnote.adapters.database.tables import (
    AnswerRow,
    GuildRow,
    ReplyRow,
    SyncedCommandsRow,
    VerdictRow,
    VoteRow,
)
from footnote.adapters.database.tombstones import without_forgotten
from footnote.errors import UnknownAnswer
from footnote.models import Abstention, Answer, Article, CitationStatus
from footnote.records.answers import AnswerRecord, Decision, Hold, MessageRef, Ruling, Thumb
from footnote.records.sharing import WHOLE, Share
from footnote.stores import AT_ONCE, Asked, Triage


class DatabaseStore(DatabaseReplies):
    """Stores answers in the tables that `upgrade` creates.

    Each writing method writes before it reads: in SQLite a first write waits for its turn, but a write after a read
    fails if another process has changed the data in between.
    """

    def __init__(self, engine: AsyncEngine, share: Share = WHOLE) -> None:
        """What a process looks after (`unchecked`, `outdated`, `unshown`) is limited to its share."""
        self._engine = engine
        self._is_own = is_own(share)
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def close(self) -> None:
        await self._engine.dispose()

    async def add(self, outcome: Answer | Abstention, asked: Asked, triage: Triage = AT_ONCE) -> AnswerRecord:
        row = answer_row(outcome, asked, triage)
        async with self._sessions.begin() as session:
            session.add(row)
            await session.flush()
            if not await without_forgotten(session, row, asked.since or asked.asked_at):
                session.add(receipt_row(row.id, outcome.receipt))
            await keep_cited(session, _cited(outcome))
            shown_in = ReplyRow.question_id == asked.question_id
            await session.execute(update(ReplyRow).where(shown_in).values(answer_id=row.id))
            await session.refresh(row, ["mark", "review_channel_id"])
            return record_of(row)

    async def get(self, answer_id: int) -> AnswerRecord:
        async with self._sessions.begin() as session:
            row = await session.get(AnswerRow, answer_id)
            if row is None:
                raise UnknownAnswer(answer_id)
            return record_of(row)

    async def find_posted(self, message_id: int) -> AnswerRecord | None:
        return next(iter(await self._find(AnswerRow.posted_message_id == message_id)), None)

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        values = {"posted_channel_id": posted.channel_id, "posted_message_id": posted.message_id}
        async with self._sessions.begin() as session:
            await _change(session, answer_id, values)
            await session.execute(delete(ReplyRow).where(ReplyRow.answer_id == answer_id))

    async def set_card(self, answer_id: int, card: MessageRef | None) -> None:
        channel_id, message_id = (card.channel_id, card.message_id) if card else (None, None)
        await self._change(answer_id, {"card_channel_id": channel_id, "card_message_id": message_id})

    async def set_shown(self, answer_id: int, shown: Decision | None, *, changes: int = 0) -> None:
        await self._change(answer_id, {"shown": shown, "shown_changes": changes})

    async def set_told(self, answer_id: int, told: str) -> None:
        await self._change(answer_id, {"told": told})

    async def unchecked(self, generation: str, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        return await self._find(
            AnswerRow.asked_at >= since,
            AnswerRow.checked_generation != generation,
            AnswerRow.answered.is_(True),
            AnswerRow.posted_message_id.is_not(None),
            self._is_own,
            ~AnswerRow.verdicts.any(and_(_IS_OF_PRESENT_ROUND, VerdictRow.decision == Decision.REJECTED)),
            newest_first=True,
            limit=limit,
        )

    async def set_checked(self, answer_ids: Sequence[int], generation: str) -> None:
        async with self._sessions.begin() as session:
            statement = update(AnswerRow).where(AnswerRow.id.in_(answer_ids)).values(checked_generation=generation)
            await session.execute(statement)

    async def set_statuses(
        self, answer_id: int, statuses: Mapping[int, CitationStatus], generation: str, *, revision: int = 0
    ) -> None:
        async with self._sessions.begin() as session:
            await _change(session, answer_id, {"checked_generation": generation})
            row = await session.get_one(AnswerRow, answer_id)
            if row.revision != revision:
                row.checked_generation = ""
                return
            footnotes = [footnote for claim in row.claims for footnote in claim.citations]
            changed = [footnote for footnote in footnotes if footnote.status != statuses[footnote.number]]
            if not changed or _is_rejected(row):
                return
            row.changes += 1
            wrong = {ruling.number for ruling in row.rulings if ruling.ruling is Ruling.WRONG}
            if any(footnote.status is CitationStatus.HOLDS and footnote.number not in wrong for footnote in changed):
                row.round += 1
            elif row.verdicts and all(statuses[number] is CitationStatus.HOLDS for number in statuses.keys() - wrong):
                row.round = row.verdicts[-1].round
            for footnote in changed:
                footnote.status = statuses[footnote.number]

    async def outdated(self) -> Sequence[int]:
        is_outdated = AnswerRow.changes != AnswerRow.shown_changes
        due = and_(is_outdated, AnswerRow.posted_message_id.is_not(None), self._is_own)
        statement = select(AnswerRow.id).where(due).order_by(AnswerRow.asked_at.desc(), AnswerRow.id.desc())
        async with self._sessions.begin() as session:
            return list(await session.scalars(statement))

    async def unshown(self) -> Sequence[AnswerRecord]:
        differs = or_(AnswerRow.shown.is_(None), VerdictRow.decision != AnswerRow.shown)
        return await self._find(
            AnswerRow.posted_message_id.is_not(None),
            self._is_own,
            AnswerRow.verdicts.any(and_(_IS_OF_PRESENT_ROUND, differs)),
        )

    async def without_card(self, guild_id: int, *, since: datetime, limit: int) -> Sequence[AnswerRecord]:
        return await self._find(
            AnswerRow.posted_message_id.is_not(None),
            AnswerRow.card_message_id.is_(None),
            AnswerRow.is_for_review.is_(True),
            AnswerRow.guild_id == guild_id,
            or_(AnswerRow.asked_at >= since, AnswerRow.round > 1, AnswerRow.votes.any(_IS_COMPLAINT)),
            limit=limit,
        )

    async def review_channel(self, guild_id: int) -> tuple[int, datetime] | None:
        async with self._sessions.begin() as session:
            guild = await session.get(GuildRow, guild_id)
            if guild is None or guild.review_channel_id is None or guild.review_since is None:
                return None
            return guild.review_channel_id, guild.review_since

    async def set_review_channel(self, guild_id: int, channel_id: int | None, at: datetime) -> None:
        values = {"review_channel_id": channel_id, "review_since": at}
        async with self._sessions.begin() as session:
            if not await is_inserted(session, insert(GuildRow).values(id=guild_id, **values)):
                await session.execute(update(GuildRow).where(GuildRow.id == guild_id).values(**values))
            await _show_whether_reviewed(session, guild_id)

    async def drop_review_channel(self, guild_id: int, channel_id: int, at: datetime) -> bool:
        is_it = (GuildRow.id == guild_id, GuildRow.review_channel_id == channel_id)
        dropping = update(GuildRow).where(*is_it).values(review_channel_id=None, review_since=at)
        async with self._sessions.begin() as session:
            await _show_whether_reviewed(session, guild_id)
            return await session.scalar(dropping.returning(GuildRow.id)) is not None

    async def command_hash(self, scope: int) -> str | None:
        async with self._sessions.begin() as session:
            synced = await session.get(SyncedCommandsRow, scope)
            return synced.hash if synced else None

    async def set_command_hash(self, scope: int, value: str | None) -> None:
        async with self._sessions.begin() as session:
            if value is None:
                await session.execute(delete(SyncedCommandsRow).where(SyncedCommandsRow.scope == scope))
                return
            if not await is_inserted(session, insert(SyncedCommandsRow).values(scope=scope, hash=value)):
                await session.execute(
                    update(SyncedCommandsRow).where(SyncedCommandsRow.scope == scope).values(hash=value)
                )

    async def synced_scopes(self) -> Sequence[int]:
        async with self._sessions.begin() as session:
            return list(await session.scalars(select(SyncedCommandsRow.scope)))

    async def _change(self, answer_id: int, values: dict[str, Any]) -> None:
        async with self._sessions.begin() as session:
            await _change(session, answer_id, values)

    async def _find(
        self, *conditions: ColumnElement[bool], newest_first: bool = False, limit: int | None = None
    ) -> list[AnswerRecord]:
        order = [column.desc() if newest_first else column.asc() for column in (AnswerRow.asked_at, AnswerRow.id)]
        statement = select(AnswerRow).where(*conditions).order_by(*order).limit(limit)
        async with self._sessions.begin() as session:
            return [record_of(row) for row in await session.scalars(statement)]


async def _show_whether_reviewed(session: AsyncSession, guild_id: int) -> None:
    waits = (AnswerRow.guild_id == guild_id, AnswerRow.hold == Hold.WAITING)
    await session.execute(update(AnswerRow).where(*waits).values(changes=AnswerRow.changes + 1))


def _cited(outcome: Answer | Abstention) -> list[Article]:
    """The articles of its citations that were read for it: a reused answer reads none. An attached file is not kept."""
    cited = {(one.article_id, one.version) for one in outcome.citations if not one.is_attached}
    read = {(one.article.id, one.article.version): one.article for one in outcome.receipt.candidates}
    return [article for key, article in read.items() if key in cited]


_IS_OF_PRESENT_ROUND = VerdictRow.round == AnswerRow.round
_IS_COMPLAINT = or_(VoteRow.vote == Thumb.DOWN, VoteRow.is_flagged)


def _is_rejected(row: AnswerRow) -> bool:
    return any(verdict.round == row.round and verdict.decision is Decision.REJECTED for verdict in row.verdicts)


async def _change(session: AsyncSession, answer_id: int, values: dict[str, Any]) -> None:
    statement = update(AnswerRow).where(AnswerRow.id == answer_id).values(**values).returning(AnswerRow.id)
    if await session.scalar(statement) is None:
        raise UnknownAnswer(answer_id)
