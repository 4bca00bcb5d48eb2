"""All answers on record as a whole: implements `Overview` with SQLAlchemy.

Each batch is its own transaction: SQLite has one connection, and reading a hundred thousand answers must not block
other work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, and_, distinct, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.tables import (
    AnswerRow,
    CitationRow,
    GuildRow,
    RevisionRow,
    RulingRow,
    VerdictRow,
    VoteRow,
)
from footnote.records.answers import AnswerRecord, Hold, Ruling, Votes
from footnote.records.overview import Entry, QueueState
from footnote.stores import DueDigest, Queued

_Row: TypeAlias = "Row[*tuple[Any, ...]]"
_Select: TypeAlias = "Select[*tuple[Any, ...]]"

ENTRIES_AT_ONCE = 500
RECORDS_AT_ONCE = 50


class DatabaseOverview:
    """Reads only, except `take_digest`, where the database decides which process wins."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def queue(
        self,
        guild_id: int | None,
        state: QueueState,
        *,
        channels: Collection[int] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> Queued:
        conditions = [*_within(guild_id, channels=channels), _IS[state]]
        page = select(AnswerRow).where(*conditions).order_by(AnswerRow.asked_at, AnswerRow.id)
        async with self._sessions.begin() as session:
            total = await session.scalar(select(func.count()).select_from(AnswerRow).where(*conditions))
            rows = await session.scalars(page.offset(offset).limit(limit))
            return Queued(tuple(map(record_of, rows)), total or 0)

    async def entries(self, guild_id: int | None, *, since: datetime | None = None) -> AsyncIterator[Sequence[Entry]]:
        last = 0
        while True:
            statement = select(*_OF_AN_ENTRY).where(AnswerRow.id > last, *_within(guild_id, since=since))
            async with self._sessions.begin() as session:
                rows = (await session.execute(statement.order_by(AnswerRow.id).limit(ENTRIES_AT_ONCE))).all()
                if not rows:
                    return
                entries = await _entries(session, rows)
            yield entries
            last = rows[-1].id

    async def records(
        self, guild_id: int | None, *, since: datetime | None = None, channels: Collection[int] | None = None
    ) -> AsyncIterator[Sequence[AnswerRecord]]:
        last = 0
        while True:
            conditions = _within(guild_id, since=since, channels=channels)
            statement = select(AnswerRow).where(AnswerRow.id > last, *conditions).order_by(AnswerRow.id)
            async with self._sessions.begin() as session:
                records = [record_of(row) for row in await session.scalars(statement.limit(RECORDS_AT_ONCE))]
            if not records:
                return
            yield records
            last = records[-1].id

    async def channels(self, guild_id: int) -> Sequence[int]:
        async with self._sessions.begin() as session:
            return list(await session.scalars(select(AnswerRow.channel_id).where(*_within(guild_id)).distinct()))

    async def due_digests(self, now: datetime, *, every: timedelta) -> Sequence[DueDigest]:
        earliest = now - every
        statement = select(GuildRow.id, GuildRow.review_channel_id, GuildRow.digest_at).where(
            GuildRow.review_channel_id.is_not(None),
            GuildRow.review_since <= earliest,
            or_(GuildRow.digest_at.is_(None), GuildRow.digest_at <= earliest),
        )
        async with self._sessions.begin() as session:
            rows = await session.execute(statement.order_by(GuildRow.id))
            return [DueDigest(guild, channel, last) for guild, channel, last in rows if channel is not None]

    async def take_digest(self, due: DueDigest, now: datetime) -> bool:
        is_as_it_was = and_(GuildRow.id == due.guild_id, GuildRow.digest_at.is_not_distinct_from(due.last))
        statement = update(GuildRow).where(is_as_it_was).values(digest_at=now).returning(GuildRow.id)
        async with self._sessions.begin() as session:
            return await session.scalar(statement) is not None


_IS_DECIDED = AnswerRow.verdicts.any(VerdictRow.round == AnswerRow.round)
_WAITS = and_(
    AnswerRow.is_for_review.is_(True),
    or_(AnswerRow.posted_message_id.is_not(None), AnswerRow.hold.is_not(None)),
    ~_IS_DECIDED,
)
_IS: dict[QueueState, ColumnElement[bool]] = {
    QueueState.OPEN: _WAITS,
    QueueState.HELD: and_(AnswerRow.hold == Hold.WAITING, ~_IS_DECIDED),
    QueueState.FLAGGED: and_(AnswerRow.votes.any(VoteRow.is_flagged.is_(True)), ~_IS_DECIDED),
    QueueState.DECIDED: _IS_DECIDED,
    QueueState.EXPIRED: and_(_WAITS, AnswerRow.round > 1),
}
_OF_AN_ENTRY = (
    AnswerRow.id,
    AnswerRow.question,
    AnswerRow.answered,
    AnswerRow.channel_id,
    AnswerRow.asked_at,
    AnswerRow.round,
    AnswerRow.is_for_review,
    AnswerRow.revised_by,
    AnswerRow.reused_from,
)


