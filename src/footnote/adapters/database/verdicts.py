"""What moderators decide: implements `VerdictStore` with SQLAlchemy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Insert, delete, insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.mapping import verdict_of
from footnote.adapters.database.record_changes import change, locked_record, note, read_again
from footnote.adapters.database.revising import came_with_a_sentence, last_revision, put_back, put_revision
from footnote.adapters.database.snapshots import loaded
from footnote.adapters.database.tables import (
    RulingRow,
    VerdictRow,
)
from footnote.errors import SourcesChanged
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Ruling, Verdict, hold_after
from footnote.records.refusals import (
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
    """Each method writes to the answer before it reads it, so the second of two waits, and reads what the first one
    wrote.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    async def decide(self, verdict: Verdict) -> AnswerRecord:
        async with self._sessions.begin() as session:
            record = await locked_record(session, verdict.answer_id)
            if record.round != verdict.round:
                raise SourcesChanged(verdict.answer_id)
            if not await _is_first(session, verdict):
                return record
            if verdict.decision is Decision.APPROVED and record.answered and not record.shown_claims:
                raise NothingToApprove(record.id)
            hold = hold_after(record.hold, verdict.decision)
            await change(session, record, {"hold": hold})
            await note(session, record, verdict.moderator_id, verdict.decided_at, "verdict", verdict.decision.value)
            return replace(record, verdict=verdict, hold=hold, changes=record.changes + 1)

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> AnswerRecord:
        async with self._sessions.begin() as session:
            record = await locked_record(session, answer_id)
            _require_citation(record, ruling.number)
            if record.revision != made_on:
                raise AlreadyRevised(answer_id, record.revised_by)
            _require_open(record)
            if not await is_inserted(session, _inserted(answer_id, ruling)):
                return record
            rulings = sorted((*record.rulings, ruling), key=lambda one: one.number)
            after = replace(record, rulings=tuple(rulings), changes=record.changes + 1)
            await change(session, record, {})
            what = f"citation {ruling.number}: {ruling.ruling.value}"
            await note(session, record, ruling.moderator_id, ruling.ruled_at, "ruling", what, after)
            return after

    async def revise(self, revision: Revision) -> AnswerRecord:
        assert revision.number is not None, "a sentence is replaced"  # noqa: S101 - not input
        async with self._sessions.begin() as session:
            record = await locked_record(session, revision.answer_id)
            _require_open(record)
            _require_citation(record, revision.number)
            await put_revision(session, record, revision, record.hold)
            right = CitationRuling(revision.number, Ruling.RIGHT, revision.moderator_id, revision.revised_at)
            await _put_ruling(session, record.id, revision.number, right)
            others = tuple(one for one in record.rulings if one.number != revision.number)
            after = replace(record, claims=revision.claims, rulings=(*others, right))
            what = f"citation {revision.number}"
            await note(session, record, revision.moderator_id, revision.revised_at, "better sentence", what, after)
            return await read_again(session, record.id)

    async def edit(self, revision: Revision, *, in_round: int) -> AnswerRecord:
        verdict = Verdict(revision.answer_id, Decision.APPROVED, revision.moderator_id, revision.revised_at, in_round)
        async with self._sessions.begin() as session:
            record = await locked_record(session, revision.answer_id)
            if record.round != in_round:
                raise SourcesChanged(record.id)
            if not await _is_first(session, verdict):
                raise AlreadyDecided(verdict_of(await session.get_one(VerdictRow, (record.id, in_round))))
            await put_revision(session, record, revision, hold_after(record.hold, Decision.APPROVED))
            after = replace(record, answered=True, claims=revision.claims)
            named = sum(claim.stated_by is not None for claim in revision.claims)
            what = f"approved with {named} of {len(revision.claims)} claims in a moderator's name"
            await note(session, record, revision.moderator_id, revision.revised_at, "edit", what, after)
            return await read_again(session, record.id)

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> AnswerRecord:
        async with self._sessions.begin() as session:
            record = await locked_record(session, verdict.answer_id)
            given = record.verdict
            if given is None or (given.decision, given.round) != (verdict.decision, verdict.round):
                raise NothingToUndo("verdict")
            _require_in_time(given.decided_at, at, within, "verdict")
            await session.delete(await session.get_one(VerdictRow, (record.id, given.round)))
            last = await last_revision(session, record.id)
            after, hold = record, record.hold_without_verdict
            if last is not None and last.number is None and last.revised_at == given.decided_at:
                after = await put_back(session, record, last, hold)
            else:
                await change(session, record, {"hold": hold})
            await note(session, record, moderator_id, at, "undo", f"verdict: {given.decision.value}", after)
            return await read_again(session, record.id)

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> AnswerRecord:
        async with self._sessions.begin() as session:
            record = await locked_record(session, answer_id)
            _require_open(record)
            ruling = next((one for one in record.rulings if one.number == number), None)
            if ruling is None:
                raise NothingToUndo(f"ruling on citation {number}")
            _require_in_time(ruling.ruled_at, at, within, "ruling")
            last = await last_revision(session, answer_id)
            if last is not None and last.number == number and last.revised_at == ruling.ruled_at:
                earlier = loaded(last.before).ruling
                await _put_ruling(session, answer_id, number, earlier)
                after = await put_back(session, record, last, record.hold)
            elif await came_with_a_sentence(session, answer_id, ruling):
                raise ChangedSince
            else:
                earlier, after = None, record
                await _put_ruling(session, answer_id, number, None)
                await change(session, record, {})
            others = tuple(one for one in record.rulings if one.number != number)
            after = replace(after, rulings=(*others, earlier) if earlier else others)
            what = f"ruling on citation {number}: {ruling.ruling.value}"
            await note(session, record, moderator_id, at, "undo", what, after)
            return await read_again(session, answer_id)


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


async def _put_ruling(session: AsyncSession, answer_id: int, number: int, ruling: CitationRuling | None) -> None:
    """None: there is none left."""
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
