"""Sentences that announce a list or point to one: what they point to answers in their place."""

from __future__ import annotations

import pytest

from footnote.answering.extractive import choose
from footnote.answering.subjects import note_below
from footnote.models import Article, Candidate, Passage
from footnote.reading.pointing import only_announces, pointed_at
from footnote.text.sentences import split_sentences

PAGE = """| Command | Right |
| list | club.list |
| help | club.help |

## Rights

The rights are listed above. Others are explained in the hall.

- Rooms by floor (see note below)
- Keys

Rooms are numbered by door, not by floor.
"""


def all_of(text: str, scores: dict[str, float] | None = None) -> list[Candidate]:
    passage = Passage(Article("a.md", "Club", text), split_sentences(text))
    return [
        Candidate(
            passage, one, next((to for word, to in (scores or {}).items() if word in text[one.start : one.end]), 0)
        )
        for one in passage.sentences
    ]


def one_of(text: str, quote: str) -> Candidate:
    return next(one for one in all_of(text) if quote in one.quote)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The following firms lend boats.\n\n### Adler\n\nIt is cheap.", True),
        ("The following firms lend boats. It is cheap.\n\n- Adler\n- Berg", False),
        ("The following firms lend boats.\n\n| Firm | Fee |\n| Adler | 5 |", False),
        ("The following firms lend boats.\n```\nAdler\n```", False),
        ("The following two firms lend boats: Adler and Berg.", False),
        ("The following years were hard.", False),
        ("The following day the boats left.", False),
        ("The boats lie at the north quay.\n\n### Adler", False),
        ("The fees are listed above.", True),
        ("Its rights can be found below.", True),
        ("The fees are 5 euros, as listed above.", False),
        ("The flat is above.", False),
    ],
)
def test_what_only_announces_a_list_answers_nothing(text: str, expected: bool) -> None:
    assert only_announces(all_of(text)[0]) is expected


@pytest.mark.parametrize(("best", "row"), [("club.list", "| list"), ("club.help", "| help"), ("Keys", None)])
def test_what_is_listed_above_is_the_best_row_or_item_there(best: str, row: str | None) -> None:
    read = all_of(PAGE, {"listed above": 8.0, best: 5.0})
    pointer = next(one for one in read if "listed above" in one.quote)
    found = pointed_at(pointer, read)
    assert (found is not None and found.quote.startswith(row)) if row else found is None


def test_a_sentence_that_points_to_no_list_points_to_nothing() -> None:
    assert pointed_at(one_of(PAGE, "in the hall"), all_of(PAGE, {"club": 5.0})) is None


def test_an_item_brings_the_note_below_its_list() -> None:
    item, note = one_of(PAGE, "see note"), one_of(PAGE, "numbered")
    assert note_below(item) == note.sentence
    assert note_below(one_of(PAGE, "Keys")) is None
    assert choose("Can I go by floor?", {"S1": item, "S2": note}) == ["S1", "S2"]


def test_no_note_is_taken_from_below_a_heading() -> None:
    text = "- Rooms (see note below)\n\n## Doors\n\nThey are red."
    assert note_below(one_of(text, "Rooms")) is None
