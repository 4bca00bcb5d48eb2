"""What moderators decided: the `ReviewedAnswers` over SQLAlchemy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.snapshots import loaded
from footnote.adapters.database.tables import AnswerRow, AuditRow, RevisionRow
from footnote.models import Claim
from footnote.ports import Pair
from footnote.records import AnswerRecord, Decision, Ruling
from footnote.stores import Reviewed


class DatabaseReviewed:
    """Reads answers whole: moderators decide hundreds of them, not millions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def last_act(self) -> int:
        async with self._sessions.begin() as session:
            return await session.scalar(select(func.max(AuditRow.id))) or 0

    async def decided_after(self, act: int) -> frozenset[int]:
        statement = select(AuditRow.answer_id).where(AuditRow.id > act, AuditRow.answer_id.is_not(None))
        async with self._sessions.begin() as session:
            return frozenset(answer_id for answer_id in await session.scalars(statement) if answer_id is not None)

    async def reviewed(self, answer_ids: Collection[int] | None = None) -> Sequence[Reviewed]:
        is_reviewed = or_(AnswerRow.verdicts.any(), AnswerRow.rulings.any(), AnswerRow.revision > 0)
        statement = select(AnswerRow).where(
            is_reviewed, AnswerRow.guild_id.is_not(None), AnswerRow.asker_id != 0, AnswerRow.reused_from.is_(None)
        )
        if answer_ids is not None:
            statement = statement.where(AnswerRow.id.in_(answer_ids))
        async with self._sessions.begin() as session:
            rows = await session.scalars(statement.order_by(AnswerRow.id))
            replaced = await _replaced(session)
            return [_reviewed(record_of(row), replaced.get(row.id, frozenset())) for row in rows]


async def _replaced(session: AsyncSession) -> dict[int, frozenset[Pair]]:
    """The sentences for which moderators chose better ones, by answer."""
    found: dict[int, frozenset[Pair]] = {}
    statement = select(RevisionRow).where(RevisionRow.number.is_not(None)).order_by(RevisionRow.revision)
    for row in await session.scalars(statement):
        pairs = _pairs(loaded(row.before).claims, {row.number})
        found[row.answer_id] = found.get(row.answer_id, frozenset()) | pairs
    return found


def _reviewed(record: AnswerRecord, replaced: frozenset[Pair]) -> Reviewed:
    decision = record.verdict.decision if record.verdict else None
    ruled = {ruling: {one.number for one in record.rulings if one.ruling is ruling} for ruling in Ruling}
    refused = replaced | _pairs(record.claims, ruled[Ruling.WRONG])
    if decision is Decision.REJECTED:
        refused |= _pairs(record.claims, {one.number for one in record.citations} - ruled[Ruling.RIGHT])
    shown = {citation.number: citation for claim in record.shown_claims for citation in claim.citations}
    if decision is not Decision.REJECTED:
        refused -= _pairs(record.shown_claims, {*shown})
    return Reviewed(
        answer_id=record.id,
        guild_id=record.guild_id or 0,
        question=record.understood or record.question,
        answered=record.answered,
        decision=decision,
        citations=tuple(shown.values()),
        refused=refused,
    )


def _pairs(claims: Iterable[Claim], numbers: set[int] | set[int | None]) -> frozenset[Pair]:
    return frozenset(
        (citation.article_id, citation.quote)
        for claim in claims
        for citation in claim.citations
        if citation.number in numbers
    )
