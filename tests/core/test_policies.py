"""Which answers are held and which get a card; and how guilds' policies are kept, in a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from examples import a_citation, an_abstention, an_answer
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import DatabaseStore, DatabaseVerdicts, open_engine
from footnote.adapters.database.feedback import DatabaseFeedback
from footnote.adapters.database.holds import DatabaseHolds
from footnote.adapters.database.policies import DatabasePolicies
from footnote.models import Abstention, Answer
from footnote.reading.certainty import NEARLY_ANSWERED_FROM, SURE_FROM
from footnote.records.answers import AnswerRecord, Decision, Hold, Verdict
from footnote.records.policies import DEFAULT, EVERYWHERE, PLAIN, AtDeadline, Cards, Mode, Policy, Ways
from footnote.review.triage import cast, triage
from footnote.stores import Asked, Triage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CARD, NO_CARD = Triage(), Triage(is_for_review=False)

SURE = an_answer()
UNSURE = replace(SURE, confidence=SURE_FROM - 0.01)
FALLBACK = replace(SURE, note="The language model is not available.")
REPOINTED = replace(SURE, receipt=replace(SURE.receipt, misattributed=1))
DROPPED = replace(SURE, receipt=replace(SURE.receipt, unsupported=1))
VERIFIED = replace(UNSURE, receipt=replace(SURE.receipt, answerer="verified"))
NEARLY = replace(an_abstention("Who paid?", a_citation()), confidence=NEARLY_ANSWERED_FROM)
FAR = replace(NEARLY, confidence=NEARLY_ANSWERED_FROM - 0.01)

DOUBTFUL = Policy(cards=Cards.DOUBTFUL)
SAMPLED = Policy(cards=Cards.SAMPLED, share=0.25)


@pytest.mark.parametrize(
    ("policy", "outcome", "dice", "expected"),
    [
        (DEFAULT, SURE, 0.99, CARD),
        (DEFAULT, FAR, 0.99, CARD),
        (DEFAULT, VERIFIED, 0.0, NO_CARD),
        (Policy(Mode.NONE), UNSURE, 0.0, NO_CARD),
        (Policy(Mode.NONE), NEARLY, 0.0, NO_CARD),
        (SAMPLED, SURE, 0.249, CARD),
        (SAMPLED, UNSURE, 0.25, NO_CARD),
        (SAMPLED, NEARLY, 0.249, CARD),
        (replace(SAMPLED, share=1.0), SURE, 0.999999, CARD),
        (replace(SAMPLED, share=0.0), SURE, 0.0, NO_CARD),
        (DOUBTFUL, SURE, 0.0, NO_CARD),
        (DOUBTFUL, replace(SURE, confidence=SURE_FROM), 0.0, NO_CARD),
        (DOUBTFUL, UNSURE, 0.99, CARD),
        (DOUBTFUL, FALLBACK, 0.99, CARD),
        (DOUBTFUL, REPOINTED, 0.99, CARD),
        (DOUBTFUL, DROPPED, 0.99, CARD),
        (DOUBTFUL, VERIFIED, 0.0, NO_CARD),
        (DOUBTFUL, NEARLY, 0.99, CARD),
        (DOUBTFUL, FAR, 0.0, NO_CARD),
    ],
)
def test_a_policy_says_which_answers_get_a_card(
    policy: Policy, outcome: Answer | Abstention, dice: float, expected: Triage
) -> None:
    assert triage(policy, outcome, now=NOON, dice=dice) == expected


@pytest.mark.parametrize("cards", list(Cards))
def test_a_held_answer_waits_with_a_card_whatever_else_gets_one(cards: Cards) -> None:
    policy = Policy(Mode.HOLD, cards, share=0.0, minutes=90)
    held = Triage(is_for_review=True, hold=Hold.WAITING, held_until=NOON + timedelta(minutes=90))
    assert triage(policy, SURE, now=NOON, dice=0.9) == held
    assert triage(policy, FAR, now=NOON, dice=0.9) == (CARD if cards is Cards.ALL else NO_CARD)
    assert triage(policy, VERIFIED, now=NOON, dice=0.9) == NO_CARD


def test_the_dice_fall_the_same_for_the_same_question_and_evenly_over_many() -> None:
    snowflakes = range(1_444_000_000_000_000_000, 1_444_000_000_000_000_000 + 4_000 * 4_194_304, 4_194_304)
    cast_ = [cast(question_id) for question_id in snowflakes]
    assert cast_ == [cast(question_id) for question_id in snowflakes]
    for share in (0.1, 0.25, 0.5):
        assert sum(dice < share for dice in cast_) / len(cast_) == pytest.approx(share, abs=0.03)


# --- kept in a database


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(url)
    yield engine
    await engine.dispose()


@pytest.fixture
def policies(engine: AsyncEngine) -> DatabasePolicies:
    return DatabasePolicies(engine)


async def test_a_channel_has_its_own_policy_or_that_of_the_guild_or_the_default(policies: DatabasePolicies) -> None:
    held = Policy(Mode.HOLD, Cards.DOUBTFUL, 0.5, 15, AtDeadline.POST)
    assert await policies.policy_of(1, 10) == DEFAULT
    await policies.set_policy(1, EVERYWHERE, SAMPLED)
    await policies.set_policy(1, 10, held)
    assert [await policies.policy_of(1, channel) for channel in (10, 11)] == [held, SAMPLED]
    assert await policies.policies(1) == {EVERYWHERE: SAMPLED, 10: held}
    assert await policies.policy_of(2, 10) == DEFAULT
    await policies.set_policy(1, 10, replace(held, minutes=30))
    assert (await policies.policy_of(1, 10)).minutes == 30
    await policies.set_policy(1, 10, None)
    assert await policies.policy_of(1, 10) == SAMPLED


async def test_moderators_and_ask_channels_can_be_set_before_and_without_a_review_channel(
    policies: DatabasePolicies, engine: AsyncEngine
) -> None:
    assert (await policies.moderator_role(3), await policies.ask_channels(3)) == (None, [])
    await policies.set_moderator_role(3, 2**62)
    await policies.set_ask_channels(3, [12, 11, 12])
    assert (await policies.moderator_role(3), await policies.ask_channels(3)) == (2**62, [11, 12])
    store = DatabaseStore(engine)
    assert await store.review_channel(3) is None
    await store.set_review_channel(3, 20, NOON)
    assert (await policies.moderator_role(3), await store.review_channel(3)) == (2**62, (20, NOON))
    await policies.set_moderator_role(3, None)
    await policies.set_ask_channels(3, [])
    assert (await policies.moderator_role(3), await policies.ask_channels(3)) == (None, [])


# --- the end of a hold

UNTIL = NOON + timedelta(minutes=5)


async def a_held_answer(engine: AsyncEngine) -> AnswerRecord:
    held = Triage(hold=Hold.WAITING, held_until=UNTIL)
    return await DatabaseStore(engine).add(an_answer(), Asked(7, 4, 2, NOON), held)


def a_verdict(record: AnswerRecord, decision: Decision = Decision.APPROVED) -> Verdict:
    return Verdict(record.id, decision, 9, UNTIL)


async def test_an_answer_is_overdue_from_its_deadline_until_its_hold_is_ended(engine: AsyncEngine) -> None:
    record, holds = await a_held_answer(engine), DatabaseHolds(engine)

    async def is_overdue(now: datetime) -> bool:
        return record.id in [one.id for one in await holds.overdue(now)]

    just_before = UNTIL - timedelta(microseconds=1)
    assert [await is_overdue(just_before), await is_overdue(UNTIL)] == [False, True]
    assert not await holds.end(record.id, Hold.CLOSED, just_before)
    assert await holds.end(record.id, Hold.CLOSED, UNTIL)
    assert not await is_overdue(UNTIL)
    ended = await DatabaseStore(engine).get(record.id)
    assert (ended.hold, ended.changes) == (Hold.CLOSED, record.changes + 1)


async def test_of_two_processes_one_ends_a_hold(engine: AsyncEngine, url: str) -> None:
    record, other = await a_held_answer(engine), open_engine(url)
    ends = [DatabaseHolds(one).end(record.id, Hold.CLOSED, UNTIL) for one in (engine, other) * 5]
    assert sum(await asyncio.gather(*ends)) == 1
    await other.dispose()


@pytest.mark.parametrize("verdict_comes_first", [True, False])
async def test_of_a_verdict_and_the_deadline_the_first_counts_and_an_approved_answer_is_shown(
    engine: AsyncEngine, verdict_comes_first: bool
) -> None:
    record, store, holds = await a_held_answer(engine), DatabaseStore(engine), DatabaseHolds(engine)
    if verdict_comes_first:
        await DatabaseVerdicts(engine).decide(a_verdict(record))
    assert await holds.end(record.id, Hold.CLOSED, UNTIL) is not verdict_comes_first
    await DatabaseVerdicts(engine).decide(a_verdict(record))
    ended = await store.get(record.id)
    assert (ended.hold, ended.changes) == (Hold.SHOWN, 1 if verdict_comes_first else 2)


async def test_verdicts_at_the_deadline_s_instant_never_leave_an_approved_answer_hidden(
    engine: AsyncEngine, url: str
) -> None:
    other = open_engine(url)
    store, holds = DatabaseStore(engine), DatabaseHolds(other)
    records = [await a_held_answer(engine) for _ in range(10)]
    for record in records:
        await asyncio.gather(
            DatabaseVerdicts(engine).decide(a_verdict(record)), holds.end(record.id, Hold.CLOSED, UNTIL)
        )
    await other.dispose()
    assert {(await store.get(record.id)).hold for record in records} == {Hold.SHOWN}


@pytest.mark.parametrize(
    ("at_deadline", "hold"), [(None, Hold.CLOSED), (Hold.CLOSED, Hold.CLOSED), (Hold.OVERDUE, Hold.OVERDUE)]
)
async def test_a_rejected_answer_is_kept_back_unless_it_was_shown_already(
    engine: AsyncEngine, at_deadline: Hold | None, hold: Hold
) -> None:
    record, store = await a_held_answer(engine), DatabaseStore(engine)
    if at_deadline:
        await DatabaseHolds(engine).end(record.id, at_deadline, UNTIL)
    await DatabaseVerdicts(engine).decide(a_verdict(record, Decision.REJECTED))
    assert (await store.get(record.id)).hold is hold


async def test_the_second_verdict_does_not_let_a_rejected_answer_out(engine: AsyncEngine) -> None:
    record, store = await a_held_answer(engine), DatabaseStore(engine)
    await DatabaseVerdicts(engine).decide(a_verdict(record, Decision.REJECTED))
    await DatabaseVerdicts(engine).decide(replace(a_verdict(record), moderator_id=10))
    assert (await store.get(record.id)).hold is Hold.CLOSED


async def test_a_channel_is_answered_in_its_own_ways_or_those_of_the_guild(policies: DatabasePolicies) -> None:
    everywhere, forum = Ways(in_threads=True), Ways(answers_posts=True, tags=(2**62, 5), solved_tags=(7,))
    assert await policies.ways_of(1, 10) == PLAIN
    await policies.set_ways(1, EVERYWHERE, everywhere)
    await policies.set_ways(1, 10, PLAIN)
    await policies.set_ways(1, 10, forum)
    assert [await policies.ways_of(1, channel) for channel in (10, 11)] == [forum, everywhere]
    assert await policies.ways(1) == {EVERYWHERE: everywhere, 10: forum}
    await policies.set_ways(1, 10, None)
    assert await policies.ways_of(1, 10) == everywhere


async def test_a_person_is_called_once_for_each_answer(engine: AsyncEngine) -> None:
    store, feedback = DatabaseStore(engine), DatabaseFeedback(engine)
    record = await store.add(an_answer(), Asked(7, 4, 2, NOON, calls_people=True))
    assert (record.calls_people, record.person_called_at) == (True, None)
    calls = await asyncio.gather(*(feedback.call_person(record.id, UNTIL) for _ in range(3)))
    assert sum(calls) == 1
    called = await store.get(record.id)
    assert (called.person_called_at, called.changes) == (UNTIL, record.changes + 1)
    await feedback.take_back_call(record.id)
    assert (await store.get(record.id)).person_called_at is None
    assert await feedback.call_person(record.id, UNTIL)
