"""Removes people and questions from the database: implements `Forgetting` with SQLAlchemy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Update, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import InstrumentedAttribute

from footnote.adapters.database.inserting import is_inserted
from footnote.adapters.database.snapshots import without_files, without_person
from footnote.adapters.database.tables import (
    AnswerRow,
    AuditRow,
    CitationRow,
    ClaimRow,
    HeardRow,
    NoticeRow,
    QuestionVectorRow,
    ReceiptRow,
    ReplyRow,
    RevisionRow,
    RulingRow,
    SpendingRow,
    TombstoneRow,
    VerdictRow,
    VoteRow,
    WaitingRow,
)
from footnote.adapters.database.tombstones import NOBODY, WORDS_REMOVED, bury, pseudonym
from footnote.models import attached_id

_MENTION = re.compile(r"<@[0-9]+>")
_SOMEBODY = "somebody"

_DECIDED_BY: tuple[InstrumentedAttribute[Any], ...] = (
    VerdictRow.moderator_id,
    RulingRow.moderator_id,
    RevisionRow.moderator_id,
    ClaimRow.stated_by,
)


class DatabaseForgetting:
    """Goes through every table that names people. Writes before it reads, as `DatabaseStore` does."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def forget(self, user_id: int, *, now: datetime) -> int:
        async with self._sessions.begin() as session:  # separately: what is recorded from now on has to see it
            await bury(session, user_id, now)
        async with self._sessions.begin() as session:
            await session.execute(_shown_again(user_id))
            forgotten = await _forget_questions(session, _asked_by(user_id), now)
            await _forget_words(session, user_id, now)
            await _forget_mentions(session, NoticeRow.body.contains(f"<@{user_id}>"), f"<@{user_id}>")
            for decided_by in (*_DECIDED_BY, AnswerRow.revised_by, AuditRow.user_id):
                values = {decided_by.key: NOBODY}
                await session.execute(update(decided_by.class_).where(decided_by == user_id).values(values))
            await _forget_in_snapshots(session, user_id)
            await session.execute(delete(VoteRow).where(VoteRow.user_id == user_id))
            await session.execute(delete(WaitingRow).where(WaitingRow.user_id == user_id))
            await session.execute(update(ReplyRow).where(ReplyRow.asker_id == user_id).values(asker_id=NOBODY))
            is_own = SpendingRow.user_id == user_id
            await _forget_spending(session, is_own & (SpendingRow.day < now.date()), NOBODY)
            await _forget_spending(session, is_own, await pseudonym(session, user_id))
            return len(forgotten)

    async def expire(self, *, asked_before: datetime, limit: int, now: datetime) -> int:
        is_old = (AnswerRow.asked_at < asked_before, or_(AnswerRow.asker_id != NOBODY, AnswerRow.question != ""))
        oldest = select(AnswerRow.id).where(*is_old).order_by(AnswerRow.asked_at).limit(limit)
        async with self._sessions.begin() as session:
            expired = await _forget_questions(session, AnswerRow.id.in_(oldest), now)
            await _forget_mentions(session, NoticeRow.answer_id.in_(expired), _MENTION)
            comments = update(VoteRow).where(VoteRow.answer_id.in_(expired), VoteRow.comment.is_not(None))
            await session.execute(comments.values(comment=None))
            return len(expired)

    async def expire_spending(self, *, before: date) -> None:
        async with self._sessions.begin() as session:
            await _forget_spending(session, (SpendingRow.user_id != NOBODY) & (SpendingRow.day < before), NOBODY)
            await session.execute(delete(TombstoneRow).where(TombstoneRow.at < datetime.combine(before, time.min, UTC)))


def _asked_by(user_id: int) -> ColumnElement[bool]:
    """The person's questions, including those that were asked again for others who waited for the answer."""
    own = select(AnswerRow.id).where(AnswerRow.asker_id == user_id)
    again = select(WaitingRow.answered_by).where(WaitingRow.answer_id.in_(own), WaitingRow.answered_by.is_not(None))
    return or_(AnswerRow.asker_id == user_id, AnswerRow.id.in_(again))


def _shown_again(user_id: int) -> Update:
    """Answers whose messages name the person, or repeat what they said about the answer."""
    named = [
        AnswerRow.id.in_(select(column.class_.answer_id).where(column == user_id))
        for column in (*_DECIDED_BY, VoteRow.user_id)
    ]
    told_of = select(WaitingRow.answered_by).where(WaitingRow.user_id == user_id, WaitingRow.answered_by.is_not(None))
    is_named = or_(AnswerRow.revised_by == user_id, AnswerRow.id.in_(told_of), *named)
    return update(AnswerRow).where(is_named).values(changes=AnswerRow.changes + 1)


