"""Items and paragraphs that state nothing without what stands over them: they are said and cited with it."""

from __future__ import annotations

import pytest

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.subjects import context_of
from footnote.checks import first_failed
from footnote.grounding.citing import source_of
from footnote.grounding.claims import ground
from footnote.grounding.fragments import lead_above
from footnote.models import Article, Candidate, Passage
from footnote.text.sentences import split_sentences

KITCHEN = """# The kitchen

It has two rooms.

## Equipment

Full support (checked every year)

- Boiler - checked in May
- Mixer

The following machines are lent to members. Ask first.

- Juicer
- Grill: 5 euros

## Known problems

- The tap drips.
- Loud fans

## Planned

1. A second oven opens in June.

## Logs

- Windows: depending on how it was installed, the logs are in different places:
  - if you used the installer, logs are written to the data folder.
  - if you used the service, look beside the program.
- -DFan.Speed=8
  - Sets how fast the fan turns. It is not fixed.
- Doors and windows are open all day, so it is cold:
  - north side
  - The south side is warm.
"""

LABELS = """# Switching it off

Harbour server

Set `relay = off` in harbour.conf

Pocket edition

Tap the bell. It turns grey.

Old phones

They have no bell.
"""


def found(text: str, quote: str, *, first: int = 0) -> Candidate:
    """`first`: how many sentences stand before the passage."""
    passage = Passage(Article("kitchen.md", "Kitchen", text), split_sentences(text)[first:])
    return next(Candidate(passage, one, 5.0) for one in passage.sentences if quote in text[one.start : one.end])


@pytest.mark.parametrize(
    ("text", "quote", "lead"),
    [
        (KITCHEN, "Boiler", "Full support (checked every year):"),
        (KITCHEN, "Mixer", "Full support (checked every year):"),
        (KITCHEN, "Juicer", "The following machines are lent to members."),
        (KITCHEN, "Grill", None),
        (KITCHEN, "The tap", "Known problems:"),
        (KITCHEN, "Loud fans", "Known problems:"),
        (KITCHEN, "second oven", "Planned:"),
        (KITCHEN, "two rooms", None),
        (KITCHEN, "installer", "Windows:"),
        (KITCHEN, "- Windows", None),
        (KITCHEN, "how fast", "-DFan.Speed=8:"),
        (KITCHEN, "north side", "Doors and windows are open all day, so it is cold:"),
        (KITCHEN, "south side", None),
        (LABELS, "relay", "Harbour server:"),
        (LABELS, "Tap the bell.", "Pocket edition:"),
        (LABELS, "turns grey", None),
        (LABELS, "no bell", None),
        ("## Unlisted\n\n- It is so.\n- red, which is loud\n", "red", "Unlisted:"),
        ("## Who may enter?\n\n- members\n", "members", None),
        ("## Größen\n\n- ganz klein\n", "klein", "Größen:"),
        ("- One\n  goes on\n- Two\n", "Two", None),
        ("Steps:\n- One that\ngoes on\n- Two\n", "Two", "Steps:"),
    ],
)
def test_what_states_nothing_alone_is_led_by_what_stands_over_it(text: str, quote: str, lead: str | None) -> None:
    above = lead_above(found(text, quote))
    assert (above.text if above else None) == lead


def test_the_passage_need_not_have_what_leads() -> None:
    sentences = split_sentences(KITCHEN)
    one = found(KITCHEN, "Mixer", first=sentences.index(found(KITCHEN, "Mixer").sentence))
    lead = lead_above(one)
    assert one.passage.sentences[0] == one.sentence
    assert lead is not None
    assert lead.text == "Full support (checked every year):"


async def said(question: str, text: str, *quotes: str) -> list[tuple[str, list[str]]]:
    """Each claim with what it cites."""
    candidates = {f"S{number}": found(text, quote) for number, quote in enumerate(quotes, 1)}
    draft = await ExtractiveAnswerer().draft(question, candidates)
    return [(claim.text, [one.quote for one in claim.citations]) for claim in ground(draft.claims, candidates).claims]


@pytest.mark.parametrize(
    ("question", "text", "quote", "claim", "cited"),
    [
        (
            "is the boiler safe",
            KITCHEN,
            "Boiler",
            "Full support (checked every year): Boiler - checked in May",
            ["Full support (checked every year)", "- Boiler - checked in May"],
        ),
        ("are there fans", KITCHEN, "Loud", "Known problems: Loud fans", ["- Loud fans"]),
        ("which problems are known", KITCHEN, "Loud", "Loud fans", ["- Loud fans"]),
        (
            "is it off",
            LABELS,
            "relay",
            "Harbour server: Set relay = off in harbour.conf",
            ["Harbour server", "Set `relay = off` in harbour.conf"],
        ),
    ],
)
async def test_it_is_said_and_cited_with_it(question: str, text: str, quote: str, claim: str, cited: list[str]) -> None:
    text = text.replace("`", "")  # as the loader of Markdown leaves it
    assert await said(question, text, quote) == [(claim, [one.replace("`", "") for one in cited])]


async def test_what_leads_several_is_said_once() -> None:
    claims = await said("What are the machines and why?", KITCHEN, "Boiler", "Mixer")
    assert [text for text, _ in claims] == ["Full support (checked every year): Boiler - checked in May", "Mixer"]
    assert claims[1][1] == ["- Mixer"]


async def test_a_label_is_no_claim_beside_what_it_leads() -> None:
    claims = await said("What are the fan speeds and why?", KITCHEN, "-DFan", "how fast")
    assert [text for text, _ in claims] == ["-DFan.Speed=8: Sets how fast the fan turns."]
    claims = await said("What are the logs and why?", KITCHEN, "- Windows", "installer")
    assert [text.split()[0] for text, _ in claims] == ["Windows:", "if"]


def test_a_claim_in_its_own_words_needs_no_negation_for_it() -> None:
    assert first_failed("The tap drips.", [source_of(found(KITCHEN, "The tap"))]) is None


def test_a_model_reads_what_leads_before_the_item() -> None:
    one = found(KITCHEN, "Mixer")
    assert [KITCHEN[before.start : before.end] for before in context_of(one)] == ["Full support (checked every year)"]
