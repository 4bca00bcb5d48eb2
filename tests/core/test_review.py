"""Answers on record, over a real SQLite file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from examples import a_citation, an_abstention, an_answer

from footnote.adapters.database import DatabaseStore, open_engine, upgrade
from footnote.records.answers import AnswerRecord, MessageRef
from footnote.review.recording import Review, utc_now

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


class Clock:
    """A clock that only moves when told to."""

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
