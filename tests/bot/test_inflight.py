"""Work in flight: what runs when Discord is left."""

from __future__ import annotations

import asyncio

import pytest

from footnote.errors import Stopping
from footnote_bot.wire.inflight import InFlight

SOON = 0.001
LONG = 60.0


class Work:
    """Runs until it may end, and remembers whether it was cancelled."""

    def __init__(self) -> None:
        self.may_end = asyncio.Event()
        self.has_begun = asyncio.Event()
        self.is_cancelled = False

    async def __call__(self) -> None:
        self.has_begun.set()
        try:
            await self.may_end.wait()
        except asyncio.CancelledError:
            self.is_cancelled = True
            raise


async def test_work_that_ends_in_time_is_not_cancelled() -> None:
    inflight, work = InFlight(), Work()
    inflight.start(work(), name="work")
    await work.has_begun.wait()
    assert not inflight.is_idle
    work.may_end.set()
    await inflight.settle(seconds=LONG)
    assert not work.is_cancelled
    assert inflight.is_idle


async def test_work_that_does_not_end_in_time_is_cancelled() -> None:
    inflight, work = InFlight(), Work()
    inflight.start(work(), name="work")
    await work.has_begun.wait()
    await inflight.settle(seconds=SOON)
    assert work.is_cancelled
    assert inflight.is_idle


async def test_cancelled_work_may_say_so_before_discord_is_left() -> None:
    inflight, begun, said = InFlight(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            inflight.start(last_words(), name="last words")

    async def last_words() -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        said.set()

    inflight.start(work(), name="work")
    await begun.wait()
    await inflight.settle(seconds=SOON)
    assert said.is_set()


async def test_work_that_others_start_meanwhile_is_waited_for() -> None:
    inflight, second = InFlight(), Work()

    async def first() -> None:
        inflight.start(second(), name="second")

    inflight.start(first(), name="first")
    settling = asyncio.create_task(inflight.settle(seconds=LONG))
    await second.has_begun.wait()
    assert not settling.done()
    second.may_end.set()
    await settling
    assert not second.is_cancelled


async def test_a_task_that_has_joined_counts_until_it_ends() -> None:
    inflight, work = InFlight(), Work()

    async def joined() -> None:
        inflight.join()
        await work()

    task = asyncio.create_task(joined())
    await work.has_begun.wait()
    assert not inflight.is_idle
    work.may_end.set()
    await task
    await inflight.settle(seconds=LONG)
    assert inflight.is_idle


async def test_nothing_joins_once_the_bot_stops_but_its_message_about_that_is_waited_for() -> None:
    inflight, said = InFlight(), asyncio.Event()
    await inflight.settle(seconds=SOON)

    async def late() -> None:
        with pytest.raises(Stopping):
            inflight.join()
        assert not inflight.is_idle
        said.set()

    await asyncio.create_task(late())
    await inflight.settle(seconds=LONG)
    assert said.is_set()


async def test_who_settles_does_not_wait_for_itself() -> None:
    inflight = InFlight()

    async def stops() -> None:
        inflight.join()
        await inflight.settle(seconds=LONG)

    await asyncio.wait_for(asyncio.create_task(stops()), timeout=LONG / 2)


async def test_a_failure_is_logged_by_the_name_of_the_work(caplog: pytest.LogCaptureFixture) -> None:
    inflight = InFlight()

    async def fails() -> None:
        raise ValueError

    inflight.start(fails(), name="posting a card")
    await inflight.settle(seconds=LONG)
    [line] = caplog.records
    assert line.getMessage() == "posting a card failed"
    assert line.exc_info


async def test_cancelled_work_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    inflight, work = InFlight(), Work()
    inflight.start(work(), name="work")
    await work.has_begun.wait()
    await inflight.settle(seconds=0)
    assert work.is_cancelled
    assert caplog.records == []
