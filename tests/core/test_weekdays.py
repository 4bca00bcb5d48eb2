"""Days that a text means without naming them."""

from __future__ import annotations

import pytest

from footnote.reading.asked_for import asked_for, lacks_label
from footnote.reading.weekdays import asks_for_a_day, spelled_out


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Tuesday to Friday, 14 to 22", "Tuesday to Friday (Wednesday, Thursday), 14 to 22"),
        ("Mon-Thu: 9 to 5", "Mon-Thu (Tuesday, Wednesday): 9 to 5"),
        ("from Fridays until Mondays", "from Fridays until Mondays (Saturday, Sunday)"),
        ("Saturday – Sunday", "Saturday – Sunday"),
        ("Open on weekdays.", "Open on weekdays (Monday, Tuesday, Wednesday, Thursday, Friday)."),
        ("Weekends only", "Weekends (Saturday, Sunday) only"),
        ("Sunday to Sunday", "Sunday to Sunday"),
        ("from Monday to Fridaytown", "from Monday to Fridaytown"),
        ("The monster sat to friend it.", "The monster sat to friend it."),
        ("The sun - saturated - shines.", "The sun - saturated - shines."),
    ],
)
def test_days_between_two_are_spelled_out(text: str, spelled: str) -> None:
    assert spelled_out(text) == spelled


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("are you open on wednesday", True),
        ("open at weekends?", True),
        ("Is it open on Tue.?", True),
        ("When is it open?", False),
        ("Who sang Sundown?", False),
    ],
)
def test_questions_for_a_day(question: str, is_one: bool) -> None:
    assert asks_for_a_day(question) is is_one


@pytest.mark.parametrize(
    ("day", "text", "lacks"),
    [
        ("Saturday", "Weekends only", False),
        ("Monday", "Weekends only", True),
        ("Wednesday", "Open on weekdays.", False),
        ("Sunday", "Open on weekdays.", True),
    ],
)
def test_a_day_that_is_meant_is_there(day: str, text: str, lacks: bool) -> None:
    assert lacks_label(asked_for(f"Is it open on {day}?"), text) is lacks
