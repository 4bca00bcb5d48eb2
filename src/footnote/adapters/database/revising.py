"""The texts of an answer: replaces the current one, or restores the one before."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.mapping import claim_row
from footnote.adapters.database.record_changes import change
from footnote.adapters.database.snapshots import dumped, loaded
from footnote.adapters.database.tables import (
    CitationRow,
    ClaimRow,
    RevisionRow,
)
from footnote.models import Claim
from footnote.records.answers import AnswerRecord, CitationRuling, Hold
from footnote.records.refusals import (
    AlreadyRevised,
)
from footnote.stores import Revision


async def came_with_a_sentence(session: AsyncSession, answer_id: int, ruling: CitationRuling) -> bool:
    of_ruling = (RevisionRow.number == ruling.number, RevisionRow.revised_at == ruling.ruled_at)
    found = select(RevisionRow.revision).where(RevisionRow.answer_id == answer_id, *of_ruling)
    return await session.scalar(found) is not None


async def last_revision(session: AsyncSession, answer_id: int) -> RevisionRow | None:
    of_answer = select(RevisionRow).where(RevisionRow.answer_id == answer_id)
    return await session.scalar(of_answer.order_by(RevisionRow.revision.desc()).limit(1))


async def put_revision(session: AsyncSession, record: AnswerRecord, revision: Revision, hold: Hold | None) -> None:
    """Raises AlreadyRevised. Revision numbers never go down, so that the same number never means two texts."""
    statement = insert(RevisionRow).values(
        answer_id=record.id,
        revision=revision.made_on + 1,
        moderator_id=revision.moderator_id,
        revised_at=revision.revised_at,
        number=revision.number,
        before=dumped(record, revision.number),
    )
    if record.revision != revision.made_on or not await is_inserted(session, statement):
        raise AlreadyRevised(record.id, record.revised_by)
    await _put_claims(session, record.id, revision.claims)
    said = {"answered": True, "revision": revision.made_on + 1, "revised_by": revision.moderator_id}
    await change(session, record, said | {"hold": hold})


async def put_back(session: AsyncSession, record: AnswerRecord, last: RevisionRow, hold: Hold | None) -> AnswerRecord:
    """The record as it was before its last revision, which from now on is only in the audit."""
    before = loaded(last.before)
    await session.delete(last)
    await session.flush()
    earlier = await last_revision(session, record.id)
    await _put_claims(session, record.id, before.claims)
    revised_by = earlier.moderator_id if earlier else None
    said = {"answered": before.answered, "revision": record.revision + 1, "revised_by": revised_by}
    await change(session, record, said | {"hold": hold})
    return replace(record, answered=before.answered, claims=before.claims)


async def _put_claims(session: AsyncSession, answer_id: int, claims: tuple[Claim, ...]) -> None:
    of_claims = (CitationRow.answer_id == answer_id, CitationRow.claim_position.is_not(None))
    await session.execute(delete(CitationRow).where(*of_claims))
    await session.execute(delete(ClaimRow).where(ClaimRow.answer_id == answer_id))
    for position, claim in enumerate(claims):
        row = claim_row(position, claim)
        row.answer_id = answer_id
        session.add(row)
    await session.flush()
