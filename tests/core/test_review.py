"""Records and verdicts over a real SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from examples import a_citation, an_abstention, an_answer

from footnote.adapters.database import DatabaseStore, open_engine, upgrade
from footnote.errors import UnknownAnswer
from footnote.records import AnswerRecord, Decision, MessageRef, Verdict
from footnote.review import AlreadyDecided, Review, utc_now

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One for all tests: each puts its own answers on record."""
    url = f"sqlite:///{tmp_path_factory.mktemp('review') / 'footnote.db'}"
    upgrade(url)
    return url


@pytest.fixture
async def store(database: str) -> AsyncIterator[DatabaseStore]:
    store = DatabaseStore(open_engine(database))
    yield store
    await store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def review(store: DatabaseStore, clock: Clock) -> Review:
    return Review(store, clock=clock)


async def a_record(review: Review) -> AnswerRecord:
    return await review.record(an_answer(), asker_id=7, guild_id=1, channel_id=2)


async def test_an_answer_is_put_on_record_with_who_asked_where_and_when(review: Review, clock: Clock) -> None:
    clock.now += timedelta(hours=1)
    record = await review.record(an_answer(), asker_id=7, guild_id=1, channel_id=2)
    assert record == await review.store.get(record.id)
    assert (record.asker_id, record.guild_id, record.channel_id) == (7, 1, 2)
    assert record.asked_at == NOON + timedelta(hours=1)
    assert (record.answered, record.citations, record.verdict) == (True, an_answer().citations, None)


async def test_an_abstention_in_a_direct_message_is_put_on_record_too(review: Review) -> None:
    outcome = an_abstention("Who paid?", a_citation())
    record = await review.record(outcome, asker_id=7, guild_id=None, channel_id=2)
    assert (record.answered, record.guild_id, record.citations) == (False, None, outcome.nearest)


@pytest.mark.parametrize("decision", list(Decision))
async def test_a_verdict_comes_back_with_its_record_and_the_clock_s_time(
    review: Review, clock: Clock, decision: Decision
) -> None:
    record = await a_record(review)
    clock.now += timedelta(minutes=5)
    decided = await review.decide(record.id, decision, moderator_id=9)
    assert decided.verdict == Verdict(record.id, decision, 9, NOON + timedelta(minutes=5))
    assert decided == await review.store.get(record.id)


@pytest.mark.parametrize(
    ("second", "moderator_id"), [(Decision.APPROVED, 9), (Decision.APPROVED, 10), (Decision.REJECTED, 10)]
)
async def test_the_first_verdict_stands(review: Review, clock: Clock, second: Decision, moderator_id: int) -> None:
    record = await a_record(review)
    await review.decide(record.id, Decision.REJECTED, moderator_id=9)
    clock.now += timedelta(seconds=1)
    with pytest.raises(AlreadyDecided, match="is already rejected") as refused:
        await review.decide(record.id, second, moderator_id=moderator_id)
    first = Verdict(record.id, Decision.REJECTED, 9, NOON)
    assert refused.value.verdict == first
    assert (await review.store.get(record.id)).verdict == first


async def test_the_same_verdict_by_the_same_moderator_again_changes_nothing(review: Review, clock: Clock) -> None:
    record = await a_record(review)
    first = await review.decide(record.id, Decision.REJECTED, moderator_id=9)
    clock.now += timedelta(seconds=1)
    assert await review.decide(record.id, Decision.REJECTED, moderator_id=9) == first


async def test_a_verdict_on_one_answer_leaves_the_others_undecided(review: Review) -> None:
    one, other = await a_record(review), await a_record(review)
    await review.decide(one.id, Decision.APPROVED, moderator_id=9)
    assert (await review.store.get(other.id)).verdict is None


async def test_an_answer_that_is_not_on_record_cannot_be_decided(review: Review) -> None:
    with pytest.raises(UnknownAnswer, match="Answer 4711 is not on record"):
        await review.decide(4711, Decision.APPROVED, moderator_id=9)


async def test_a_review_channel_counts_from_the_moment_it_is_chosen(review: Review, clock: Clock) -> None:
    await review.set_review_channel(1, 20)
    assert await review.store.review_channel(1) == (20, NOON)
    clock.now += timedelta(days=1)
    await review.set_review_channel(1, 21)
    assert await review.store.review_channel(1) == (21, NOON + timedelta(days=1))


async def test_choosing_the_same_review_channel_again_changes_nothing(review: Review, clock: Clock) -> None:
    await review.set_review_channel(2, 20)
    clock.now += timedelta(days=1)
    await review.set_review_channel(2, 20)
    assert await review.store.review_channel(2) == (20, NOON)


async def test_review_can_be_switched_off(review: Review) -> None:
    await review.set_review_channel(3, 20)
    await review.set_review_channel(3, None)
    assert await review.store.review_channel(3) is None


def test_the_clock_of_everyday_knows_its_time_zone() -> None:
    assert utc_now().tzinfo is UTC


async def test_a_posted_answer_is_found_by_its_message(review: Review) -> None:
    record = await a_record(review)
    assert await review.store.find_posted(5001) is None
    await review.store.set_posted(record.id, MessageRef(2, 5001))
    found = await review.store.find_posted(5001)
    assert found is not None
    assert found.id == record.id
