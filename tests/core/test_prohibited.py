"""Lists of what is not done, or not so: an item by itself would say the opposite."""

from __future__ import annotations

import pytest

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.checks import first_failed
from footnote.grounding.citing import evidence_of, source_of
from footnote.grounding.claims import ground
from footnote.grounding.prohibited import prohibition_above
from footnote.models import Article, Candidate, Passage
from footnote.ports import DraftClaim
from footnote.text.sentences import split_sentences

BOATS = (
    "A boat may capsize.\n\nIf it does, never do the following:\n\n- Swim to the shore.\n- Take off your life jacket.\n"
)
BITES = (
    "# Snake bites\n\n## What not to do\n\n- Cut the wound open.\n- Suck out the poison.\n\n"
    "## What to do\n\n- Keep still.\n"
)
GIFT = "Nach einem Biss darf man Folgendes nicht tun:\n\n- die Wunde aufschneiden\n- das Gift aussaugen\n"
INCOMPATIBLE = "Incompatible (wrong alarms, no support at all):"


def found(text: str, quote: str) -> Candidate:
    passage = Passage(Article("a.md", "First aid", text), split_sentences(text))
    return next(Candidate(passage, one, 5.0) for one in passage.sentences if quote in text[one.start : one.end])


@pytest.mark.parametrize(
    ("text", "quote", "above"),
    [
        (BOATS, "life jacket", "If it does, never do the following:"),
        (BITES, "poison", "What not to do:"),
        (BITES, "Keep still", None),
        (BOATS, "may capsize", None),
        ("Do not:\n1. smoke\n2. shout\n", "shout", "Do not:"),
        ("The fee does not include:\n* towels\n", "towels", "The fee does not include:"),
        ("## Common myths\n\nThey are old:\n\n- Bats are blind.\n", "Bats", "Common myths:"),
        ("If it does not start, do this:\n- Press the button.\n", "Press", None),
        ("## If you cannot log in\n- Ask the office.\n", "Ask", None),
        ("Not only members may use:\n- the pool\n", "pool", None),
        ("Guests who do not swim may use:\n- the sauna\n", "sauna", None),
        ("Don't forget to do the following:\n- Bring a map.\n", "map", None),
        ("## Dos and don'ts\n\nDo:\n- Bring a map.\n", "map", None),
        ("Take these steps to avoid delays:\n- Come early.\n", "early", None),
        ("## Mistakes to avoid\n\nInstead, do this:\n- Come early.\n", "early", None),
        ("## Mistakes to avoid\n\nDo the following instead.\n- Come early.\n", "early", None),
        ("## Mistakes to avoid\n\n- Come late.\n", "late", "Mistakes to avoid:"),
        ("## Common mistakes and how to fix them\n- Oil the lock.\n", "lock", None),
        ("You cannot enter without:\n- a ticket\n", "ticket", None),
        ("Foods to avoid during pregnancy:\n- raw fish\n", "fish", "Foods to avoid during pregnancy:"),
        ("Bitte nicht vergessen:\n- Feuer ausmachen\n", "Feuer", None),
        ("## Unfixable\n\n- Glowing ink\n", "ink", "Unfixable:"),
        ("## Not supported\n\n- Voice calls\n", "calls", "Not supported:"),
        ("Incompatible (wrong alarms, no support at all)\n\n- Vigil\n", "Vigil", INCOMPATIBLE),
        ("Some are old. As of now, they are not fixable.\n\n- Ink\n", "Ink", "As of now, they are not fixable."),
        ("You may not smoke here.\n\n- Tea\n", "Tea", None),
        ("Supported, which is what others do not have:\n- Ink\n", "Ink", None),
        ("## Library not scanning\n\n- Check the path.\n", "path", None),
        ("## The door does not open\n\n- Oil the lock.\n", "lock", None),
        (GIFT, "Gift", "Nach einem Biss darf man Folgendes nicht tun:"),
    ],
)
def test_what_says_so_stands_above_the_list(text: str, quote: str, above: str | None) -> None:
    said = prohibition_above(found(text, quote))
    assert (said.text if said else None) == above


@pytest.mark.parametrize(
    ("text", "quote", "said", "cited"),
    [
        (
            BOATS,
            "life jacket",
            "If it does, never do the following: Take off your life jacket.",
            ["If it does, never do the following:", "- Take off your life jacket."],
        ),
        (BITES, "poison", "What not to do: Suck out the poison.", ["- Suck out the poison."]),
    ],
)
async def test_an_item_is_said_and_cited_with_it(text: str, quote: str, said: str, cited: list[str]) -> None:
    one = found(text, quote)
    draft = await ExtractiveAnswerer().draft("What about it?", {"S1": one})
    (claim,) = ground(draft.claims, {"S1": one}).claims
    assert claim.text == said
    assert [citation.quote for citation in claim.citations] == cited
    assert claim.support == 1.0


@pytest.mark.parametrize(
    ("text", "quote", "claim", "failed"),
    [
        (BITES, "poison", "Suck out the poison.", "prohibition"),
        (BITES, "poison", "After a snake bite, suck out the poison.", "prohibition"),
        (BITES, "poison", "Do not suck out the poison.", None),
        (BITES, "poison", "Avoid to suck out the poison.", None),
        (BOATS, "life jacket", "Take off your life jacket.", "prohibition"),
        (BOATS, "life jacket", "Never take off your life jacket.", None),
        (
            "## Unfixable\n\n- Glowing ink in the big books\n",
            "ink",
            "Glowing ink in the big books works.",
            "prohibition",
        ),
        ("## Unfixable\n\n- Glowing ink in the big books\n", "ink", "Unsupported: glowing ink in the big books.", None),
        (GIFT, "Gift", "Man soll das Gift aussaugen.", "prohibition"),
        (GIFT, "Gift", "Man soll das Gift nicht aussaugen.", None),
        (GIFT, "Gift", "Das Gift aussaugen ist verboten.", None),
    ],
)
def test_an_item_is_not_said_without_it(text: str, quote: str, claim: str, failed: str | None) -> None:
    one = found(text, quote)
    assert first_failed(claim, [source_of(one)]) == failed
    is_shown = bool(ground([DraftClaim(claim, ("S1",))], {"S1": one}).claims)
    assert is_shown is (failed is None)


def test_the_trained_reader_reads_it_too() -> None:
    assert "What not to do:" in evidence_of((found(BITES, "poison"),)).sentences
