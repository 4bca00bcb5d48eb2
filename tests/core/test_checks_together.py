"""Names, figures and comparisons stand with the same words as in the sources."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.sense.together import has_parts_together

ARMIES = "The front has 5,000 men, the army has 8,000 men."
EDITED = "Dashty edited the paper, and Zara led the party."


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The front has 5,000 men.", [ARMIES]),
        ("The army has 8,000 men, the front 5,000.", [ARMIES]),
        ("Zara led the party.", [EDITED]),
        ("The paper was edited by Dashty.", [EDITED]),
        ("Fahim Dashty edited the paper.", [EDITED]),
        ("Prices rose by 5 per cent in Kabul.", ["Prices in Kabul rose by 5 per cent and wages fell by 3 per cent."]),
        ("The largest bridge is in Ripon.", ["The largest bridge is in Ripon, the smallest church in Leeds."]),
        ("The party was led by Zara.", ["Zara founded the party.", "She led the party in 1996."]),
        ("The mayor resigned in 1996.", ["The mayor resigned in 1996, and the council resigned in 2001."]),
        ("Nothing of it is said there.", [ARMIES]),
        (
            "Norvik Bank's yearly profit grew by 9%, with more lending to small firms and lower costs.",
            ["Norvik Bank, the Ripon-based lender, made 9% more profit, helped by small firms and lower costs."],
        ),
        ("It fell from 32 seats to 23.", ["The party of Ann Lee took 38.7 percent and 23 seats, down from 32."]),
        ("He said that he would step down as mayor in May.", ["He said that he would give up the office in May."]),
    ],
)
def test_what_stands_with_its_own_words_passes(claim: str, quotes: list[str]) -> None:
    assert has_parts_together(claim, [QuotedSource(quote) for quote in quotes])


@pytest.mark.parametrize(
    ("claim", "quotes"),
    [
        ("The front has 8,000 men.", ["The front has 5,000 brave men.", "The army of Kabul lost 8,000."]),
        ("Zara edited the weekly paper.", ["Fahim Dashty edited the weekly paper, and Zara led the party."]),
        ("Zara edited the weekly paper.", ["Fahim Dashty edited the weekly paper.", "Then Zara became a doctor."]),
        ("Prices fell in Kabul.", ["Prices rose in Kabul."]),
        ("The smallest bridge is in Ripon.", ["The largest bridge is in Ripon."]),
        ("The northern gate is closed at night.", ["The southern gate is closed at night."]),
        (
            "The council resigned over the bridge in 1996.",
            ["The mayor died in 1996.", "The council resigned over the bridge in 2001."],
        ),
    ],
)
def test_what_stands_with_the_words_of_another_does_not(claim: str, quotes: list[str]) -> None:
    assert not has_parts_together(claim, [QuotedSource(quote) for quote in quotes])


@pytest.mark.parametrize(
    ("before", "passes"), [("Zara was a doctor.", True), ("", True), ("Fahim Dashty was a doctor.", False)]
)
def test_a_pronoun_stands_for_what_was_named_before(before: str, passes: bool) -> None:
    quotes = [QuotedSource("She edited the weekly paper.", before=before), QuotedSource("Then Zara became a doctor.")]
    assert has_parts_together("Zara edited the weekly paper.", quotes) is passes


def test_a_name_that_only_begins_sentences_is_a_name() -> None:
    source = QuotedSource("Dashty edited the weekly paper, and Zara led the party.")
    assert not has_parts_together("Zara edited the weekly paper.", [source])
    assert has_parts_together("Dashty edited the weekly paper.", [source])