async def _forget_questions(session: AsyncSession, which: ColumnElement[bool], now: datetime) -> Sequence[int]:
    """The numbers of the answers. Nobody gets a notice for a question that is gone."""
    values = {"asker_id": NOBODY, "question": "", "understood": None, "question_id": None}
    values["changes"] = AnswerRow.changes + 1
    forgotten = (await session.scalars(update(AnswerRow).where(which).values(values).returning(AnswerRow.id))).all()
    await session.execute(delete(HeardRow).where(HeardRow.answer_id.in_(forgotten)))
    await _forget_files(session, forgotten)
    await _forget_what_came_of(session, forgotten, now)
    return forgotten


async def _forget_files(session: AsyncSession, answer_ids: Sequence[int]) -> None:
    """What answers quote from attached files, and what they say from them, or said before a moderator changed it."""
    prefix = attached_id("")
    is_of_file = (CitationRow.answer_id.in_(answer_ids), CitationRow.article_id.startswith(prefix))
    removed = {"quote": WORDS_REMOVED, "title": WORDS_REMOVED, "article_id": prefix}
    removed |= {"sections": "", "columns": ""}
    statement = update(CitationRow).where(*is_of_file).values(removed)
    cited = (await session.execute(statement.returning(CitationRow.answer_id, CitationRow.claim_position))).all()
    for row in cited:
        is_claim = (ClaimRow.answer_id == row.answer_id, ClaimRow.position == row.claim_position)
        await session.execute(update(ClaimRow).where(*is_claim).values(text=WORDS_REMOVED, translation=None))
    changed = (RevisionRow.answer_id.in_(answer_ids), RevisionRow.before.contains(f'"{prefix}'))
    revisions = (await session.scalars(select(RevisionRow).where(*changed))).all()
    for revision in revisions:
        revision.before = without_files(revision.before, WORDS_REMOVED)
    told = {row.answer_id for row in cited} | {revision.answer_id for revision in revisions}
    acts = update(AuditRow).where(AuditRow.answer_id.in_(told), AuditRow.before.is_not(None))
    await session.execute(acts.values(before=WORDS_REMOVED, after=WORDS_REMOVED))


async def _forget_words(session: AsyncSession, user_id: int, now: datetime) -> None:
    """The person's words in other people's follow-up questions."""
    followed = select(HeardRow.answer_id).where(HeardRow.user_id == user_id)
    values = {"understood": WORDS_REMOVED, "changes": AnswerRow.changes + 1}
    statement = update(AnswerRow).where(AnswerRow.id.in_(followed)).values(values).returning(AnswerRow.id)
    changed = (await session.scalars(statement)).all()
    await session.execute(delete(HeardRow).where(HeardRow.user_id == user_id))
    await _forget_what_came_of(session, changed, now)


async def _forget_what_came_of(session: AsyncSession, answer_ids: Sequence[int], now: datetime) -> None:
    """Receipts, which may repeat the question, its vector, and who waits for an answer to it. The acts are for those
    who keep questions in memory.
    """
    await session.execute(delete(ReceiptRow).where(ReceiptRow.answer_id.in_(answer_ids)))
    await session.execute(delete(QuestionVectorRow).where(QuestionVectorRow.answer_id.in_(answer_ids)))
    is_open = (WaitingRow.answer_id.in_(answer_ids), WaitingRow.answered_by.is_(None))
    await session.execute(delete(WaitingRow).where(*is_open))
    act = {"at": now, "user_id": NOBODY, "action": "forget", "detail": "words removed"}
    if answer_ids:
        await session.execute(insert(AuditRow), [act | {"answer_id": answer_id} for answer_id in answer_ids])


async def _forget_mentions(session: AsyncSession, which: ColumnElement[bool], mention: str | re.Pattern[str]) -> None:
    for row in await session.scalars(select(NoticeRow).where(which)):
        row.body = re.sub(mention, _SOMEBODY, row.body)
        row.is_outdated = True


async def _forget_in_snapshots(session: AsyncSession, user_id: int) -> None:
    for row in await session.scalars(select(RevisionRow).where(RevisionRow.before.contains(str(user_id)))):
        row.before = without_person(row.before, user_id)


async def _forget_spending(session: AsyncSession, which: ColumnElement[bool], whose: int) -> None:
    """What was spent is kept under another number, in one row for the day and guild."""
    past = delete(SpendingRow).where(which).returning(SpendingRow)
    for row in (await session.scalars(past)).all():
        key = {"day": row.day, "user_id": whose, "guild_id": row.guild_id}
        amounts = {"calls": row.calls, "tokens": row.tokens, "dollars": row.dollars}
        if not await is_inserted(session, insert(SpendingRow).values(**key, **amounts)):
            grown = {name: getattr(SpendingRow, name) + amount for name, amount in amounts.items()}
            await session.execute(update(SpendingRow).filter_by(**key).values(grown))
