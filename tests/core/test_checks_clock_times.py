"""Times of day in claims and sources: which are the same."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource, has_numbers
from footnote.checks.figures.numbers import in_digits


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The Oddmoor pool opens at 9 am.", "The Oddmoor pool opens at 9:00 am."),
        ("The pool opens at 9:00.", "The pool opens at nine o'clock."),
        ("The pool is open from 9 a.m. to 5 p.m.", "The pool is open from 09:00 to 17:00."),
        ("The pool is open from 9 am to 5 pm.", "The pool is open from 9 to 5."),
        ("The pool is open 9 to 5.", "The pool is open from 9am–5pm."),
        ("The pool is open 9-11 am.", "The pool is open from 9 am to 11 am."),
        ("The pool opens at 9 in the morning.", "The pool opens at 9 a.m., and closes late."),
        ("The show begins at 18:30.", "The show begins at 6:30 pm."),
        ("The show begins at 7.15 pm.", "The show begins at 7:15 pm."),
        ("The show begins at 7.15.", "The show begins at 7:15 pm."),
        ("The show begins at half past nine pm.", "The show begins at 21:30."),
        ("The show begins at 12:30.", "The show begins at 12:30 pm."),
        ("The show begins at 12:30.", "The show begins at 00:30."),
        ("The price rose from 5.10 to 7.15.", "The price rose from 5.1 to 7.15."),
        ("Oddmoor won 3:1.", "It ended 3:1 for Oddmoor."),
        ("She ran it in 2:05:30.", "She ran it in 2:05:30."),
        ("A ferry leaves at 7 p.m.", "Ferries leave at 6, 7 and 8 p.m."),
        ("A ferry leaves at 7.15 p.m.", "Ferries leave 6.15, 7.15 and 8.15 p.m."),
        ("Services are held at 8 am.", "Sunday services: 8 and 10 am."),
        ("Doors open at 7 pm.", "Doors 7, show 8 pm."),
        ("The pool opens Monday 9.", "The pool opens on Monday at 9 am."),
        ("The pool opens on Monday 9.30.", "The pool opens on Monday at 9:30 am."),
        ("The pool opens at 9.30 on Monday.", "Monday 9.30–17.00"),
    ],
)
def test_one_time_in_two_forms_passes(claim: str, source: str) -> None:
    assert has_numbers(claim, [QuotedSource(source)])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The pool opens at 9 pm.", "The pool opens at 9 am."),
        ("The pool opens at 9:30 p.m.", "The pool opens at 9:30 a.m."),
        ("The pool opens at 9:30 p.m.", "The pool opens at 9 p.m."),
        ("The pool opens at 12 pm.", "The pool opens at 12 am."),
        ("The pool opens at 10 am.", "The pool opens at 9:00."),
        ("The show begins at half past nine am.", "The show begins at 21:30."),
        ("Oddmoor won 3:10.", "Oddmoor won 31:0."),
        ("A ferry leaves at 9 p.m.", "Ferries leave at 6, 7 and 8 p.m."),
        ("A ferry leaves at 7 a.m.", "Ferries leave at 7 p.m. and 8 p.m."),
        ("The show at 9 am costs 5 euros.", "The shows are at 9 am and 5 pm and cost 6 euros."),
        ("The show at 9 am costs €5.", "The shows are at 9 am and 5 pm and cost €6."),
        ("At 9 am 5 people came.", "It opens at 9 am and closes at 5 pm."),
        ("Oddmoor won 3:1.", "Oddmoor won with 31 points."),
    ],
)
def test_another_time_does_not_pass(claim: str, source: str) -> None:
    assert not has_numbers(claim, [QuotedSource(source)])


@pytest.mark.parametrize("text", ["from 9 a.m. to 5 p.m.", "from 9 am to 5pm", "from 09:00 to 17:00"])
def test_times_get_one_form(text: str) -> None:
    assert in_digits(text).rstrip(".") == "from 9:00 to 17:00"
