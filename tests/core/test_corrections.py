"""What moderators corrected or withdrew, read from both kinds of database, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import open_engine, stores_of
from footnote.models import NO_ANSWER, Abstention, Answer, Citation, Claim, Receipt
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Hold, MessageRef, Ruling, Verdict
from footnote.records.corrections import Correction, Moment
from footnote.stores import Asked, Revision, Triage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RECEIPT = Receipt((), (), "extractive", "g1", 1.0, 1.0)
FIRST, SECOND = "The bridge opened in 1932.", "It has six arches."


def a_claim(number: int, said: str) -> Claim:
    return Claim(said, 1.0, (Citation(number, "a.md", "0" * 64, "A", None, None, None, 0, len(said), said),))


AN_ANSWER = Answer("When?", (a_claim(1, FIRST), a_claim(2, SECOND)), 0.9, RECEIPT)
AN_ABSTENTION = Abstention("Who?", (), 0.1, RECEIPT)


@dataclass
class Newsroom:
    """A database, and a moderator whose every act takes an hour."""

    engine: AsyncEngine
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.stores = stores_of(self.engine)

    async def asked(
        self, outcome: Answer | Abstention = AN_ANSWER, *, guild_id: int | None = 5, private: bool = False
    ) -> AnswerRecord:
        asked = replace(Asked(1, guild_id, 10, NOON), is_private=private)
        record = await self.stores.answers.add(outcome, asked)
        await self.stores.answers.set_posted(record.id, MessageRef(10, record.id))
        return record

    def later(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now

    async def rejects(self, record: AnswerRecord) -> Verdict:
        verdict = Verdict(record.id, Decision.REJECTED, 9, self.later())
        await self.stores.verdicts.decide(verdict)
        return verdict

    async def rules_wrong(self, record: AnswerRecord, number: int) -> None:
        await self.stores.verdicts.rule(record.id, CitationRuling(number, Ruling.WRONG, 9, self.later()), made_on=0)

    async def edits(self, record: AnswerRecord, said: str) -> None:
        change = Revision(record.id, record.revision, (a_claim(1, said),), 9, self.later())
        await self.stores.verdicts.edit(change, in_round=1)

    async def found(self, limit: int = 20) -> list[Correction]:
        return [*(await self.stores.corrections.newest(limit=limit)).found]


@pytest.fixture
async def newsroom(database_url: str) -> AsyncIterator[Newsroom]:
    newsroom = Newsroom(open_engine(database_url))
    yield newsroom
    await newsroom.engine.dispose()


async def test_corrections_say_what_an_answer_said_and_says_newest_first(newsroom: Newsroom) -> None:
    withdrawn, edited, ruled, taught = [
        await newsroom.asked(outcome) for outcome in (AN_ANSWER, AN_ANSWER, AN_ANSWER, AN_ABSTENTION)
    ]
    await newsroom.asked()
    await newsroom.edits(edited, "It opened in 1933.")
    await newsroom.rejects(withdrawn)
    await newsroom.edits(taught, "The mayor.")
    await newsroom.rules_wrong(ruled, 2)
    both = f"{FIRST} {SECOND}"
    assert [(one.record.id, one.said, one.says, one.at) for one in await newsroom.found()] == [
        (ruled.id, both, FIRST, NOON + timedelta(hours=4)),
        (taught.id, NO_ANSWER, "The mayor.", NOON + timedelta(hours=3)),
        (withdrawn.id, both, None, NOON + timedelta(hours=2)),
        (edited.id, both, "It opened in 1933.", NOON + timedelta(hours=1)),
    ]


async def test_an_answer_without_a_sentence_left_is_withdrawn(newsroom: Newsroom) -> None:
    record = await newsroom.asked()
    await newsroom.rules_wrong(record, 1)
    await newsroom.rules_wrong(record, 2)
    (correction,) = await newsroom.found()
    assert (correction.says, correction.at) == (None, NOON + timedelta(hours=2))


async def test_undone_changes_are_not_corrections(newsroom: Newsroom) -> None:
    record, edited = await newsroom.asked(), await newsroom.asked()
    verdict = await newsroom.rejects(record)
    await newsroom.edits(edited, "It opened in 1933.")
    approved = replace(verdict, decision=Decision.APPROVED, answer_id=edited.id)
    for given in (verdict, approved):
        await newsroom.stores.verdicts.undo(given, moderator_id=9, at=newsroom.now, within=timedelta.max)
    assert await newsroom.found() == []


async def test_what_few_could_read_is_not_listed(newsroom: Newsroom) -> None:
    for secret in (await newsroom.asked(private=True), await newsroom.asked(guild_id=None)):
        await newsroom.rejects(secret)
    assert await newsroom.found() == []


async def test_what_nobody_was_shown_is_not_listed(newsroom: Newsroom) -> None:
    """Neither what was rejected while it was held, nor what its asker deleted."""
    held = Triage(hold=Hold.WAITING, held_until=NOON + timedelta(days=1))
    record = await newsroom.stores.answers.add(AN_ANSWER, Asked(1, 5, 10, NOON), held)
    await newsroom.stores.answers.set_posted(record.id, MessageRef(10, record.id))
    deleted = await newsroom.asked()
    for one in (record, deleted):
        await newsroom.rejects(one)
    await newsroom.stores.questions.withdraw(deleted.id)
    assert await newsroom.found() == []


async def test_what_moderators_changed_before_they_let_it_out_is_not_listed(newsroom: Newsroom) -> None:
    held = Triage(hold=Hold.WAITING, held_until=NOON + timedelta(days=1))
    record = await newsroom.stores.answers.add(AN_ANSWER, Asked(1, 5, 10, NOON), held)
    await newsroom.stores.answers.set_posted(record.id, MessageRef(10, record.id))
    await newsroom.rules_wrong(record, 1)
    await newsroom.stores.verdicts.decide(Verdict(record.id, Decision.APPROVED, 9, newsroom.later()))
    assert (await newsroom.stores.answers.get(record.id)).hold is Hold.SHOWN
    assert await newsroom.found() == []


async def test_pages_go_on_where_the_one_before_ended(newsroom: Newsroom) -> None:
    """An answer that changed twice is on one of them, with its last change."""
    records = [await newsroom.asked() for _ in range(4)]
    for record in records:
        await newsroom.rules_wrong(record, 1)
    await newsroom.rejects(records[1])
    pages, at = [], None
    while True:
        batch = await newsroom.stores.corrections.newest(before=at, limit=2)
        pages.append([one.record.id for one in batch.found])
        at = batch.end
        if at is None:
            break
    assert pages == [[2, 4], [3], [1]]


async def test_changes_are_read_along_indexes(newsroom: Newsroom) -> None:
    """None of the tables is read in full or sorted."""
    if newsroom.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows there are")
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def note(_connection: object, _cursor: object, statement: str, values: tuple[Any, ...], *_: object) -> None:
        if statement.startswith("SELECT verdicts.decided_at"):
            asked.append((statement, values))

    event.listen(newsroom.engine.sync_engine, "before_cursor_execute", note)
    for before in (None, Moment(NOON, 4)):
        await newsroom.stores.corrections.newest(before=before, limit=20)
        async with newsroom.engine.begin() as connection:
            statement, values = asked[-1]
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            plan = [str(row.detail) for row in rows]
        assert [step for step in plan if "TEMP B-TREE" in step] == []
        assert sum("COVERING INDEX" in step for step in plan) == 3
