"""Limits before figures and dates."""

from __future__ import annotations

import pytest

from footnote.checks import EXACT, QuotedSource
from footnote.checks.figures.limits import has_same_limits


def test_it_is_a_check_that_no_claim_may_fail() -> None:
    assert EXACT["same limits"] is has_same_limits


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Children under 12 may row.", "Children over 12 may row."),
        ("Up to 5 boats came.", "At least 5 boats came."),
        ("More than 50 boats came.", "Fewer than fifty boats came."),
        ("More than 50 boats came.", "No more than 50 boats came."),
        ("The shop sold more than 300 boats in May.", "The shop sold almost 300 boats in May."),
        ("Residents aged 65 and under ride free.", "Residents aged 65 and over ride free."),
        ("It takes over 5 and under 12 boats.", "It takes over 5 and over 12 boats."),
        ("In 1999 and over 300 boats came.", "In 1999 and at most 300 boats came."),
        ("Groups of 10 or more pay less.", "Groups of 10 or fewer pay less."),
        ("Boats older than 50 years may race.", "Boats no older than 50 years may race."),
        ("Stays longer than 3 weeks are free.", "Stays shorter than three weeks are free."),
        ("At most 50 boats came.", "No fewer than 50 boats came."),
        ("It cost over £5 million.", "It cost less than £5,000,000."),
        ("The pier is open until 5 May.", "The pier is open from 5 May."),
        ("The pier is open until May 5.", "The pier is open from 5 May."),
        ("The pier is open until Monday.", "The pier is open from Monday."),
        ("The pier opens after 2019.", "The pier opens by 2019."),
        ("The ferry is free for people over the age of 60.", "The ferry is free for people under 60."),
        ("Boats over 50 years old may race.", "Boats under 50 years old may race."),
        ("Rents over 500 a week are taxed in Thornby.", "Rents under 500 a week are taxed in Thornby."),
        ("Up to 24 ferries leave before noon.", "At least 24 ferries leave before noon."),
        ("At least 5 days of rain came.", "Up to 5 days of rain came."),
        ("Catches over 40 kilos are not free of tax.", "Catches under 40 kilos are not free of tax."),
    ],
)
def test_a_limit_turned_round_does_not_pass(claim: str, quote: str) -> None:
    assert not has_same_limits(claim, [QuotedSource(quote)])
    assert not has_same_limits(quote, [QuotedSource(claim)])


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        # another word for the same limit
        ("At most 50 boats came.", ["No more than 50 boats came."]),
        ("Up to 50 boats came.", ["Fewer than 50 boats came."]),
        ("Residents aged 65 and over ride free.", ["Residents aged 65 or older ride free."]),
        ("Masts must not be higher than 20 feet.", ["Masts must be no higher than twenty feet."]),
        ("The pier opens by 5 May.", ["The pier opens before 5 May."]),
        # no limit, a range, or both
        ("More than 90 boats came.", ["91 boats came."]),
        ("More than 90 boats came.", ["90 boats came, and then some."]),
        ("The pier is open until 9 May.", ["The pier is open from 5 to 9 May."]),
        ("The pier is open until 9 May.", ["The pier is open from 9 May.", "The pier is open until 9 May."]),
        ("Prices rose by 5 %.", ["Prices rose by over 5 %."]),
        # a time that something takes, or that it is ahead
        ("Fares rose 10% over five years.", ["Fares rose 10% within five years."]),
        ("The fire on the pier was put out after two hours.", ["The fire on the pier was put out within two hours."]),
        ("The pier was built over 3 full years.", ["The pier was built within 3 full years."]),
        (
            "Guests can cancel up to 24 hours before the ferry.",
            ["Guests can cancel at least 24 hours before the ferry."],
        ),
        ("Guests can book up to two working days ahead.", ["Guests can book at least two working days ahead."]),
        ("Crews can ask at least a week or 7 days in advance.", ["Crews can ask up to a week or 7 days in advance."]),
        # free on one side is not free on the other
        ("Catches up to 40 kilos are free of tax.", ["Catches over 40 kilos are taxed."]),
        ("Catches up to 40 kilos are free of tax.", ["Catches over 40 kilos are not free of tax."]),
        ("Boats under 9 metres are exempt from fees.", ["Boats over 9 metres pay fees."]),
        # the limit of something else
        ("Reed was mayor until 2019.", ["Shaw has been mayor since 2019, when she replaced Reed."]),
        ("Incomes over 5,000 crowns are taxed.", ["Incomes under 5,000 crowns are exempt."]),
        ("Tickets are needed from age 12.", ["Children under 12 need no ticket."]),
        ("The pier did not open before 5 May.", ["The pier opened after 5 May."]),
        ("Reed led the port after 2019.", ["Reed, who ran its office before 2019, led the port."]),
        ("Reed may come before 12 ships may leave.", ["Reed came after ten."]),
    ],
)
def test_what_does_not_turn_a_limit_round_passes(claim: str, quotes: list[str]) -> None:
    assert has_same_limits(claim, [QuotedSource(quote) for quote in quotes])
