"""Days, months and weekdays as texts name them."""

from __future__ import annotations

import pytest

from footnote.checks.days import days_and_months, months_alone, weekdays_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 6 September it fell.", [(6, 9)]),
        ("On 6th of September it fell.", [(6, 9)]),
        ("On the 1st Sept. it fell.", [(1, 9)]),
        ("On September 6 it fell.", [(6, 9)]),
        ("On September 6th, 2021 it fell.", [(6, 9)]),
        ("on 3 MAY and May 4", [(3, 5), (4, 5)]),
        ("On 31 Dec 2021 it fell.", [(31, 12)]),
        ("In September 2021 it fell.", []),
        ("In September 20:30 is late.", []),
        ("The 106 September cases", []),
        ("6 Maybe", []),
        ("6 marching bands", []),
        ("In September it fell.", []),
        ("", []),
    ],
)
def test_a_day_stands_before_or_behind_its_month(text: str, found: list[tuple[int, int]]) -> None:
    assert days_and_months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell in September and in May.", [9, 5]),
        ("September was cold.", [9]),
        ("May I march?", []),
        ("March is cold, and so is May.", [5]),
        ("It may march in september.", []),
        ("They fled in Sept.", []),
        ("The Augustan age", []),
    ],
)
def test_a_month_has_a_capital_and_a_common_word_does_not_begin_a_text(text: str, found: list[int]) -> None:
    assert months_alone(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday and on FRIDAY", ["monday", "friday"]),
        ("every tuesday, Tuesday", ["tuesday", "tuesday"]),
        ("On Mondays", []),
        ("Sundaylike", []),
    ],
)
def test_weekdays_are_found_in_order(text: str, found: list[str]) -> None:
    assert weekdays_in(text) == found
