"""What begins where, and ends where."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.figures.ranges import has_same_ranges


@pytest.mark.parametrize(
    ("claim", "quote", "is_same"),
    [
        ("The pier is open from 17:00 to 9:00.", "The pier is open from 9:00 to 17:00.", False),
        ("The pier is open from 9:00 to 17:00.", "The pier is open from 9:00 to 17:00.", True),
        ("The pier is open from 9 to 17:00.", "The pier is open from 9:00 to 17:00.", True),
        ("The pier is open from 5 p.m. to 9 a.m.", "The pier is open from 9am until 5pm.", False),
        ("The pier is open from May to March.", "The pier is open from March to May.", False),
        ("The pier is open from Monday to Friday.", "The pier is open from Monday until Friday.", True),
        ("Fares fell from 10 euros to 5 euros.", "Fares fell from 5 euros to 10 euros.", False),
        ("Fares rose from five to ten euros.", "Fares rose from 5 to 10 euros.", True),
        ("Between 80 and 50 ships came.", "Between 50 and 80 ships came.", False),
        ("They sailed from 5 to 9 and from 9 to 5.", "They sailed from 5 to 9, and from 9 to 5.", True),
        ("Reed moved from Thornby to Alderness.", "Reed moved from Alderness to Thornby.", True),  # see roles.py
        ("Fares rose from 5 to 10 euros.", "Fares are 10 euros; they were 5.", True),
        ("Fares rose from 5 to 10 euros.", "Fares, between 10 and 5 euros, rose.", True),
        ("Fares rose from 5 to 10 euros.", "Fares fell from 10 to 5 euros.", True),
        ("Fares were cut from 10 to 5 euros.", "Fares, raised from 5 to 10 euros, were cut again.", True),
        ("Fares went up from 5 to 10 euros.", "Fares went down from 10 to 5 euros.", True),
        ("Fares rose from 10 to 5 euros.", "Fares rose from 5 to 10 euros.", False),
        ("Rates climbed from 6.1% to 4.8%.", "Rates climbed from 4.8% to 6.1%.", False),
        ("Rates climbed from 4.8 to 6.1%.", "Rates climbed from 4.8% to 6.1%.", True),
        ("It warmed from 21 °C to 19 °C.", "It warmed from 19 °C to 21 °C.", False),
        ("It runs from July 29 to June 3.", "It runs from June 3 to July 29.", False),
        ("It grew from 9 square miles to 5.", "It grew from 5 square miles to 9.", False),
        ("Sales went to $4m from $5m.", "Sales went to $5m from $4m.", False),
        ("Sales went from $4m to $5m.", "Sales went to $5m from $4m.", True),
    ],
)
def test_a_range_keeps_its_direction(claim: str, quote: str, *, is_same: bool) -> None:
    assert has_same_ranges(claim, [QuotedSource(quote)]) is is_same
