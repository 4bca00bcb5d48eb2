"""Days, months and weekdays as texts name them."""

from __future__ import annotations

import pytest

from footnote.checks.dates.days import (
    days_and_months,
    months_alone,
    weekdays_in,
    with_full_names,
    with_singular_weekdays,
)


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Up to 20 may attend.", []),
        ("Children under 12 may travel free, and may 6 times.", []),
        ("They march 20 km, and 20 march home.", []),
        ("on the 3rd of may", [(3, 5)]),
        ("on 6 may 2021", [(6, 5)]),
        ("on march 6, 2021", [(6, 3)]),
    ],
)
def test_a_small_may_is_a_month_only_in_a_whole_date(text: str, found: list[tuple[int, int]]) -> None:
    assert days_and_months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the sixth of September", [(6, 9)]),
        ("the twenty-first of June and the Thirtieth of July", [(21, 6), (30, 7)]),
        ("the first and third of May", [(1, 5), (3, 5)]),
        ("on May the fourth the fair began", [(4, 5)]),
        ("On June twenty-first it fell.", [(21, 6)]),
        ("September first, 2020", [(1, 9)]),
        ("It fell in June, on September the 6th.", [(6, 9)]),
        ("In May the first ship came.", []),
        ("In May the 20 ships came.", []),
        ("She came in March first.", []),
        ("A third of May was wet, and one third of June.", []),
        ("the first of May's storms", []),
        ("the first of many", []),
    ],
)
def test_an_ordinal_in_words_is_a_day(text: str, found: list[tuple[int, int]]) -> None:
    assert days_and_months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 1 and 3 May", [(1, 5), (3, 5)]),
        ("on 1, 2, and 3 May", [(1, 5), (2, 5), (3, 5)]),
        ("from 6 to 8 May", [(6, 5), (8, 5)]),
        ("between the 6th and the 8th of May", [(6, 5), (8, 5)]),
        ("in the night of 6/7 May", [(6, 5), (7, 5)]),
        ("from May 6 to 8", [(6, 5), (8, 5)]),
        ("May 6–8 was wet", [(6, 5), (8, 5)]),
        ("on May 6, 8 and 10, 2021", [(6, 5), (8, 5), (10, 5)]),
        ("from 6 May to 8 June", [(6, 5), (8, 6)]),
        ("from May 6 to 8 June", [(6, 5), (8, 6)]),
        ("On May 6 and 8 people came.", [(6, 5)]),
        ("On May 6, 8 people came.", [(6, 5)]),
        ("On May 6 and 8% came.", [(6, 5)]),
        ("It sold 20, and 3 May was wet.", [(3, 5)]),
        ("from 3.5 to 6 May", [(6, 5)]),
    ],
)
def test_the_days_of_a_list_or_range_share_its_month(text: str, found: list[tuple[int, int]]) -> None:
    assert days_and_months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell on 2021-09-06.", [(6, 9)]),
        ("It fell at 2021-09-06T10:00.", [(6, 9)]),
        ("part 2021-13-06", []),
        ("part 7-2021-09-06-1", []),
        ("part 2021-09-061", []),
    ],
)
def test_a_date_in_figures_begins_with_its_year(text: str, found: list[tuple[int, int]]) -> None:
    assert days_and_months(text) == found


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("in Sept", "in September"),
        ("in Dec. 2020, Jan 2021 and Oct.", "in December 2020, January 2021 and October"),
        ("on Mon, Tues. and Thurs", "on Monday, Tuesday and Thursday"),
        ("on Sun, 6 May and Sat May 5", "on Sunday, 6 May and Saturday May 5"),
        ("It fell on Wed.", "It fell on Wednesday"),
        ("The 2020 fair", "The 2020 fair"),
        ("Jan and Dec met in may.", "Jan and Dec met in may."),
        ("Sun, sea and the Sun.", "Sun, sea and the Sun."),
        ("the Sun, May 2020", "the Sun, May 2020"),
        ("He Sat on Sun Street, and mon ami wed.", "He Sat on Sun Street, and mon ami wed."),
        ("Mons and Friesland", "Mons and Friesland"),
        ("in Mon State and the Mon Valley", "in Mon State and the Mon Valley"),
        ("Closed Mon. Entry is free.", "Closed Monday Entry is free."),
        ("Open Mon Tue Wed, Fri AM and Thu May 5", "Open Monday Tuesday Wed, Friday AM and Thursday May 5"),
        ("On Fri Reed left.", "On Friday Reed left."),
        ("on 5 aprİl, frıday", "on 5 aprIl, friday"),
    ],
)
def test_short_months_and_weekdays_are_read_in_full(text: str, full: str) -> None:
    assert with_full_names(text) == full


@pytest.mark.parametrize(
    ("text", "one"), [("on Mondays and sundays", "on Monday and sunday"), ("on Monday", "on Monday")]
)
def test_weekdays_that_come_again_are_read_as_one(text: str, one: str) -> None:
    assert with_singular_weekdays(text) == one
