"""What readers say about answers, and who waits for one, in a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from footnote.adapters.database import DatabaseStore, open_engine
from footnote.adapters.database.feedback import DatabaseFeedback
from footnote.adapters.database.waiting import DatabaseWaiting
from footnote.errors import EnoughWait, UnknownAnswer
from footnote.models import Abstention, Answer, Citation, Claim, Receipt
from footnote.records.answers import Awaited, MessageRef, Thumb, Votes
from footnote.stores import Asked, Triage

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN, BEN = 2**63 - 1, 8
QUOTE = "The bridge opened in 1932."
RECEIPT = Receipt((), (), answerer="extractive", generation="g1", retrieve_ms=1.0, answer_ms=2.0)
CLAIM = Claim(QUOTE, 0.9, (Citation(1, "bridge.md", "a" * 64, "The bridge", None, None, None, 0, len(QUOTE), QUOTE),))
ANSWER = Answer("When did it open?", (CLAIM,), 0.8, RECEIPT)
ABSTENTION = Abstention("Who paid?", (), 0.1, RECEIPT)
NOT_REVIEWED = Triage(is_for_review=False)


class Database:
    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.answers = DatabaseStore(self.engine)
        self.feedback = DatabaseFeedback(self.engine)
        self.waiting = DatabaseWaiting(self.engine)
        self.clicks = 0

    def click(self) -> datetime:
        self.clicks += 1
        return NOON + timedelta(seconds=self.clicks)

    async def add(self, outcome: Answer | Abstention = ANSWER, triage: Triage = NOT_REVIEWED) -> int:
        """The number of an answer that is posted."""
        record = await self.answers.add(outcome, Asked(ANN, 5, 6, NOON), triage)
        await self.answers.set_posted(record.id, MessageRef(6, record.id))
        return record.id

    async def vote(self, answer_id: int, user_id: int, thumb: Thumb) -> Thumb:
        return await self.feedback.vote(answer_id, user_id, thumb, self.click())

    async def flag(self, answer_id: int, user_id: int) -> bool:
        return await self.feedback.flag(answer_id, user_id, self.click())

    async def wait(self, answer_id: int, user_id: int) -> bool:
        return await self.waiting.toggle(answer_id, user_id, self.click())

    async def votes(self, answer_id: int) -> Votes:
        return (await self.answers.get(answer_id)).votes

    async def due(self, generation: str, *, limit: int = 9) -> list[Awaited]:
        return [*await self.waiting.due(generation, limit=limit)]


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.engine.dispose()


# Votes and flags


async def test_each_reader_has_one_vote_and_may_change_it(database: Database) -> None:
    answer = await database.add()
    assert await database.vote(answer, ANN, Thumb.UP) is Thumb.UP
    assert await database.vote(answer, BEN, Thumb.UP) is Thumb.UP
    assert await database.votes(answer) == Votes(up=2)
    assert await database.vote(answer, BEN, Thumb.DOWN) is Thumb.DOWN
    assert await database.votes(answer) == Votes(up=1, down=1)


async def test_the_same_thumb_again_takes_the_vote_back_with_its_comment(database: Database) -> None:
    answer = await database.add()
    await database.vote(answer, ANN, Thumb.DOWN)
    await database.feedback.comment(answer, ANN, "It was 1933.")
    assert await database.vote(answer, ANN, Thumb.DOWN) is Thumb.NONE
    assert await database.votes(answer) == Votes()


async def test_the_same_click_received_twice_counts_once(database: Database) -> None:
    answer = await database.add()
    click = database.click()
    assert [await database.feedback.vote(answer, ANN, Thumb.DOWN, click) for _ in range(2)] == [Thumb.DOWN] * 2
    click = database.click()
    assert [await database.feedback.flag(answer, ANN, click) for _ in range(2)] == [True, True]
    assert await database.votes(answer) == Votes(down=1, flags=1)


async def test_comments_come_newest_first_and_only_from_those_with_a_thumb_down(database: Database) -> None:
    answer = await database.add()
    for user_id, comment in ((ANN, "first"), (BEN, "second")):
        await database.vote(answer, user_id, Thumb.DOWN)
        await database.feedback.comment(answer, user_id, comment)
    await database.vote(answer, 9, Thumb.UP)
    await database.feedback.comment(answer, 9, "not counted")
    assert (await database.votes(answer)).comments == ("second", "first")


async def test_a_thumb_down_and_a_flag_send_an_answer_to_review(database: Database) -> None:
    praised, thumbed, flagged = [await database.add() for _ in range(3)]
    await database.vote(praised, ANN, Thumb.UP)
    await database.vote(thumbed, ANN, Thumb.DOWN)
    await database.flag(flagged, ANN)
    records = [await database.answers.get(number) for number in (praised, thumbed, flagged)]
    assert [(record.is_for_review, record.changes) for record in records] == [(False, 0), (True, 1), (True, 1)]
    assert sorted(await database.answers.outdated()) == [thumbed, flagged]


async def test_undoing_is_shown_too_but_the_answer_stays_up_for_review(database: Database) -> None:
    answer = await database.add()
    assert [await database.flag(answer, ANN) for _ in range(2)] == [True, False]
    record = await database.answers.get(answer)
    assert (record.votes, record.is_for_review, record.changes) == (Votes(), True, 2)


async def test_complaints_bring_older_answers_a_card(database: Database) -> None:
    plain, thumbed, flagged = [await database.add(triage=Triage()) for _ in range(3)]
    await database.vote(plain, ANN, Thumb.UP)
    await database.vote(thumbed, ANN, Thumb.DOWN)
    await database.flag(flagged, ANN)
    found = await database.answers.without_card(5, since=NOON + timedelta(days=1), limit=9)
    assert [record.id for record in found] == [thumbed, flagged]


async def test_of_clicks_at_once_none_is_lost(database: Database) -> None:
    answer = await database.add()
    await asyncio.gather(*(database.vote(answer, user_id, Thumb.DOWN) for user_id in range(1, 41)))
    await asyncio.gather(*(database.vote(answer, 1, Thumb.UP) for _ in range(7)))
    assert await database.votes(answer) == Votes(up=1, down=39)


async def test_an_unknown_answer_has_no_votes(database: Database) -> None:
    with pytest.raises(UnknownAnswer):
        await database.vote(404, ANN, Thumb.UP)
    with pytest.raises(UnknownAnswer):
        await database.flag(404, ANN)
    with pytest.raises(UnknownAnswer):
        await database.wait(404, ANN)


# Waiting


async def test_who_waits_is_asked_for_once_in_each_generation_oldest_first(database: Database) -> None:
    first, second, nobody = [await database.add(ABSTENTION) for _ in range(3)]
    for answer_id, user_id in ((second, ANN), (first, BEN), (first, ANN)):
        assert await database.wait(answer_id, user_id)
    assert await database.due("g1") == []
    assert await database.due("g2") == [Awaited(first, (BEN, ANN)), Awaited(second, (ANN,))]
    assert await database.due("g2", limit=1) == [Awaited(first, (BEN, ANN))]
    await database.answers.set_checked([first, second, nobody], "g2")
    assert await database.due("g2") == []
    assert len(await database.due("g3")) == 2


async def test_asking_for_it_again_takes_it_back(database: Database) -> None:
    abstention = await database.add(ABSTENTION)
    assert [await database.wait(abstention, ANN) for _ in range(3)] == [True, False, True]
    assert await database.due("g2") == [Awaited(abstention, (ANN,))]


async def test_the_first_answer_is_the_one_that_is_sent(database: Database) -> None:
    abstention, answer, other = await database.add(ABSTENTION), await database.add(), await database.add()
    for user_id in (ANN, BEN):
        await database.wait(abstention, user_id)
    claims = [await database.waiting.answer(abstention, number) for number in (answer, other)]
    assert (claims, await database.waiting.answer_to(abstention)) == ([True, False], answer)
    assert await database.waiting.untold() == [Awaited(abstention, (ANN, BEN), answered_by=answer)]
    await database.waiting.set_told(answer, NOON)
    assert (await database.waiting.untold(), await database.due("g2")) == ([], [])


async def test_no_more_people_wait_than_can_be_notified(database: Database) -> None:
    abstention = await database.add(ABSTENTION)
    for user_id in range(1, 81):
        assert await database.wait(abstention, user_id)
    with pytest.raises(EnoughWait):
        await database.wait(abstention, 81)
    [awaited] = await database.due("g2")
    assert len(awaited.people) == 80
