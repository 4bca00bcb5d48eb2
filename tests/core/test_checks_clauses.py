"""What is joined to a true clause has to be true too, and words to the reader have to be a source's."""

from __future__ import annotations

import pytest

from footnote.checks import QuotedSource
from footnote.checks.clauses import has_supported_clauses, speaks_as_its_sources_do

TOLD = "The old bridge was closed by the council in March."


@pytest.mark.parametrize(
    ("claim", "others"),
    [
        ("Dragons ate purple cheese.", []),  # one clause: whether it is supported is not asked here
        ("The old bridge was closed.", []),
        ("The old bridge was closed and the council closed it.", []),
        ("The old bridge was closed, sadly.", []),
        ("The old bridge was closed in March, April and May.", []),
        ("The old bridge was closed and the ferry sails daily.", ["The ferry sails daily."]),
        ("The old bridge was closed and the ferry sails hourly.", ["The ferry sails."]),  # two of three words
        ("The council has wooden bridges painted red, and the bridge was closed.", []),  # two of five words
    ],
)
def test_clauses_about_what_a_source_says_pass(claim: str, others: list[str]) -> None:
    assert has_supported_clauses(claim, [QuotedSource(quote) for quote in (TOLD, *others)])


@pytest.mark.parametrize(
    ("claim", "others"),
    [
        ("The old bridge was closed and dragons ate cheese.", []),
        ("Dragons ate cheese, and the old bridge was closed.", []),
        ("The old bridge was closed because dragons came.", []),
        ("The old bridge was closed and the ferry sails hourly.", ["The ferry sank."]),
        ("The old bridge was closed; purple dragons ate cheese.", []),
        ("The old bridge was closed and ferries sail daily.", ["Ferries burn.", "Ships sail.", "It snows daily."]),
    ],
)
def test_an_added_clause_does_not(claim: str, others: list[str]) -> None:
    assert not has_supported_clauses(claim, [QuotedSource(quote) for quote in (TOLD, *others)])


def test_a_title_supports_a_clause_only_together_with_the_quote() -> None:
    claim = "The old bridge was closed and the ferry sails hourly."
    assert has_supported_clauses(claim, [QuotedSource(TOLD), QuotedSource("The ferry runs.", "It sails")])
    assert not has_supported_clauses(claim, [QuotedSource(TOLD, "The ferry sails hourly")])


@pytest.mark.parametrize(
    ("claim", "quote", "does"),
    [
        ("The bridge is closed.", "It is old.", True),
        ("You can cross the bridge.", "You can cross the bridge.", True),
        ("You can cross the bridge.", "People can cross the bridge.", False),
        ("Enter your password here.", "You can cross the bridge.", False),
        ("Enter your password here.", "Enter your secret password here.", True),
        ("The bridge is closed, so enter your password.", "The bridge is closed for you.", False),
        ("Youth can cross the bridge.", "People can cross.", True),
        ("You may enter the old red tower.", "Your old tower.", False),
    ],
)
def test_the_reader_is_addressed_in_the_words_of_a_source(claim: str, quote: str, does: bool) -> None:
    assert speaks_as_its_sources_do(claim, [QuotedSource(quote)]) is does
