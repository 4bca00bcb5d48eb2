"""The title that the first page of a PDF shows."""

from __future__ import annotations

import pytest

from footnote_index.loaders.pdf.lines import Line
from footnote_index.loaders.pdf.titles import heading_of


def line(text: str, y: float, size: float = 10) -> Line:
    return Line(text, 72, y, 300, size)


def text(top: float = 650) -> list[Line]:
    return [line("The dam holds back the water.", top - 12 * number) for number in range(9)]


def title(*lines: Line) -> str | None:
    return heading_of([[*lines, *text()]])


def test_the_largest_letters_are_the_title_wherever_they_are() -> None:
    assert title(line("Norvik News", 750, 12), line("The old dam", 720, 20)) == "The old dam"


@pytest.mark.parametrize(("size", "expected"), [(11.5, "The old dam"), (11.4, None)])
def test_they_are_larger_than_the_text(size: float, expected: str | None) -> None:
    assert title(line("The old dam", 664, size)) == expected


def test_a_title_may_have_three_lines_close_together() -> None:
    parts = [line(name, 760 - 24 * number, 20) for number, name in enumerate(("The", "old", "dam", "holds"))]
    assert title(*parts) == "The old dam"
    assert title(*parts[:2]) == "The old"
    assert title(parts[0], line("Norvik", 760 - 31, 20)) == "The"
    assert title(parts[0], line("Norvik", 760 - 30, 20)) == "The Norvik"
    assert title(parts[0], line("Norvik", 740, 19)) == "The"


def test_only_the_first_page_with_lines_counts() -> None:
    assert (
        heading_of([[], [line("The old dam", 720, 20), *text()], [line("The lock", 720, 30), *text()]]) == "The old dam"
    )


def test_the_size_of_the_text_is_that_of_ten_pages() -> None:
    first = [line("A quote in large letters stands here", 700, 14)]
    assert heading_of([first, text()]) == first[0].text
    assert heading_of([first, *[[]] * 9, text()]) is None


@pytest.mark.parametrize(
    ("first", "below", "expected"),
    [
        ("The old dam", 18, "The old dam"),
        ("The old dam", 17, None),
        ("The old dam.", 18, None),
        ("the old dam", 18, None),
        ("T" * 79, 18, "T" * 79),
        ("T" * 80, 18, None),
    ],
)
def test_a_short_line_alone_above_the_text_is_a_title_too(first: str, below: float, expected: str | None) -> None:
    assert title(line(first, 650 + below)) == expected


@pytest.mark.parametrize("name", ["Microsoft Word - dam.doc", "dam.pdf", "Untitled", "2021", "* * *"])
def test_junk_is_no_title(name: str) -> None:
    assert title(line(name, 720, 20)) is None


def test_more_than_200_characters_are_no_title() -> None:
    words = "The dam " * 25
    assert title(line(words[:199] + "s", 720, 20)) == words[:199] + "s"
    assert title(line(words + "s", 720, 20)) is None


@pytest.mark.parametrize("pages", [[], [[]], [[], []], [[line("The dam", 700, 0), line("It holds.", 650, 0)]]])
def test_pages_without_lines_or_sizes_have_no_title(pages: list[list[Line]]) -> None:
    assert heading_of(pages) is None


def test_a_line_without_letters_above_the_text_is_no_title() -> None:
    assert title(line("", 700)) is None


def test_a_line_without_a_text_below_it_is_no_title() -> None:
    assert heading_of([[line("The dam", 700)]]) is None
