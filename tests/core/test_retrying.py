"""When a call is repeated, and how `Retry-After` is used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from footnote.adapters.retrying import RetryPolicy, retry_after


class Failing:
    """Fails so many times, then gives its number of calls."""

    def __init__(self, failures: int, error: type[Exception] = OSError) -> None:
        self._failures = failures
        self._error = error
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        if self.calls <= self._failures:
            raise self._error
        return self.calls


def is_passing(error: BaseException) -> bool:
    return isinstance(error, OSError)


def pauses_of(
    policy: RetryPolicy, call: Callable[[], int], asked_for: Callable[[BaseException], float | None] = lambda _: None
) -> list[float]:
    pauses: list[float] = []
    policy.run_blocking(call, is_passing, requested_wait=asked_for, pause=pauses.append)
    return pauses


def test_pauses_double() -> None:
    assert pauses_of(RetryPolicy(4, 0.5), Failing(3)) == [0.5, 1.0, 2.0]


def test_the_server_says_how_long_the_pause_is() -> None:
    assert pauses_of(RetryPolicy(4, 0.5), Failing(2), lambda _: 0.1) == [0.1, 0.1]


@pytest.mark.parametrize(
    ("policy", "call", "calls"),
    [
        (RetryPolicy(3, 0.5), Failing(9), 3),
        (RetryPolicy(9, 0.5, longest_pause=1.0), Failing(9), 3),
        (RetryPolicy(9, 0.5), Failing(9, ValueError), 1),
    ],
    ids=["too often", "too long", "not passing"],
)
def test_the_last_error_is_raised(policy: RetryPolicy, call: Failing, calls: int) -> None:
    with pytest.raises((OSError, ValueError)):
        pauses_of(policy, call)
    assert call.calls == calls


async def test_no_pause_goes_beyond_the_time_that_is_left() -> None:
    call = Failing(9)

    async def asked() -> int:
        return call()

    with pytest.raises(OSError):  # noqa: PT011 - the one that the call raises
        await RetryPolicy(9, 0.0).run(asked, is_passing, time_left=lambda: 3.0 - call.calls)
    assert call.calls == 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "7", "retry-after-ms": "250"}, 0.25),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "9" * 400}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "Sat, 28 Feb 2026 12:00:00"}, None),
        ({"retry-after": "Sat, 28 Feb 2015 12:00:00 GMT"}, 0.0),
    ],
)
def test_what_a_server_asks_for(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_server_may_name_a_date() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3590 < (retry_after({"retry-after": until}) or 0) <= 3600
