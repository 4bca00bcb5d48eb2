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
        ("At most 50 boats came.", "No fewer than 50 boats came."),
        ("It cost over £5 million.", "It cost less than £5,000,000."),
        ("The pier is open until 5 May.", "The pier is open from 5 May."),
        ("The pier is open until May 5.", "The pier is open from 5 May."),
        ("The pier is open until Monday.", "The pier is open from Monday."),
        ("The pier opens after 2019.", "The pier opens by 2019."),
        ("The ferry is free for people over the age of 60.", "The ferry is free for people under 60."),
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
        ("The pier opens by 5 May.", ["The pier opens before 5 May."]),
        # no limit, a range, or both
        ("More than 90 boats came.", ["91 boats came."]),
        ("More than 90 boats came.", ["90 boats came, and then some."]),
        ("The pier is open until 9 May.", ["The pier is open from 5 to 9 May."]),
        ("The pier is open until 9 May.", ["The pier is open from 9 May.", "The pier is open until 9 May."]),
        ("Prices rose by 5 %.", ["Prices rose by over 5 %."]),
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
