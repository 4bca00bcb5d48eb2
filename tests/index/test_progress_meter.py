"""How far a build is, and since when."""

from __future__ import annotations

import time

import pytest

from footnote_index.building.progress_meter import LONGEST_SLEEP, ProgressMeter
from footnote_index.building.reports import Expense, Progress, Stage


class Stopped(Exception):
    """Somebody has stopped the build."""


def stop(_: Progress) -> None:
    raise Stopped


def test_progress_is_told_with_the_seconds_since_the_build_began() -> None:
    told: list[Progress] = []
    meter = ProgressMeter(told.append)
    before = meter.seconds
    meter.tell(Stage.EMBEDDING, 3, 7, Expense(100, None))
    assert [(one.stage, one.done, one.total, one.expense) for one in told] == [
        (Stage.EMBEDDING, 3, 7, Expense(100, None))
    ]
    assert 0 <= before <= told[0].seconds <= meter.seconds


def test_again_is_the_last_progress_at_a_later_time() -> None:
    told: list[Progress] = []
    meter = ProgressMeter(told.append)
    meter.tell(Stage.READING, 1, 2)
    meter.tell(Stage.WRITING, 5, 6, Expense(1, 2.0))
    began = meter.seconds
    while meter.seconds == began:
        pass
    meter.again()
    one, other = told[1:]
    assert (other.stage, other.done, other.total, other.expense) == (Stage.WRITING, 5, 6, Expense(1, 2.0))
    assert other.seconds > one.seconds


def test_before_anything_is_told_nothing_is_read_yet() -> None:
    told: list[Progress] = []
    ProgressMeter(told.append).again()
    assert [(one.stage, one.done, one.total) for one in told] == [(Stage.READING, 0, 0)]


def test_an_expense_is_of_its_own_report_only() -> None:
    told: list[Progress] = []
    meter = ProgressMeter(told.append)
    meter.tell(Stage.EMBEDDING, 1, 1, Expense(1, None))
    meter.tell(Stage.WRITING, 1, 1)
    assert told[1].expense is None


@pytest.mark.parametrize("seconds", [0.0, -1.0])
def test_no_pause_reports_nothing(seconds: float) -> None:
    told: list[Progress] = []
    ProgressMeter(told.append).pause(seconds)
    assert told == []


def test_a_pause_lasts_as_long_as_it_should_and_reports_at_its_end() -> None:
    told: list[Progress] = []
    began = time.monotonic()
    ProgressMeter(told.append).pause(0.01)
    assert time.monotonic() - began >= 0.01
    assert told


def test_a_stopped_build_does_not_wait_for_the_end_of_a_pause() -> None:
    meter = ProgressMeter(stop)
    with pytest.raises(Stopped):
        meter.pause(3600)
    assert LONGEST_SLEEP <= meter.seconds < 60


def test_a_stopped_build_ends_at_its_next_report() -> None:
    with pytest.raises(Stopped):
        ProgressMeter(stop).tell(Stage.READING, 1, 2)
