"""What moderators decide: the `VerdictStore` over SQLAlchemy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.mapping import claim_row, record_of, ruling_of, verdict_of
from footnote.adapters.database.snapshots import dumped, loaded
from footnote.adapters.database.tables import (
    AnswerRow,
    AuditRow,
    CitationRow,
    ClaimRow,
    RevisionRow,
    RulingRow,
    VerdictRow,
)
from footnote.errors import SourcesChanged, UnknownAnswer
from footnote.models import Claim
from footnote.records import AnswerRecord, CitationRuling, Decision, Hold, Ruling, Verdict, hold_after
from footnote.refusals import (
    AlreadyDecided,
    AlreadyRevised,
    ChangedSince,
    NoCitation,
    NothingToApprove,
    NothingToUndo,
    TooLateToUndo,
)
from footnote.stores import Revision


class DatabaseVerdicts:
    """Each method writes to the answer before it reads it: whoever comes second waits, and reads what the first one has
    written.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def decide(self, verdict: Verdict) -> Verdict:
        async with self._sessions.begin() as session:
            record = await _held(session, verdict.answer_id)
            if record.round != verdict.round:
                raise SourcesChanged(verdict.answer_id)
            if not await _is_first(session, verdict):
                return verdict_of(await session.get_one(VerdictRow, (verdict.answer_id, verdict.round)))
            if verdict.decision is Decision.APPROVED and record.answered and not record.shown_claims:
                raise NothingToApprove(record.id)
            await _change(session, record, {"hold": hold_after(record.hold, verdict.decision)})
            await _note(session, record, verdict.moderator_id, verdict.decided_at, "verdict", verdict.decision.value)
            return verdict

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> CitationRuling:
        async with self._sessions.begin() as session:
            record = await _held(session, answer_id)
            _require_citation(record, ruling.number)
            if record.revision != made_on:
                raise AlreadyRevised(answer_id, record.revised_by)
            _require_open(record)
            if not await is_inserted(session, _inserted(answer_id, ruling)):
                return ruling_of(await session.get_one(RulingRow, (answer_id, ruling.number)))
            after = replace(record, rulings=(*record.rulings, ruling))
            await _change(session, record, {})
            what = f"citation {ruling.number}: {ruling.ruling.value}"
            await _note(session, record, ruling.moderator_id, ruling.ruled_at, "ruling", what, after)
            return ruling

    async def revise(self, revision: Revision) -> None:
        assert revision.number is not None, "a sentence takes the place of one"  # noqa: S101 - not input
        async with self._sessions.begin() as session:
            record = await _held(session, revision.answer_id)
            _require_open(record)
            _require_citation(record, revision.number)
            await _put_revision(session, record, revision, record.hold)
            right = CitationRuling(revision.number, Ruling.RIGHT, revision.moderator_id, revision.revised_at)
            await _put_ruling(session, record.id, revision.number, right)
            others = tuple(one for one in record.rulings if one.number != revision.number)
            after = replace(record, claims=revision.claims, rulings=(*others, right))
            what = f"citation {revision.number}"
            await _note(session, record, revision.moderator_id, revision.revised_at, "better sentence", what, after)

    async def edit(self, revision: Revision, *, in_round: int) -> None:
        verdict = Verdict(revision.answer_id, Decision.APPROVED, revision.moderator_id, revision.revised_at, in_round)
        async with self._sessions.begin() as session:
            record = await _held(session, revision.answer_id)
            if record.round != in_round:
                raise SourcesChanged(record.id)
            if not await _is_first(session, verdict):
                raise AlreadyDecided(verdict_of(await session.get_one(VerdictRow, (record.id, in_round))))
            await _put_revision(session, record, revision, hold_after(record.hold, Decision.APPROVED))
            after = replace(record, answered=True, claims=revision.claims)
            named = sum(claim.stated_by is not None for claim in revision.claims)
            what = f"approved with {named} of {len(revision.claims)} claims in a moderator's name"
            await _note(session, record, revision.moderator_id, revision.revised_at, "edit", what, after)

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> None:
        async with self._sessions.begin() as session:
            record = await _held(session, verdict.answer_id)
            given = record.verdict
            if given is None or (given.decision, given.round) != (verdict.decision, verdict.round):
                raise NothingToUndo("such verdict")
            _require_in_time(given.decided_at, at, within, "verdict")
            await session.delete(await session.get_one(VerdictRow, (record.id, given.round)))
            last = await _last_revision(session, record.id)
            after, hold = record, record.hold_without_verdict
            if last is not None and last.number is None and last.revised_at == given.decided_at:
                after = await _put_back(session, record, last, hold)
            else:
                await _change(session, record, {"hold": hold})
            await _note(session, record, moderator_id, at, "undo", f"verdict: {given.decision.value}", after)

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> None:
        async with self._sessions.begin() as session:
            record = await _held(session, answer_id)
            _require_open(record)
            ruling = next((one for one in record.rulings if one.number == number), None)
            if ruling is None:
                raise NothingToUndo(f"ruling on citation {number}")
            _require_in_time(ruling.ruled_at, at, within, "ruling")
            last = await _last_revision(session, answer_id)
            if last is not None and last.number == number and last.revised_at == ruling.ruled_at:
                earlier = loaded(last.before).ruling
                await _put_ruling(session, answer_id, number, earlier)
                after = await _put_back(session, record, last, record.hold)
            elif await _came_with_a_sentence(session, answer_id, ruling):
                raise ChangedSince
            else:
                earlier, after = None, record
                await _put_ruling(session, answer_id, number, None)
                await _change(session, record, {})
            others = tuple(one for one in record.rulings if one.number != number)
            after = replace(after, rulings=(*others, earlier) if earlier else others)
            what = f"ruling on citation {number}: {ruling.ruling.value}"
            await _note(session, record, moderator_id, at, "undo", what, after)


