"""Numbers that a claim has in another form than its source: how many things are listed, and the time in words."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource, has_numbers
from footnote.checks.figures.numbers import words_in_digits

DEVICES = "The heater, the mirrors and even the lights in the load bay are worked from a touchscreen."
STREETS = "Crews rescued people by boat, most of them in Mill Lane and Cooper Street."


@pytest.mark.parametrize(
    ("claim", "source", "is_given"),
    [
        ("The review names three things that are worked from the touchscreen.", DEVICES, True),
        ("The review names four things that are worked from the touchscreen.", DEVICES, False),
        ("Most of the rescues were in two streets.", STREETS, True),
        ("Most of the rescues were in three streets.", STREETS, False),
        ("Anna and Ben paid 2 euros for the tickets.", "In June, Anna and Ben paid 50 euros for the tickets.", False),
        ("Anna and Ben paid 3 euros for the tickets.", "In June, Anna and Ben paid 50 euros for the tickets.", False),
        ("Marks and Spencer closes 2 shops.", "Marks and Spencer closes 40 shops.", False),
        ("Three men met the mayor.", "On Monday, Smith and Jones met the mayor.", False),
        ("It has three parts.", "It has a lamp, a very long cable of black rubber, a bulb and a switch.", False),
    ],
)
def test_things_that_a_source_lists_may_be_counted(claim: str, source: str, *, is_given: bool) -> None:
    assert has_numbers(claim, [QuotedSource(source)]) is is_given


@pytest.mark.parametrize(
    "sentence",
    [
        "Sales fell by half to 8 million euros.",
        "Sales rose by a quarter to 12 million euros.",
        "She left half to two sisters.",
        "The share rose from a third by a quarter to 9 per cent.",
    ],
)
def test_a_share_is_not_a_time(sentence: str) -> None:
    assert ":" not in words_in_digits(sentence)


@pytest.mark.parametrize(
    ("digits", "words", "is_given"),
    [
        ("9:30", "half past nine", True),
        ("9:15", "quarter past nine", True),
        ("9:45", "quarter to ten", True),
        ("12:45", "quarter to 1", True),
        ("9:15", "quarter to ten", False),
        ("10:30", "half past nine", False),
    ],
)
def test_the_time_may_be_in_words(digits: str, words: str, *, is_given: bool) -> None:
    assert has_numbers(f"Vans may come until {digits}.", [QuotedSource(f"Vans are let in before {words}.")]) is is_given
    assert has_numbers(f"Vans may come until {words}.", [QuotedSource(f"Vans are let in before {digits}.")]) is is_given
