"""What is not prose in a text, and the headings above a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.models import Article
from footnote.models.structure import Outline, parts
from footnote.text.sentences import split_sentences

TEXT = """Intro.

# Installation

## Disk space

You need 2 GB. More is better.

| Size | Free. In May. |
| small | 1 GB. At most. |

```
# no heading
cp a b
```

## Network

A cable."""
PIECES = ["# A", "##", "|", "| a | b. C. |", "```", "````", "text. More", "\n", "\n\n", "\r\n", " ", "\t"]


def quotes(text: str) -> list[str]:
    return [text[one.start : one.end] for one in split_sentences(text)]


def test_headings_rows_and_code_are_one_sentence_each() -> None:
    assert quotes(TEXT) == [
        *["Intro.", "# Installation", "## Disk space", "You need 2 GB.", "More is better."],
        *["| Size | Free. In May. |", "| small | 1 GB. At most. |", "# no heading\ncp a b", "## Network", "A cable."],
    ]


@pytest.mark.parametrize(
    ("place", "headings"),
    [
        ("Intro", ()),
        ("# Installation", ()),
        ("## Disk", ("Installation",)),
        ("More is", ("Installation", "Disk space")),
        ("| Size", ("Installation", "Disk space")),
        ("| small", ("Installation", "Disk space", "Size | Free. In May.")),
        ("cp a b", ("Installation", "Disk space")),
        ("## Network", ("Installation",)),
        ("A cable", ("Installation", "Network")),
    ],
)
def test_a_place_knows_the_headings_it_stands_under(place: str, headings: tuple[str, ...]) -> None:
    assert Outline(TEXT).at(TEXT.index(place)) == headings
    assert Article("a.md", "A", TEXT).headings_at(TEXT.index(place)) == headings


def test_a_citation_names_its_headings_but_neither_its_title_again_nor_columns() -> None:
    place = TEXT.index("| small")
    assert Article("a.md", "A", TEXT).sections_at(place) == ("Installation", "Disk space")
    assert Article("a.md", "installation", TEXT).sections_at(place) == ("Disk space",)
    assert Article("a.md", "Disk space", TEXT).sections_at(place) == ("Installation",)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_parts_lie_in_order_and_only_white_space_and_fences_are_left_out(text: str) -> None:
    position = 0
    for part in parts(text):
        assert text[position : part.start].strip(" \t\r\n`") == ""
        assert part.start >= position
        position = part.end
    assert text[position:].strip(" \t\r\n`") == ""


def test_long_code_is_cut_between_its_lines() -> None:
    lines = [f"line_{number} = {'x' * 50}" for number in range(20)]
    found = quotes("```\n" + "\n".join(lines) + "\n```")
    assert len(found) > 1
    assert "\n".join(found).split("\n") == lines


def test_a_fence_that_is_never_closed_is_text() -> None:
    assert quotes("```\nOne. Two.") == ["```", "One.", "Two."]


def test_a_table_that_begins_the_text_has_column_names() -> None:
    text = "| Berth | Fee |\n| North | 300 euros |"
    assert Outline(text).columns(text.index("| North")) == ("Berth", "Fee")


@pytest.mark.parametrize(
    ("columns", "read"),
    [
        ("| Type | Stat |", "Class: Bard"),
        ("| Key | Value |", "Class: Bard"),
        ("| Role | Member |", "Role: Class; Member: Bard"),
        ("| Name | Price |", "Name: Class; Price: Bard"),
    ],
)
def test_columns_that_only_say_that_one_names_the_other_are_not_said(columns: str, read: str) -> None:
    text = f"{columns}\n| Class | Bard |"
    assert Outline(text).as_read(text.index("| Class"), "| Class | Bard |") == read