def _within(
    guild_id: int | None, *, since: datetime | None = None, channels: Collection[int] | None = None
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if guild_id is not None:
        conditions += [AnswerRow.guild_id == guild_id, AnswerRow.is_private.is_(False)]
    if since is not None:
        conditions.append(AnswerRow.asked_at >= since)
    if channels is not None:
        conditions.append(AnswerRow.channel_id.in_(channels))
    return conditions


async def _entries(session: AsyncSession, rows: Sequence[_Row]) -> list[Entry]:
    """Answers in the order of their numbers, with everything that belongs to them, read for all of them at once."""
    span = (rows[0].id, rows[-1].id)

    async def all_of(statement: _Select, answer_id: InstrumentedAttribute[int]) -> Sequence[_Row]:
        return (await session.execute(statement.where(answer_id.between(*span)))).all()

    verdicts = defaultdict(list)
    of_a_verdict = select(VerdictRow.answer_id, VerdictRow.round, VerdictRow.decision, VerdictRow.decided_at)
    for verdict in await all_of(of_a_verdict.order_by(VerdictRow.round), VerdictRow.answer_id):
        verdicts[verdict.answer_id].append(verdict)
    footnotes = select(CitationRow.answer_id, func.count(distinct(CitationRow.number))).where(
        CitationRow.claim_position.is_not(None)
    )
    counted = await all_of(footnotes.group_by(CitationRow.answer_id), CitationRow.answer_id)
    counts = {row.answer_id: row[1] for row in counted}
    rulings = select(RulingRow.answer_id, RulingRow.number, RulingRow.ruling)
    replaced = select(RevisionRow.answer_id, RevisionRow.number).where(RevisionRow.number.is_not(None))
    ruled = _ruled(await all_of(rulings, RulingRow.answer_id), await all_of(replaced, RevisionRow.answer_id))
    votes = select(VoteRow.answer_id, VoteRow.vote, VoteRow.is_flagged)
    voted = _voted(await all_of(votes, VoteRow.answer_id))
    return [_entry(row, verdicts[row.id], counts.get(row.id, 0), ruled[row.id], voted[row.id]) for row in rows]


def _entry(row: _Row, verdicts: Sequence[_Row], citations: int, ruled: dict[int, Ruling], votes: Votes) -> Entry:
    found = [*ruled.values()]
    return Entry(
        id=row.id,
        question=row.question,
        answered=row.answered,
        channel_id=row.channel_id,
        asked_at=row.asked_at,
        decision=next((verdict.decision for verdict in verdicts if verdict.round == row.round), None),
        first_verdict_at=verdicts[0].decided_at if verdicts else None,
        round=row.round,
        is_for_review=row.is_for_review,
        is_revised=row.revised_by is not None,
        is_reused=row.reused_from is not None,
        citations=citations,
        right=found.count(Ruling.RIGHT),
        wrong=found.count(Ruling.WRONG),
        votes=votes,
    )


def _ruled(rulings: Iterable[_Row], replaced: Iterable[_Row]) -> defaultdict[int, dict[int, Ruling]]:
    """Rulings by answer and number; a sentence that was replaced counts as wrong."""
    ruled: defaultdict[int, dict[int, Ruling]] = defaultdict(dict)
    for ruling in rulings:
        ruled[ruling.answer_id][ruling.number] = ruling.ruling
    for revision in replaced:
        ruled[revision.answer_id][revision.number] = Ruling.WRONG
    return ruled


def _voted(rows: Iterable[_Row]) -> defaultdict[int, Votes]:
    voted: defaultdict[int, Votes] = defaultdict(Votes)
    for row in rows:
        so_far = voted[row.answer_id]
        up, down, flags = so_far.up + (row.vote == 1), so_far.down + (row.vote == -1), so_far.flags + row.is_flagged
        voted[row.answer_id] = Votes(up, down, flags)
    return voted
