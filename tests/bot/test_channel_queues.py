"""Questions in a channel are answered in the order in which they were asked."""

from __future__ import annotations

import asyncio

import pytest

from footnote_bot.wire.channel_queues import ChannelQueues

IN_TIME = 10.0  # seconds; only a fault takes as long


class Asking:
    """Questions, each of which is answered when its turn comes and the test lets it be."""

    def __init__(self) -> None:
        self.queues = ChannelQueues()
        self.answered: list[str] = []
        self.may_end: dict[str, asyncio.Event] = {}

    async def ask(self, name: str, channel: int = 1) -> None:
        with self.queues.spot(channel) as spot:
            await self.may_end.setdefault(name, asyncio.Event()).wait()
            await spot.comes()
            self.answered.append(name)


async def test_who_is_ready_first_still_waits_for_those_ahead() -> None:
    asking = Asking()
    async with asyncio.timeout(IN_TIME), asyncio.TaskGroup() as group:
        for name in ("first", "second", "third"):
            group.create_task(asking.ask(name))
        await asyncio.sleep(0)
        for name in ("third", "second", "first"):
            asking.may_end[name].set()
            await asyncio.sleep(0)
    assert asking.answered == ["first", "second", "third"]


async def test_other_channels_are_not_waited_for() -> None:
    queues = ChannelQueues()
    with queues.spot(1), queues.spot(2) as other:
        assert other.is_next
        await other.comes()


async def test_a_place_is_next_when_all_ahead_have_left() -> None:
    queues = ChannelQueues()
    with queues.spot(1) as first:
        assert first.is_next
        with queues.spot(1) as second:
            assert not second.is_next
            assert first.is_next
    with queues.spot(1) as third:
        assert third.is_next


async def test_who_comes_later_does_not_push_in_when_somebody_in_the_middle_leaves() -> None:
    queues = ChannelQueues()
    with queues.spot(1):
        with queues.spot(1):
            pass
        with queues.spot(1) as last:
            assert not last.is_next


async def test_a_failure_makes_room_for_the_next() -> None:
    queues = ChannelQueues()
    with pytest.raises(ValueError, match="no answer"), queues.spot(1):
        raise ValueError("no answer")
    with queues.spot(1) as spot:
        assert spot.is_next


async def test_a_cancelled_question_does_not_hold_up_the_others() -> None:
    asking = Asking()
    first = asyncio.create_task(asking.ask("first"))
    second = asyncio.create_task(asking.ask("second"))
    await asyncio.sleep(0)
    asking.may_end["second"].set()
    first.cancel()
    async with asyncio.timeout(IN_TIME):
        await second
    assert asking.answered == ["second"]
    assert first.cancelled()
