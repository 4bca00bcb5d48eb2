"""The statistics of what is on record, by hand and out of a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import DatabaseOverview, DatabaseStore, DatabaseVerdicts, open_engine, overview, upgrade
from footnote.adapters.database.tables import AnswerRow, GuildRow, RevisionRow, RulingRow, VerdictRow, VoteRow
from footnote.models import Abstention, Answer, Citation, Claim, Receipt
from footnote.records.answers import Decision, Hold, MessageRef, Ruling, Verdict, Votes
from footnote.records.overview import MOST_QUESTIONS, DailyCount, Entry, QueueState, Ratio, Statistics, Tally
from footnote.review.gaps import Gap, find_gaps
from footnote.stores import Asked
from footnote_index.embedders.minilm import MiniLM

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
YES, NO = Decision.APPROVED, Decision.REJECTED
ANSWER = Entry(1, "How long?", answered=True, channel_id=1, asked_at=NOON, citations=3)
ABSTENTION = replace(ANSWER, answered=False, citations=0)


def counted(*entries: Entry) -> Statistics:
    tally = Tally()
    for entry in entries:
        tally.add(entry)
    return tally.statistics()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (ANSWER, {"answers": 1, "open": 1}),
        (ABSTENTION, {"abstentions": 1, "open": 1}),
        (replace(ANSWER, is_for_review=False), {"answers": 1}),
        (replace(ANSWER, decision=YES), {"answers": 1, "approval": Ratio(1, 1), "precision": Ratio(3, 3)}),
        (replace(ANSWER, decision=NO), {"answers": 1, "approval": Ratio(0, 1), "rejected": 1}),
        (
            replace(ANSWER, decision=YES, is_revised=True),
            {"answers": 1, "approval": Ratio(1, 1), "corrected": 1, "precision": Ratio(3, 3)},
        ),
        (
            replace(ANSWER, decision=YES, right=1, wrong=1),
            {
                "answers": 1,
                "approval": Ratio(1, 1),
                "corrected": 1,
                "precision": Ratio(2, 3),
                "rulings": Ratio(1, 2),
            },
        ),
        (
            replace(ANSWER, decision=NO, right=1, wrong=1),
            {"answers": 1, "approval": Ratio(0, 1), "rejected": 1, "precision": Ratio(1, 2), "rulings": Ratio(1, 2)},
        ),
        (
            replace(ANSWER, wrong=1),
            {"answers": 1, "open": 1, "precision": Ratio(0, 1), "rulings": Ratio(0, 1)},
        ),
        (replace(ABSTENTION, decision=YES), {"abstentions": 1, "abstaining": Ratio(1, 1)}),
        (replace(ABSTENTION, decision=NO), {"abstentions": 1, "abstaining": Ratio(0, 1)}),
        (replace(ANSWER, round=2), {"answers": 1, "open": 1, "expired": 1}),
        (
            replace(ANSWER, round=2, decision=YES, citations=1),
            {"answers": 1, "approval": Ratio(1, 1), "precision": Ratio(1, 1)},
        ),
        (
            replace(ANSWER, is_for_review=False, is_reused=True, votes=Votes(3, 2, 1)),
            {"answers": 1, "reused": 1, "votes": Votes(3, 2, 1)},
        ),
    ],
)
def test_each_answer_counts_as_what_it_is(entry: Entry, expected: dict[str, object]) -> None:
    found = counted(entry)
    names = set(Statistics.__dataclass_fields__) - {"days"}
    assert {name: getattr(found, name) for name in names} == {
        name: expected.get(name, getattr(counted(), name)) for name in names
    }


def test_shares_of_nothing_have_no_value() -> None:
    nothing = counted()
    assert nothing.answered == nothing.approval == nothing.precision == Ratio(0, 0)
    assert (Ratio(0, 0).value, Ratio(1, 4).value, nothing.seconds_to_verdict, nothing.days) == (None, 0.25, None, ())


def test_the_time_to_a_verdict_is_the_median_from_the_question_on() -> None:
    hours = [1, 2, 30]
    found = counted(*(replace(ANSWER, first_verdict_at=NOON + timedelta(hours=hour)) for hour in hours), ANSWER)
    assert found.seconds_to_verdict == 7200


def test_days_are_those_of_utc_and_in_order() -> None:
    late = datetime(2026, 3, 2, 1, tzinfo=UTC)
    found = counted(replace(ANSWER, asked_at=late, decision=NO), ABSTENTION, replace(ANSWER, decision=YES))
    assert found.days == (
        DailyCount(date(2026, 3, 1), 1, 1, Ratio(1, 1)),
        DailyCount(date(2026, 3, 2), 1, 0, Ratio(0, 1)),
    )


# --- gaps


def missing(*questions: str, channels: set[int] | None = None) -> list[tuple[str, int]]:
    tally = Tally(channels)
    for question in questions:
        tally.add(replace(ABSTENTION, question=question))
    return tally.missing()


def test_questions_that_share_their_words_are_one_gap() -> None:
    lake, mayor = "How deep is the lake?", "Who is the mayor of Kabul?"
    asked = missing(mayor, lake, "Kabul's mayor?", lake, "Is it deep?", "Who paid?")
    assert find_gaps(asked) == [Gap(3, lake), Gap(2, mayor), Gap(1, "Who paid?")]
    assert find_gaps(asked, top=1) == [Gap(3, lake)]
    assert find_gaps([]) == []


def test_with_vectors_meaning_decides() -> None:
    asked = [("How many live there?", 1), ("What is the population?", 2), ("Who rules?", 1)]
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], np.float32)
    assert find_gaps(asked, vectors) == [Gap(3, "How many live there?"), Gap(1, "Who rules?")]
    assert len(find_gaps(asked, vectors, threshold=0.9)) == 3


DIFFERENT = (
    ("who fires the kiln", "how much does it cost to fire the kiln"),
    ("how much did the 2024 fair raise", "how much did the fair raise"),
    ("how much did the fair raise", "how much did the fair raise (since 2026-01-01)"),
    ("how much did the fair raise", "how much did the fair raise (only news)"),
    ("how tall is the gate", "how wide is the gate"),
    ("how much is the hobby plan", "how much is the standard plan"),
    ("how much is hot chocolate", "how much is a hot meal"),
    ("who made the dust extractor", "how much did the dust extractor cost in total"),
    ("is there a sewing machine", "is there a coffee machine"),
    ("what colour is the kiln", "who fires the kiln"),
    ("Is the wood room open?", "Is the wood room closed?"),
)


@pytest.mark.parametrize("asked", DIFFERENT)
def test_different_questions_are_two_gaps_by_words(asked: tuple[str, str]) -> None:
    assert len(find_gaps([(question, 1) for question in asked])) == 2


@pytest.mark.parametrize("asked", DIFFERENT)
def test_different_questions_are_two_gaps_by_meaning(minilm: MiniLM, asked: tuple[str, str]) -> None:
    vectors = np.stack([minilm.embed_question(question) for question in asked])
    assert len(find_gaps([(question, 1) for question in asked], vectors)) == 2


@pytest.mark.parametrize(
    "asked",
    [
        ("who fires the kiln", "Who fires the kiln?"),
        ("who won the raffle", "who won the raffle at the fair"),
        ("is there a lift", "Please, is there a lift?"),
        ("how many members does the club have", "what is the number of members of the club"),
    ],
)
def test_the_same_question_is_one_gap_by_words(asked: tuple[str, str]) -> None:
    assert find_gaps([(question, 1) for question in asked])[0].count == 2


def test_with_the_vectors_of_minilm_the_same_question_in_other_words_is_the_same_gap(minilm: MiniLM) -> None:
    groups = (
        ("How many people live in the Panjshir Valley?", "What is the population of Panjshir?"),
        ("When does the airport reopen?", "Is the airport open yet?"),
        ("How much does an emerald cost?", "What is the price of emeralds?"),
        ("Who leads the resistance?",),
        ("What is the capital of France?",),
    )
    asked = [(question, 1) for group in groups for question in group]
    vectors = np.stack([minilm.embed_question(question) for question, _ in asked])
    assert find_gaps(asked, vectors) == [Gap(len(group), group[0]) for group in groups]


def test_gaps_are_what_was_asked_lately_and_where_the_viewer_can_read() -> None:
    many = [f"What is number {number}?" for number in range(MOST_QUESTIONS + 5)]
    lately = dict(missing(many[1], *many, many[2]))
    assert len(lately) == MOST_QUESTIONS
    assert (many[0] in lately, lately[many[2]], many[-1] in lately) == (False, 1, True)
    assert missing("Where?", "  ", channels={1}) == [("Where?", 1)]
    assert missing("Where?", channels={2}) == []


# --- out of the database


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    url = f"sqlite:///{tmp_path / 'footnote.db'}"
    await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    yield engine
    await engine.dispose()


def a_citation(number: int) -> Citation:
    return Citation(number, "a.md", "0" * 64, "A", None, None, None, 0, 7, "A quote")


def an_answer(*numbers: int) -> Answer:
    """Two claims that share their footnotes."""
    claims = (Claim("A claim.", 1.0, tuple(map(a_citation, numbers))),) * 2
    return Answer("How long?", claims, 0.9, Receipt((), (), "extractive", "g1", 1.0, 1.0))


def an_abstention() -> Abstention:
    return Abstention("Who?", (a_citation(1),), 0.1, Receipt((), (), "extractive", "g1", 1.0, 1.0))


async def filled(engine: AsyncEngine) -> None:
    """1 decided twice, with rulings, a better sentence and votes; 2 an abstention of another guild; 3 untouched."""
    store = DatabaseStore(engine)
    for outcome, guild_id, days in ((an_answer(1, 2, 3), 5, 0), (an_abstention(), 6, 1), (an_answer(1), 5, 2)):
        record = await store.add(outcome, Asked(1, guild_id, 10 + days, NOON + timedelta(days=days)))
        await store.set_posted(record.id, MessageRef(10 + days, record.id))
    await DatabaseVerdicts(engine).decide(Verdict(1, NO, 9, NOON + timedelta(hours=1)))
    by = {"answer_id": 1, "moderator_id": 9}
    async with engine.begin() as connection:
        await connection.execute(update(AnswerRow).where(AnswerRow.id == 1).values(round=2, revision=1, revised_by=9))
        await connection.execute(insert(VerdictRow).values(round=2, decision=YES, decided_at=NOON, **by))
        for number, ruling in ((1, Ruling.RIGHT), (2, Ruling.RIGHT)):
            await connection.execute(insert(RulingRow).values(number=number, ruling=ruling, ruled_at=NOON, **by))
        await connection.execute(insert(RevisionRow).values(revision=1, number=2, revised_at=NOON, before="[]", **by))
        for user_id, vote, is_flagged in ((1, 1, False), (2, -1, True), (3, 0, False)):
            vote_of = {"user_id": user_id, "vote": vote, "is_flagged": is_flagged, "voted_at": NOON}
            await connection.execute(insert(VoteRow).values(answer_id=1, **vote_of))


async def test_entries_hold_what_the_tables_say(engine: AsyncEngine) -> None:
    await filled(engine)
    [first, third] = [entry async for batch in DatabaseOverview(engine).entries(5) for entry in batch]
    assert first == Entry(
        1,
        "How long?",
        answered=True,
        channel_id=10,
        asked_at=NOON,
        decision=YES,
        first_verdict_at=NOON + timedelta(hours=1),
        round=2,
        is_revised=True,
        citations=3,
        right=1,
        wrong=1,
        votes=Votes(1, 1, 1),
    )
    assert (third.id, third.citations, third.decision, third.votes) == (3, 1, None, Votes())


async def test_batches_leave_nothing_out_and_say_nothing_twice(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "ENTRIES_AT_ONCE", 2)
    monkeypatch.setattr(overview, "RECORDS_AT_ONCE", 1)
    await filled(engine)
    looked = DatabaseOverview(engine)
    assert [[entry.id for entry in batch] async for batch in looked.entries(None)] == [[1, 2], [3]]
    assert [[record.id for record in batch] async for batch in looked.records(None)] == [[1], [2], [3]]
    since = NOON + timedelta(hours=1)
    assert [[entry.id for entry in batch] async for batch in looked.entries(5, since=since)] == [[3]]
    assert [[record.id for record in batch] async for batch in looked.records(5, channels={10})] == [[1]]
    assert sorted(await looked.channels(5)) == [10, 12]


async def test_of_two_who_take_a_digest_one_has_it(engine: AsyncEngine) -> None:
    looked, week = DatabaseOverview(engine), timedelta(days=7)
    async with engine.begin() as connection:
        for guild_id, channel_id, since in ((1, 11, NOON), (2, None, NOON), (3, 33, NOON + timedelta(days=2))):
            values = {"review_channel_id": channel_id, "review_since": since}
            await connection.execute(insert(GuildRow).values(id=guild_id, **values))
    assert await looked.due_digests(NOON + timedelta(days=6), every=week) == []
    for days in (7, 14):
        now = NOON + timedelta(days=days)
        (due, *_) = await looked.due_digests(now, every=week)
        assert (due.guild_id, due.channel_id) == (1, 11)
        taken = await asyncio.gather(*(looked.take_digest(due, now) for _ in range(3)))
        assert sorted(taken) == [False, False, True]
    assert [due.guild_id for due in await looked.due_digests(NOON + timedelta(days=15), every=week)] == [3]


async def test_an_answer_that_never_stood_anywhere_waits_for_nobody_unless_it_is_held(engine: AsyncEngine) -> None:
    store, looked = DatabaseStore(engine), DatabaseOverview(engine)
    record = await store.add(an_answer(1), Asked(1, 5, 10, NOON))
    assert (await looked.queue(5, QueueState.OPEN)).total == 0
    async with engine.begin() as connection:
        await connection.execute(update(AnswerRow).values(hold=Hold.WAITING))
    assert [one.id for one in (await looked.queue(5, QueueState.OPEN)).records] == [record.id]
