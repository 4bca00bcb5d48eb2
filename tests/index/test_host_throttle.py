"""Requests to one host take turns, and a host with problems is left alone."""

from __future__ import annotations

import asyncio
import time

import pytest

from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.fetch_errors import Gone, Postponed, Unreachable
from footnote_index.web.host_throttle import HostThrottle

AT_ONCE = CrawlLimits(delay=0.0)
FEW = 60.0
"""Seconds for one host. Whoever would have to wait for longer is turned away at once, so that no test waits."""


async def fail(throttle: HostThrottle, error: Exception) -> None:
    async with throttle.turn():
        raise error


async def go(throttle: HostThrottle) -> None:
    async with throttle.turn():
        pass


async def test_one_request_at_a_time_in_the_order_in_which_they_came() -> None:
    throttle, seen, may_end = HostThrottle(AT_ONCE), list[str](), asyncio.Event()

    async def ask(name: str) -> None:
        async with throttle.turn():
            seen.append(f"{name} begins")
            await may_end.wait()
            seen.append(f"{name} ends")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(ask("first"))
        tasks.create_task(ask("second"))
        for _ in range(5):
            await asyncio.sleep(0)
        assert seen == ["first begins"]
        may_end.set()
    assert seen == ["first begins", "first ends", "second begins", "second ends"]


async def test_a_pause_comes_after_each_request_even_one_that_failed() -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.02))
    began = time.monotonic()
    await go(throttle)
    assert time.monotonic() - began < 0.02
    with pytest.raises(Gone):
        await fail(throttle, Gone("404"))
    await go(throttle)
    assert time.monotonic() - began >= 0.04


@pytest.mark.parametrize(
    ("own", "asked", "longest", "may_go"),
    [
        (0.0, 59.0, 90.0, True),
        (0.0, 61.0, 90.0, False),
        (0.0, 61.0, 59.0, True),  # no longer than we wait at most
        (61.0, 1.0, 90.0, False),  # no shorter than our own pause
    ],
)
async def test_robots_txt_may_ask_for_a_longer_pause(own: float, asked: float, longest: float, may_go: bool) -> None:
    throttle = HostThrottle(CrawlLimits(delay=own, longest_delay=longest, host_time=FEW))
    throttle.slow_down(asked)
    turn = asyncio.ensure_future(go(throttle))
    for _ in range(3):
        await asyncio.sleep(0)
    assert turn.done() is not may_go
    if may_go:
        turn.cancel()
    else:
        with pytest.raises(Postponed, match="its server is slow; the next build continues with it"):
            await turn


async def test_a_short_wait_that_a_server_asks_for_is_waited_for() -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.0, longest_wait=30.0))
    began = time.monotonic()
    assert throttle.postpone(0.02)
    await go(throttle)
    assert time.monotonic() - began >= 0.02


async def test_the_longest_wait_is_still_in_this_build() -> None:
    assert HostThrottle(CrawlLimits(longest_wait=30.0)).postpone(30.0)


async def test_a_longer_wait_is_too_long_for_this_build() -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.0, longest_wait=30.0))
    assert not throttle.postpone(3600.5)
    for _ in range(2):
        with pytest.raises(Postponed, match=r"^its server asks to wait for 3,600 s$"):
            await go(throttle)


async def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.0, longest_wait=90.0, host_time=FEW))
    assert throttle.postpone(61.0)
    assert throttle.postpone(0.0)
    with pytest.raises(Postponed):
        await go(throttle)


async def test_a_host_that_fails_again_and_again_is_left_alone() -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.0, patience=2))
    for _ in range(2):
        with pytest.raises(Unreachable):
            await fail(throttle, Unreachable("it does not answer"))
    with pytest.raises(Postponed, match="its server failed 2 times in a row; the next build tries again"):
        await go(throttle)


@pytest.mark.parametrize("error", [None, Gone("404")])
async def test_a_host_that_answers_starts_again_from_no_failures(error: Exception | None) -> None:
    throttle = HostThrottle(CrawlLimits(delay=0.0, patience=2))
    for _ in range(3):
        with pytest.raises(Unreachable):
            await fail(throttle, Unreachable("it does not answer"))
        if error:
            with pytest.raises(Gone):
                await fail(throttle, error)
        else:
            await go(throttle)
