"""What moderators decided: implements `ReviewedAnswers` with SQLAlchemy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, delete, func, insert, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from footnote.adapters.database.mapping import record_of
from footnote.adapters.database.snapshots import loaded
from footnote.adapters.database.tables import AnswerRow, AuditRow, QuestionVectorRow, RevisionRow, RulingRow, VerdictRow
from footnote.adapters.database.tombstones import NOBODY, WORDS_REMOVED
from footnote.models import Claim
from footnote.ports import Pair
from footnote.records.answers import AnswerRecord, Decision, Ruling
from footnote.stores import Reviewed, ReviewedQuestion

_STORED = np.dtype("<f2")
"""The type of vectors in the database. It changes a cosine by less than 0.001."""


class DatabaseReviewed:
    """Reads whole answers, except in `questions`, which reads all of them at the start."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def last_act(self) -> int:
        async with self._sessions.begin() as session:
            return await session.scalar(select(func.max(AuditRow.id))) or 0

    async def decided_after(self, act: int) -> frozenset[int]:
        """With those that they repeat: a decision about a repetition may concern them."""
        statement = (
            select(AuditRow.answer_id, AnswerRow.reused_from)
            .outerjoin(AnswerRow, AnswerRow.id == AuditRow.answer_id)
            .where(AuditRow.id > act)
        )
        async with self._sessions.begin() as session:
            rows = await session.execute(statement)
            return frozenset(answer_id for row in rows for answer_id in row if answer_id is not None)

    async def reviewed(self, answer_ids: Collection[int] | None = None) -> Sequence[Reviewed]:
        is_reviewed = or_(AnswerRow.verdicts.any(), AnswerRow.rulings.any(), AnswerRow.revision > 0)
        statement = select(AnswerRow).where(is_reviewed, AnswerRow.guild_id.is_not(None)).order_by(AnswerRow.id)
        if answer_ids is not None:
            statement = statement.where(or_(AnswerRow.id.in_(answer_ids), AnswerRow.reused_from.in_(answer_ids)))
        async with self._sessions.begin() as session:
            records = [record_of(row) for row in await session.scalars(statement)]
            replaced = await _replaced(session, answer_ids)
        disagreed = _disagreed(records)
        return [
            _reviewed(_as_it_stands(record, disagreed), replaced.get(record.id, frozenset()))
            for record in records
            if (answer_ids is None or record.id in answer_ids) and _is_of_its_own(record)
        ]

    async def questions(self, embedder: str, answer_ids: Collection[int] | None = None) -> Sequence[ReviewedQuestion]:
        asked = func.coalesce(AnswerRow.understood, AnswerRow.question)
        has_vector = and_(QuestionVectorRow.answer_id == AnswerRow.id, QuestionVectorRow.embedder == embedder)
        statement = (
            select(AnswerRow.id, AnswerRow.guild_id, asked, QuestionVectorRow.vector)
            .outerjoin(QuestionVectorRow, has_vector)
            .where(AnswerRow.id.in_(_DECIDED), AnswerRow.guild_id.is_not(None), _IS_OF_ITS_OWN)
            .order_by(AnswerRow.id)
        )
        if answer_ids is not None:
            statement = statement.where(AnswerRow.id.in_(answer_ids))
        async with self._sessions.begin() as session:
            rows = await session.execute(statement)
            return [
                ReviewedQuestion(answer_id, guild_id or 0, text, _read(vector))
                for answer_id, guild_id, text, vector in rows
            ]

    async def keep_vectors(self, embedder: str, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        async with self._sessions.begin() as session:
            # Writes to the answers without changing them, so that a person who is being forgotten is forgotten first.
            known = update(AnswerRow).where(AnswerRow.id.in_(vectors), _IS_OF_ITS_OWN).values(round=AnswerRow.round)
            kept = (await session.scalars(known.returning(AnswerRow.id))).all()
            await session.execute(delete(QuestionVectorRow).where(QuestionVectorRow.answer_id.in_(kept)))
            rows = [
                {"answer_id": one, "embedder": embedder, "vector": vectors[one].astype(_STORED).tobytes()}
                for one in kept
            ]
            if rows:
                await session.execute(insert(QuestionVectorRow), rows)


_DECIDED = union(select(VerdictRow.answer_id), select(RulingRow.answer_id), select(RevisionRow.answer_id))
_IS_OF_ITS_OWN = and_(
    AnswerRow.asker_id != NOBODY,
    or_(AnswerRow.understood.is_(None), AnswerRow.understood != WORDS_REMOVED),
    or_(
        AnswerRow.reused_from.is_(None),
        AnswerRow.revised_by.is_not(None),
        AnswerRow.verdicts.any(and_(VerdictRow.round == AnswerRow.round, VerdictRow.decision == Decision.REJECTED)),
        AnswerRow.rulings.any(RulingRow.ruling == Ruling.WRONG),
    ),
)
"""The same as `_is_of_its_own`, for a record."""


def _read(vector: bytes | None) -> NDArray[np.floating] | None:
    return None if vector is None else np.frombuffer(vector, _STORED)


def _is_of_its_own(record: AnswerRecord) -> bool:
    """A repetition counts by itself once moderators judge it differently from what it repeats. A decision about an
    attached file says nothing about other questions.
    """
    if any(citation.is_attached for citation in record.citations):
        return False
    is_forgotten = record.asker_id == NOBODY or record.understood == WORDS_REMOVED
    return not is_forgotten and (record.reused_from is None or _disagrees(record))


def _disagrees(record: AnswerRecord) -> bool:
    is_rejected = record.verdict is not None and record.verdict.decision is Decision.REJECTED
    return is_rejected or record.revised_by is not None or record.shown_claims != record.claims


def _disagreed(records: Iterable[AnswerRecord]) -> dict[int, datetime]:
    """When a repetition was last found wrong, by the number of the answer that it repeats."""
    found: dict[int, datetime] = {}
    for record in records:
        if record.reused_from is not None and _disagrees(record):
            known, verdicts = found.get(record.reused_from), [one for one in (record.verdict, record.earlier) if one]
            said = [*(one.ruled_at for one in record.rulings), *(one.decided_at for one in verdicts)]
            found[record.reused_from] = max([record.asked_at, *said, *([known] if known else [])])
    return found


def _as_it_stands(record: AnswerRecord, disagreed: Mapping[int, datetime]) -> AnswerRecord:
    """Without a verdict that came before moderators found a repetition wrong."""
    said = disagreed.get(record.id)
    is_over = said is not None and record.verdict is not None and record.verdict.decided_at < said
    return replace(record, verdict=None) if is_over else record


async def _replaced(session: AsyncSession, answer_ids: Collection[int] | None) -> dict[int, frozenset[Pair]]:
    """The sentences for which moderators chose better ones, by answer."""
    found: dict[int, frozenset[Pair]] = {}
    statement = select(RevisionRow).where(RevisionRow.number.is_not(None)).order_by(RevisionRow.revision)
    if answer_ids is not None:
        statement = statement.where(RevisionRow.answer_id.in_(answer_ids))
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
