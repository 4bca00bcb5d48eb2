"""Who did it and who it was done to, what caused what, and which unit a figure has."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.sense.counts import has_same_counts
from footnote.checks.sense.roles import has_known_cause, has_same_roles


@pytest.mark.parametrize(
    ("claim", "quotes", "are_same"),
    [
        ("Arsenal beat Chelsea.", ["Arsenal beat Chelsea."], True),
        ("Chelsea defeated Arsenal.", ["Arsenal defeated Chelsea."], False),
        ("FC Arsenal was defeated by Chelsea.", ["FC Arsenal defeated Chelsea."], False),
        ("FC Chelsea was defeated by Arsenal.", ["FC Arsenal defeated Chelsea."], True),
        ("Chelsea met Arsenal.", ["Arsenal met Chelsea."], True),
        ("Chelsea praised Arsenal.", ["Arsenal defeated Chelsea."], True),
        ("Chelsea defeated Arsenal.", ["Arsenal defeated Chelsea.", "Chelsea defeated Arsenal in May."], True),
        ("Chelsea defeated Leeds.", ["Arsenal defeated Chelsea."], True),
        ("Dashty praised General Massoud.", ["Massoud praised Fahim Dashty."], False),
        ("Fahim Dashty was praised by Massoud.", ["Ahmad Massoud praised Dashty."], True),
        ("Chelsea defeated Arsenal.", [], True),
    ],
)
def test_names_do_not_change_sides_of_a_verb(claim: str, quotes: list[str], are_same: bool) -> None:
    assert has_same_roles(claim, [QuotedSource(quote) for quote in quotes]) is are_same


@pytest.mark.parametrize(
    ("claim", "quotes", "is_known"),
    [
        ("The bridge closed.", ["The bridge is old."], True),
        ("The bridge closed because of ice.", ["Because of ice the bridge closed."], True),
        ("The bridge closed due to ice.", ["Ice led the town to close the bridge."], True),
        ("The bridge closed due to ice.", ["The bridge closed in March, when ice came."], False),
        ("The bridge closed due to ice.", ["The bridge closed after the ice came."], True),
        ("The bridge closed due to ice.", ["The bridge closed.", "There was ice."], False),
        ("The bridge closed due to strikes.", ["The bridge closed after the ice came."], False),
        ("The wooden bridge closed due to ice.", ["Ice led the bridge to fall."], False),  # one of its three words
        ("The bridge closed as a result of ice.", [], False),
    ],
)
def test_a_cause_is_stated_in_a_source_or_can_be_read_there(claim: str, quotes: list[str], is_known: bool) -> None:
    assert has_known_cause(claim, [QuotedSource(quote) for quote in quotes]) is is_known


def test_names_that_only_begin_sentences_have_sides() -> None:
    source = QuotedSource("Arsenal defeated Chelsea.")
    assert not has_same_roles("Arsenal was defeated by Chelsea.", [source])
    assert has_same_roles("Chelsea was defeated by Arsenal.", [source])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (
            "The muscle is supported by the bone.",
            "In climbing animals, the muscle supports the bone against the forces.",
        ),
        ("The budget approved the council.", "The budget was approved by the council."),
    ],
)
def test_things_keep_their_sides_too(claim: str, quote: str) -> None:
    assert not has_same_roles(claim, [QuotedSource(quote)])
    assert not has_same_roles(claim, [QuotedSource("The forces are great.", before=quote)])


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The bone is supported by the muscle.", "In climbing animals, the muscle supports the bone."),
        ("The council approved the budget.", "The budget was approved by the council."),
        ("The bridge was built by Ida Storm.", "Ida Storm built the bridge in 1932."),
        (
            "The animal is a fossil between fish and amphibians.",
            "The animal Tiktaalik is a fossil between fish and amphibians.",
        ),
    ],
)
def test_a_passive_says_the_same_with_sides_exchanged(claim: str, quote: str) -> None:
    assert has_same_roles(claim, [QuotedSource(quote)])


def test_what_is_said_about_a_name_is_not_said_about_something_else() -> None:
    sources = [
        QuotedSource("In 2004 the fossil of Tiktaalik was found."),
        QuotedSource("Tiktaalik is a link between fish and amphibians."),
    ]
    assert not has_same_roles("The lobed eel is a link between fish and amphibians.", sources)
    assert has_same_roles("The fossil is a link between fish and amphibians.", sources)


@pytest.mark.parametrize(
    ("claim", "is_said"),
    [("It has 45 boats.", True), ("It has 45 lorries.", False), ("It has 45 vessels.", True)],
)
def test_a_figure_counts_what_it_counts_in_a_source(claim: str, *, is_said: bool) -> None:
    assert has_same_counts(claim, [QuotedSource("It has 45 fishing boats and 9 lorries.")]) is is_said
