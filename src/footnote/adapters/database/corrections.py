"""What moderators changed: implements `Corrections` with SQLAlchemy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, desc, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.snapshots import loaded
from footnote.adapters.database.tables import AnswerRow, RevisionRow, RulingRow, VerdictRow
from footnote.models import NO_ANSWER, Claim, citations_of
from footnote.records.answers import AnswerRecord, Decision, Hold, Ruling
from footnote.records.corrections import Correction, Moment, last_change
from footnote.stores import Corrected


class DatabaseCorrections:
    """Each kind of change is read along its own index, so a page costs the same however many answers there are."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def newest(self, *, before: Moment | None = None, limit: int) -> Corrected:
        async with self._sessions.begin() as session:
            rows = await session.execute(_changes(before).limit(limit))
            moments = [Moment(row.at, row.answer_id) for row in rows]
            found = await _corrections(session, {moment.answer_id for moment in moments})
        last = {one.moment: one for one in found}
        end = moments[-1] if len(moments) == limit else None
        return Corrected(tuple(last[moment] for moment in dict.fromkeys(moments) if moment in last), end)


def _changes(before: Moment | None) -> CompoundSelect[Any]:
    """All that moderators changed, newest first, also what they changed again later."""
    return union_all(
        _kind(VerdictRow.answer_id, VerdictRow.decided_at, before).where(VerdictRow.decision == Decision.REJECTED),
        _kind(RulingRow.answer_id, RulingRow.ruled_at, before).where(RulingRow.ruling == Ruling.WRONG),
        _kind(RevisionRow.answer_id, RevisionRow.revised_at, before),
    ).order_by(desc("at"), desc("answer_id"))


def _kind(answer_id: InstrumentedAttribute[int], at: InstrumentedAttribute[Any], before: Moment | None) -> Select[Any]:
    changes = select(at.label("at"), answer_id.label("answer_id")).join(AnswerRow, AnswerRow.id == answer_id)
    changes = changes.where(*_STANDS_IN_A_SERVER, or_(AnswerRow.hold.is_(None), _was_overdue(at)))
    if before is None:
        return changes
    return changes.where(at <= before.at, or_(at < before.at, answer_id < before.answer_id))


_STANDS_IN_A_SERVER = (
    AnswerRow.guild_id.is_not(None),
    AnswerRow.is_private.is_(False),
    AnswerRow.posted_message_id.is_not(None),
)


def _was_overdue(at: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Of a held answer, only moderators saw what it said before its time was up, or before a verdict."""
    return and_(AnswerRow.hold == Hold.OVERDUE, at > AnswerRow.held_until)


async def _corrections(session: AsyncSession, answer_ids: set[int]) -> list[Correction]:
    records = [record_of(row) for row in await session.scalars(select(AnswerRow).where(AnswerRow.id.in_(answer_ids)))]
    of_these = select(RevisionRow).where(RevisionRow.answer_id.in_(answer_ids)).order_by(RevisionRow.revision)
    revisions: defaultdict[int, list[RevisionRow]] = defaultdict(list)
    for row in await session.scalars(of_these):
        revisions[row.answer_id].append(row)
    found = []
    for record in records:
        made = [row for row in revisions[record.id] if _was_seen(record, row.revised_at)]
        first = loaded(made[0].before) if made else record
        at = last_change(record, (row.revised_at for row in made))
        if at is not None and not _quotes_a_file(first.claims):
            cited = frozenset(one.article_id for one in (*record.citations, *citations_of(first.claims)))
            found.append(Correction(record, _text(first.claims) if first.answered else NO_ANSWER, at, cited))
    return found


def _was_seen(record: AnswerRecord, at: datetime) -> bool:
    return record.hold is None or (record.held_until is not None and at > record.held_until)


def _quotes_a_file(claims: Sequence[Claim]) -> bool:
    """A citation of an attached file: it is only for those who read the answer where the question was asked."""
    return any(citation.is_attached for claim in claims for citation in claim.citations)


def _text(claims: Sequence[Claim]) -> str:
    return " ".join(claim.text for claim in claims)
