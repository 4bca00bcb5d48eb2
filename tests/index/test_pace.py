"""Requests wait so that no more than a number of tokens is sent in a minute."""

from __future__ import annotations

from threading import Thread

import pytest

from footnote_index.embedders.openai.pace import RequestPace

SLOW = 60
"""Tokens per minute: one each second. Tests ask for hours, so that their own time does not count."""

HOUR = 3600


def hours(seconds: float) -> int:
    return round(seconds / HOUR)


def test_the_first_request_never_waits() -> None:
    assert RequestPace(SLOW).reserve(100 * HOUR) == 0


def test_each_request_waits_for_the_tokens_before_it() -> None:
    pace = RequestPace(SLOW)
    assert [hours(pace.reserve(tokens * HOUR)) for tokens in (2, 3, 1, 0, 1)] == [0, 2, 5, 6, 6]


@pytest.mark.parametrize("limit", [None, 0])
def test_without_a_limit_nothing_waits(limit: int | None) -> None:
    pace = RequestPace(limit)
    assert [pace.reserve(10**9) for _ in range(3)] == [0, 0, 0]


def test_a_higher_limit_makes_waits_shorter() -> None:
    pace = RequestPace(4 * SLOW)
    pace.reserve(8 * HOUR)
    assert hours(pace.reserve(0)) == 2


def test_what_was_not_used_before_is_not_saved_up() -> None:
    pace = RequestPace(10**6)
    pace.reserve(1)
    while pace.reserve(0):
        pass
    assert pace.reserve(60 * 10**6 * 2) == 0
    assert hours(pace.reserve(0)) == 2


def test_requests_from_several_threads_wait_for_each_other() -> None:
    pace, waits = RequestPace(SLOW), list[float]()
    threads = [Thread(target=lambda: waits.append(pace.reserve(HOUR))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(hours, waits)) == [*range(8)]
