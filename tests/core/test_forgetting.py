"""People and their questions removed, in a real database."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import (
    DatabaseAudit,
    DatabaseLedger,
    DatabaseStore,
    DatabaseVerdicts,
    open_engine,
    stores_of,
)
from footnote.adapters.database.feedback import DatabaseFeedback
from footnote.adapters.database.forgetting import DatabaseForgetting
from footnote.adapters.database.tables import Base
from footnote.adapters.database.waiting import DatabaseWaiting
from footnote.models import Abstention, Answer, Citation, Claim, Receipt, attached_id
from footnote.models.collections import EVERYTHING
from footnote.ports import Asker, Spent
from footnote.records.answers import AnswerRecord, Decision, MessageRef, Thumb, Verdict, Votes
from footnote.stores import Act, Asked, Notice

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
ANN, BEN, MOD = 2**62 + 11, 2**62 + 12, 2**62 + 13
QUOTE = "The bridge opened in 1932."
RECEIPT = Receipt((), (), "extractive", "g1", 1.0, 2.0, understood="When did the bridge open?")
CLAIM = Claim(QUOTE, 0.9, (Citation(1, "bridge.md", "a" * 64, "The bridge", None, None, None, 0, len(QUOTE), QUOTE),))

STATED_BY_ANN = json.dumps(
    {"answered": True, "claims": [{"text": "So it was.", "stated_by": ANN}], "ruling": {"moderator_id": ANN}}
)


class Database:
    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.answers = DatabaseStore(engine)
        self.feedback = DatabaseFeedback(engine)
        self.waiting = DatabaseWaiting(engine)
        self.privacy = DatabaseForgetting(engine)
        self.verdicts = DatabaseVerdicts(engine)
        self.ledger = DatabaseLedger(engine)
        self.audit = DatabaseAudit(engine)

    async def add(self, asker_id: int, *, at: datetime = NOON, answered: bool = True) -> AnswerRecord:
        """An answer that is posted, with its receipt."""
        question = f"Asked by {asker_id}?"
        outcome = Answer(question, (CLAIM,), 0.8, RECEIPT) if answered else Abstention(question, (), 0.1, RECEIPT)
        record = await self.answers.add(outcome, Asked(asker_id, 5, 6, at))
        await self.answers.set_posted(record.id, MessageRef(6, record.id))
        return await self.answers.get(record.id)

    async def put(self, table: str, **values: Any) -> None:
        async with self.engine.begin() as connection:
            await connection.execute(insert(Base.metadata.tables[table]).values(**values))

    async def rows(self, table: str) -> list[Any]:
        async with self.engine.connect() as connection:
            return list((await connection.execute(select(Base.metadata.tables[table]))).all())

    async def everything(self) -> str:
        return "\n".join([str(row) for table in Base.metadata.tables for row in await self.rows(table)])

    async def forget(self, user_id: int) -> int:
        return await self.privacy.forget(user_id, now=NOON)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    engine = open_engine(database_url)
    yield Database(engine)
    await engine.dispose()


def without_asker(record: AnswerRecord) -> AnswerRecord:
    return replace(record, asker_id=0, question="", understood=None, changes=record.changes + 1)


async def test_the_headings_and_columns_of_an_attached_file_are_forgotten_with_it(database: Database) -> None:
    row = Citation(1, attached_id("pay.md"), "a" * 64, "pay.md", None, None, None, 0, 15, "| Ann | secret |")
    row = replace(row, sections=("Secret pay",), columns=("Who", "Secret sum"))
    outcome = Answer("Who?", (Claim("Who: Ann; Secret sum: secret", 0.9, (row,)),), 0.8, RECEIPT)
    record = await database.answers.add(outcome, Asked(ANN, 5, 6, NOON))
    assert (await database.answers.get(record.id)).citations == (row,)
    await database.forget(ANN)
    assert "secret" not in (await database.everything()).casefold()


async def test_a_forgotten_person_is_gone_everywhere_and_the_rest_stays(database: Database) -> None:
    own, other = await database.add(ANN), await database.add(BEN)
    abstention = await database.add(BEN, answered=False)
    by_ann = {"answer_id": other.id, "moderator_id": ANN}
    await database.put("rulings", **by_ann, number=1, ruling="right", ruled_at=NOON)
    await database.put("revisions", **by_ann, revision=1, revised_at=NOON, before=STATED_BY_ANN)
    await database.put("claims", answer_id=other.id, position=1, text="So it is.", support=1.0, stated_by=ANN)
    await database.verdicts.decide(Verdict(other.id, Decision.APPROVED, ANN, NOON))
    await database.verdicts.decide(Verdict(own.id, Decision.REJECTED, MOD, NOON))
    await database.feedback.vote(other.id, ANN, Thumb.DOWN, NOON)
    await database.feedback.comment(other.id, ANN, "Ann knows better.")
    await database.waiting.toggle(abstention.id, ANN, NOON)
    await database.ledger.add(YESTERDAY, Asker(ANN, 5, readable=EVERYTHING), Spent(10, 0.5))
    await database.audit.add(Act(NOON, 5, ANN, "edit", "answer 2", other.id, "before", "after"))
    assert await database.forget(ANN) == 1
    left = await database.everything()
    assert str(ANN) not in left
    assert "Ann" not in left
    assert await database.answers.get(own.id) == replace(
        without_asker(own), changes=own.changes + 2, verdict=Verdict(own.id, Decision.REJECTED, MOD, NOON)
    )
    kept = await database.answers.get(other.id)
    assert (kept.question, kept.asker_id, kept.votes) == (other.question, BEN, Votes())
    assert kept.verdict == Verdict(other.id, Decision.APPROVED, 0, NOON)
    assert [claim.stated_by for claim in kept.claims] == [None, 0]
    acts = sorted(await database.rows("audit"), key=lambda act: act.id)
    assert [(act.action, act.user_id, act.before, act.after) for act in acts] == [
        ("verdict", 0, None, None),
        ("verdict", MOD, None, None),
        ("edit", 0, "before", "after"),
        ("forget", 0, None, None),
    ]
    assert {row.answer_id for row in await database.rows("receipts")} == {other.id, abstention.id}


@pytest.mark.parametrize("role", ["asker", "moderator", "reader"])
async def test_messages_that_name_the_person_are_to_be_shown_again(database: Database, role: str) -> None:
    named, other = await database.add(ANN if role == "asker" else BEN), await database.add(BEN)
    if role == "moderator":
        await database.verdicts.decide(Verdict(named.id, Decision.APPROVED, ANN, NOON))
    if role == "reader":
        await database.feedback.vote(named.id, ANN, Thumb.UP, NOON)
    await database.answers.set_shown(named.id, None, changes=named.changes)
    await database.forget(ANN)
    assert await database.answers.outdated() == [named.id]
    assert (await database.answers.get(other.id)).changes == 0


async def test_a_question_that_was_asked_again_for_others_goes_with_it(database: Database) -> None:
    abstention, again = await database.add(ANN, answered=False), await database.add(BEN)
    waits, still_waits = await database.add(ANN, answered=False), await database.add(BEN, answered=False)
    await database.waiting.toggle(abstention.id, BEN, NOON)
    await database.waiting.answer(abstention.id, again.id)
    for number in (waits.id, still_waits.id):
        await database.waiting.toggle(number, BEN, NOON)
    await database.forget(ANN)
    assert (await database.answers.get(again.id)).question == ""
    assert [awaited.answer_id for awaited in await database.waiting.due("g2", limit=9)] == [still_waits.id]


async def test_what_was_spent_stays_and_is_nobodys_but_for_today(database: Database) -> None:
    for day, user_id in [(YESTERDAY, ANN), (YESTERDAY, BEN), (YESTERDAY, 0), (TODAY, ANN)]:
        await database.ledger.add(day, Asker(user_id, 5, readable=EVERYTHING), Spent(10, 0.5))
    await database.forget(ANN)
    *before, today = sorted((row.day, row.user_id, row.tokens, row.calls) for row in await database.rows("spending"))
    assert before == [(YESTERDAY, 0, 20, 2), (YESTERDAY, BEN, 10, 1)]
    assert (today[0], today[2:]) == (TODAY, (10, 1))
    assert today[1] < 0, "a number of no person"
    await database.ledger.add(TODAY, Asker(ANN, 5, readable=EVERYTHING), Spent(1, 0.5))
    assert (await database.ledger.spent(TODAY, Asker(ANN, 5, readable=EVERYTHING))).user == Spent(11, 1.0), (
        "the limit goes on"
    )
    await database.privacy.expire_spending(before=date.max)
    assert sorted((row.day, row.user_id, row.tokens) for row in await database.rows("spending")) == [
        (YESTERDAY, 0, 30),
        (TODAY, 0, 11),
    ]


async def test_who_is_forgotten_can_ask_and_vote_as_anybody_new(database: Database) -> None:
    old = await database.add(ANN)
    await database.feedback.vote(old.id, ANN, Thumb.UP, NOON)
    await database.forget(ANN)
    await database.feedback.vote(old.id, ANN, Thumb.UP, NOON + timedelta(seconds=1))
    new = await database.add(ANN, at=NOON + timedelta(seconds=2))
    assert (await database.answers.get(old.id)).votes == Votes(up=1)
    assert (new.asker_id, new.question) == (ANN, f"Asked by {ANN}?")
    assert await database.forget(BEN) == 0


def follow_up(*people: int) -> Answer:
    """Understood by what those people had said before."""
    receipt = replace(RECEIPT, understood="Why? (Zebulon Quackenbush)", heard=frozenset(people))
    return Answer("Why?", (CLAIM,), 0.8, receipt)


async def test_a_follow_up_loses_the_words_of_somebody_else_who_is_forgotten(database: Database) -> None:
    record = await database.answers.add(follow_up(ANN, MOD), Asked(BEN, 5, 6, NOON))
    untouched = await database.answers.add(follow_up(MOD), Asked(BEN, 5, 6, NOON))
    await database.verdicts.decide(Verdict(record.id, Decision.APPROVED, MOD, NOON))
    assert [one.answer_id for one in await stores_of(database.engine).reviewed.reviewed()] == [record.id]
    await database.forget(ANN)
    left = await database.answers.get(record.id)
    assert (left.question, left.understood, left.asker_id, left.heard) == ("Why?", "", BEN, frozenset({MOD}))
    assert left.changes > record.changes + 1
    assert {row.answer_id for row in await database.rows("receipts")} == {untouched.id}
    assert await stores_of(database.engine).reviewed.reviewed() == [], "it asks something else without those words"


@pytest.mark.parametrize(("began", "is_known"), [(-1, False), (1, True)])
async def test_a_question_under_way_is_recorded_without_who_was_forgotten(
    database: Database, began: int, is_known: bool
) -> None:
    await database.forget(ANN)
    since = NOON + timedelta(seconds=began)
    own = await database.answers.add(follow_up(BEN), Asked(ANN, 5, 6, NOON + timedelta(seconds=9), since=since))
    other = await database.answers.add(follow_up(ANN, MOD), Asked(BEN, 5, 6, NOON + timedelta(seconds=9), since=since))
    assert own == await database.answers.get(own.id)
    assert other == await database.answers.get(other.id)
    words = "Why? (Zebulon Quackenbush)"
    assert (own.asker_id, own.question, own.understood) == ((ANN, "Why?", words) if is_known else (0, "", None))
    assert (other.asker_id, other.question, other.understood) == (BEN, "Why?", words if is_known else "")
    assert (str(ANN) in await database.everything()) is is_known
    assert len(await database.rows("receipts")) == (2 if is_known else 0)
    await database.privacy.expire_spending(before=date.max)
    assert await database.rows("tombstones") == []


async def test_messages_that_mention_the_person_are_to_be_reworded(database: Database) -> None:
    record, notices = await database.add(BEN), stores_of(database.engine).notices
    for message_id, text in ((1, f"<@{ANN}> <@{BEN}> Look."), (2, f"<@{BEN}>, look.")):
        await notices.add(Notice(MessageRef(6, message_id), record.id, text))
    assert await notices.outdated() == []
    await database.forget(ANN)
    [notice] = await notices.outdated()
    assert notice == Notice(MessageRef(6, 1), record.id, f"somebody <@{BEN}> Look.")
    await notices.set_shown(notice)
    assert await notices.outdated() == []
    await database.privacy.expire(asked_before=NOON + timedelta(days=1), limit=9, now=NOON)
    assert [one.text for one in await notices.outdated()] == ["somebody somebody Look.", "somebody, look."]


async def test_old_questions_expire_in_batches_oldest_first(database: Database) -> None:
    days = [await database.add(ANN, at=NOON - timedelta(days=days)) for days in (3, 2, 1)]
    await database.feedback.vote(days[0].id, BEN, Thumb.DOWN, NOON)
    await database.feedback.comment(days[0].id, BEN, "Ann is wrong.")
    until = NOON - timedelta(days=2)
    assert [await database.privacy.expire(asked_before=until, limit=1, now=NOON) for _ in range(2)] == [1, 0]
    until = NOON
    assert [await database.privacy.expire(asked_before=until, limit=9, now=NOON) for _ in range(2)] == [2, 0]
    records = [await database.answers.get(record.id) for record in days]
    assert [(record.question, record.asker_id) for record in records] == [("", 0)] * 3
    assert records[0].votes == Votes(down=1)
    assert await database.rows("receipts") == []