async def _held(session: AsyncSession, answer_id: int) -> AnswerRecord:
    """The record, which nobody else can change until the transaction ends."""
    found = update(AnswerRow).where(AnswerRow.id == answer_id).values(round=AnswerRow.round).returning(AnswerRow.id)
    if await session.scalar(found) is None:
        raise UnknownAnswer(answer_id)
    record = record_of(await session.get_one(AnswerRow, answer_id))
    session.expunge_all()  # its rows are about to be replaced
    return record


async def _is_first(session: AsyncSession, verdict: Verdict) -> bool:
    statement = insert(VerdictRow).values(
        answer_id=verdict.answer_id,
        round=verdict.round,
        decision=verdict.decision,
        moderator_id=verdict.moderator_id,
        decided_at=verdict.decided_at,
    )
    return await is_inserted(session, statement)


def _require_open(record: AnswerRecord) -> None:
    if record.verdict is not None:
        raise AlreadyDecided(record.verdict)


def _require_citation(record: AnswerRecord, number: int) -> None:
    if not record.answered or number not in {citation.number for citation in record.citations}:
        raise NoCitation(record.id, number)


def _require_in_time(done_at: datetime, at: datetime, within: timedelta, what: str) -> None:
    if at - done_at > within:
        raise TooLateToUndo(what, within.total_seconds() / 60)


async def _came_with_a_sentence(session: AsyncSession, answer_id: int, ruling: CitationRuling) -> bool:
    of_ruling = (RevisionRow.number == ruling.number, RevisionRow.revised_at == ruling.ruled_at)
    found = select(RevisionRow.revision).where(RevisionRow.answer_id == answer_id, *of_ruling)
    return await session.scalar(found) is not None


async def _last_revision(session: AsyncSession, answer_id: int) -> RevisionRow | None:
    of_answer = select(RevisionRow).where(RevisionRow.answer_id == answer_id)
    return await session.scalar(of_answer.order_by(RevisionRow.revision.desc()).limit(1))


async def _put_revision(session: AsyncSession, record: AnswerRecord, revision: Revision, hold: Hold | None) -> None:
    """Raises AlreadyRevised. Revisions are never counted down, so that the same number never means two texts."""
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
    await _change(session, record, said | {"hold": hold})


async def _put_back(session: AsyncSession, record: AnswerRecord, last: RevisionRow, hold: Hold | None) -> AnswerRecord:
    """The record as it was before its last revision, of which only the audit tells from now on."""
    before = loaded(last.before)
    await session.delete(last)
    await session.flush()
    earlier = await _last_revision(session, record.id)
    await _put_claims(session, record.id, before.claims)
    revised_by = earlier.moderator_id if earlier else None
    said = {"answered": before.answered, "revision": record.revision + 1, "revised_by": revised_by}
    await _change(session, record, said | {"hold": hold})
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


async def _put_ruling(session: AsyncSession, answer_id: int, number: int, ruling: CitationRuling | None) -> None:
    """None: there is none any more."""
    of_number = (RulingRow.answer_id == answer_id, RulingRow.number == number)
    await session.execute(delete(RulingRow).where(*of_number))
    if ruling is not None:
        await session.execute(_inserted(answer_id, ruling))


def _inserted(answer_id: int, ruling: CitationRuling) -> Insert:
    return insert(RulingRow).values(
        answer_id=answer_id,
        number=ruling.number,
        ruling=ruling.ruling,
        moderator_id=ruling.moderator_id,
        ruled_at=ruling.ruled_at,
    )


async def _change(session: AsyncSession, record: AnswerRecord, values: dict[str, Any]) -> None:
    """What changes has to be shown again."""
    answer = update(AnswerRow).where(AnswerRow.id == record.id)
    await session.execute(answer.values(changes=AnswerRow.changes + 1, **values))


async def _note(
    session: AsyncSession,
    record: AnswerRecord,
    moderator_id: int,
    at: datetime,
    action: str,
    detail: str,
    after: AnswerRecord | None = None,
) -> None:
    is_changed = after is not None and after.text != record.text
    statement = insert(AuditRow).values(
        at=at,
        guild_id=record.guild_id,
        user_id=moderator_id,
        action=action,
        detail=detail,
        answer_id=record.id,
        before=record.text if is_changed else None,
        after=after.text if after is not None and is_changed else None,
    )
    await session.execute(statement)
