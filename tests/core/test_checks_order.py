"""A claim keeps the order of its sources, whichever way round it says it."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.sense.order import has_same_order

TOLD = "The army burned the old bridge before the rebels stormed the palace."


@pytest.mark.parametrize(
    "claim",
    [
        TOLD,
        "The rebels stormed the palace after the army burned the old bridge.",
        "After the army burned the old bridge, the rebels stormed the palace.",
        "The burning of the bridge was followed by the storming of the palace by rebels.",
        "The army burned the old bridge prior to the rebels storming the palace.",
        "The army burned the old bridge. Later the rebels stormed the palace.",
        "The army burned the old bridge and the rebels stormed the palace.",
        "The rebels left before the palace burned.",  # one word on each side tells nothing
        "The mayor resigned before the election.",
    ],
)
def test_the_same_order_passes_in_other_words(claim: str) -> None:
    assert has_same_order(claim, [QuotedSource(TOLD)])


@pytest.mark.parametrize(
    "claim",
    [
        "The rebels stormed the palace before the army burned the old bridge.",
        "Before the army burned the old bridge, the rebels stormed the palace.",
        "The army burned the old bridge after the rebels stormed the palace.",
        "Following the storming of the palace by the rebels, the army burned the old bridge.",
        "The storming of the palace was followed by the burning of the bridge.",
        "The mayor resigned. The rebels stormed the palace ahead of the army burning the bridge.",
        "The rebels stormed the palace two weeks before the army burned the old bridge.",
    ],
)
def test_a_turned_order_does_not(claim: str) -> None:
    assert not has_same_order(claim, [QuotedSource(TOLD)])


@pytest.mark.parametrize(
    "quote",
    [
        "The army burned the old bridge; the rebels stormed the palace afterwards.",
        "Two years after the army burned the old bridge, the rebels stormed the palace.",
    ],
)
def test_a_source_may_give_the_order_in_any_way(quote: str) -> None:
    assert has_same_order(TOLD, [QuotedSource(quote)])


@pytest.mark.parametrize(
    ("claim", "is_same"),
    [
        ("The fire came before the flood.", False),  # a word on each side is enough, and "came" is none
        ("The fire came before the frost.", True),
        ("The flood came before the fire.", True),
    ],
)
def test_two_words_that_changed_sides_turn_it(claim: str, is_same: bool) -> None:
    assert has_same_order(claim, [QuotedSource("The flood came before the fire.")]) is is_same


def test_one_of_several_sources_is_enough_to_turn_it() -> None:
    turned = "The rebels stormed the palace before the army burned the old bridge."
    assert has_same_order(turned, [])
    assert has_same_order(turned, [QuotedSource("The army burned the old bridge.")])
    assert not has_same_order(turned, [QuotedSource("Nothing happened."), QuotedSource(TOLD)])
