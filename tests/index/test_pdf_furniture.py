"""Headers, footers and tables of contents of PDF pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from footnote_index.loaders.pdf.furniture import ENDS_A_SENTENCE, without_furniture
from footnote_index.loaders.pdf.lines import Line

TOP, BOTTOM = 800.0, 40.0
TEXTS = ["The dam {} holds", "back the water {}", "of the valley {}", "until the spring {}."]


def line(text: str, y: float, x: float = 72) -> Line:
    return Line(text, x, y, x + 100, 10)


def text(number: int) -> list[Line]:
    """Four lines that no other page has."""
    word = "abcdefgh"[number] * 5
    return [line(words.format(word), 700 - 12 * row) for row, words in enumerate(TEXTS)]


def left(*pages: Sequence[Line]) -> list[str]:
    """What stays on the pages that is not their text."""
    own = {one.text for number in range(len(pages)) for one in text(number)}
    return [one.text for page in without_furniture(pages) for one in page if one.text not in own]


def with_footers(*footers: str) -> list[list[Line]]:
    return [[*text(number), line(footer, BOTTOM)] for number, footer in enumerate(footers)]


@pytest.mark.parametrize(
    "footers",
    [
        ("Norvik News", "Norvik News"),
        ("Page 7 of 9", "Page 8 of 9"),
        ("17", "18", "19"),
        ("- iv -", "- v -"),
        ("6 September 2021 / 3", "6 September 2021 / 4"),
        ("All rights reserved.", "All rights reserved."),
    ],
)
def test_what_is_apart_and_the_same_on_two_pages_is_furniture(footers: tuple[str, ...]) -> None:
    assert left(*with_footers(*footers)) == []


@pytest.mark.parametrize(
    "footers",
    [
        ("Norvik News",),
        ("Norvik News", "Marta Quill"),
        ("It cost 7 crowns.", "It cost 9 crowns."),
    ],
)
def test_what_is_different_on_each_page_stays(footers: tuple[str, ...]) -> None:
    assert left(*with_footers(*footers)) == [*footers]


def test_what_stands_where_most_pages_have_their_header_is_one_too() -> None:
    assert left(*with_footers("Norvik News", "Norvik News", "Marta Quill")) == []


def test_the_same_text_at_another_height_stays() -> None:
    pages = [[*text(0), line("Norvik News", 40)], [*text(1), line("Norvik News", 140)]]
    assert left(*pages) == ["Norvik News", "Norvik News"]


def test_a_number_counts_with_its_page_even_where_words_change() -> None:
    pages = [[line("1 The dam", TOP), *text(0)], [line("2 The lock", TOP), *text(1)]]
    assert left(*pages) == []
    pages = [[line("4 dams", TOP), *text(0)], [line("9 locks", TOP), *text(1)]]
    assert left(*pages) == ["4 dams", "9 locks"]


def test_what_is_not_apart_must_be_on_three_pages() -> None:
    pages = [[line("Norvik News", 712), *text(number)] for number in range(3)]
    assert left(*pages) == []
    assert left(*pages[:2]) == ["Norvik News", "Norvik News"]


def test_a_table_of_contents_goes() -> None:
    entries = ["The dam ........ 7", "The lock . . . . . . 12", "Preface ..... iv"]
    pages = [[*text(0), *(line(entry, 600 - 12 * row) for row, entry in enumerate(entries))], text(1)]
    assert left(*pages) == []
    assert left([*text(0), line("And so on ...", 600)]) == ["And so on ..."]


def test_if_nothing_else_is_left_the_pages_stay() -> None:
    pages = [[line("Norvik News", TOP), line("Page 1", BOTTOM)], [line("Norvik News", TOP), line("Page 2", BOTTOM)]]
    assert without_furniture(pages) == pages


def test_pages_without_lines_stay_in_their_place() -> None:
    first, _, third = with_footers("1", "2", "3")
    assert [len(page) for page in without_furniture([first, [], third])] == [4, 0, 4]
    assert [*without_furniture([])] == []


@pytest.mark.parametrize("end", ["holds.", "holds!”", "Why?)", "holds.¹²", "holds…", "持。", "as follows:"])
def test_sentences_end(end: str) -> None:
    assert ENDS_A_SENTENCE.search(end)


@pytest.mark.parametrize("end", ["holds", "holds,", "1.5", "holds. 7", ""])
def test_other_lines_do_not(end: str) -> None:
    assert not ENDS_A_SENTENCE.search(end)
