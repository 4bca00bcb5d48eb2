"""What the items of lists begin with, in HTML and in Word."""

from __future__ import annotations

from itertools import islice

import pytest

from footnote_index.loaders.docx.numbers import Level, Numbering
from footnote_index.loaders.markup.list_marks import marks_of, number_of
from footnote_index.loaders.trees import parsed

THREE = "<li/><li/><li/>"
DECIMAL: Level = ("decimal", "%1.", 1)


def marks(markup: str) -> list[str]:
    return [*islice(marks_of(parsed(markup.encode())), 3)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<ul>{THREE}</ul>", ["-", "-", "-"]),
        (f"<ol>{THREE}</ol>", ["1.", "2.", "3."]),
        (f"<ol start='9'>{THREE}</ol>", ["9.", "10.", "11."]),
        (f"<ol start='x'>{THREE}</ol>", ["1.", "2.", "3."]),
        ("<ol><li/><li value='7'/><li/></ol>", ["1.", "7.", "8."]),
        (f"<ol reversed=''>{THREE}</ol>", ["3.", "2.", "1."]),
        (f"<ol type='a' start='25'>{THREE}</ol>", ["y.", "z.", "27."]),
        (f"<ol type='A'>{THREE}</ol>", ["A.", "B.", "C."]),
        (f"<ol type='i' start='38'>{THREE}</ol>", ["xxxviii.", "xxxix.", "40."]),
        (f"<ol type='I' start='3'>{THREE}</ol>", ["III.", "IV.", "V."]),
        (f"<ol start='-1' type='a'>{THREE}</ol>", ["-1.", "0.", "a."]),
        ("<ol><li/><p/><li/></ol>", ["1.", "2."]),
    ],
)
def test_marks_of_lists_in_html(markup: str, expected: list[str]) -> None:
    assert marks(markup) == expected


@pytest.mark.parametrize(
    ("written", "number"), [("3", 3), (" -3", -3), ("3.5", None), ("", None), (None, None), ("1" * 9, None)]
)
def test_only_short_whole_numbers_count(written: str | None, number: int | None) -> None:
    assert number_of(written) == number


def test_a_list_that_is_not_described_counts() -> None:
    numbering = Numbering()
    assert [numbering.mark("1", 0), numbering.mark("1", 0), numbering.mark("2", 0)] == ["1.", "2.", "1."]


def test_a_level_that_a_described_list_leaves_out_is_a_dash() -> None:
    numbering = Numbering({("1", 0): DECIMAL}, frozenset("1"))
    assert [numbering.mark("1", 0), numbering.mark("1", 1)] == ["1.", "-"]


def test_deeper_levels_begin_again_after_each_item_above_them() -> None:
    levels = {("1", 0): DECIMAL, ("1", 1): ("lowerLetter", "%1.%2)", 1)}
    numbering = Numbering(levels, frozenset("1"))
    found = [numbering.mark("1", level) for level in (0, 1, 1, 0, 1)]
    assert found == ["1.", "1.a)", "1.b)", "2.", "2.a)"]


@pytest.mark.parametrize(
    ("level", "marks"),
    [
        (("bullet", "·", 1), ["-", "-"]),
        (("none", "", 1), ["-", "-"]),
        (("upperRoman", "Article %1 ", 4), ["ArticleIV", "ArticleV"]),
        (("upperLetter", "(%1)", 26), ["(Z)", "(27)"]),
        (("lowerRoman", "%1", 39), ["xxxix", "40"]),
        (("decimal", "no place for a number", 3), ["3.", "4."]),
    ],
)
def test_marks_of_lists_in_word(level: Level, marks: list[str]) -> None:
    numbering = Numbering({("1", 0): level}, frozenset("1"))
    assert [numbering.mark("1", 0), numbering.mark("1", 0)] == marks


def test_lists_are_described_by_a_part_of_the_document() -> None:
    numbering = Numbering.of(
        parsed(
            b"<numbering><abstractNum abstractNumId='7'>"
            b"<lvl ilvl='0'><start val='5'/><numFmt val='decimal'/><lvlText val='%1)'/></lvl></abstractNum>"
            b"<num numId='1'><abstractNumId val='7'/></num>"
            b"<num numId='2'><abstractNumId val='7'/><lvlOverride ilvl='0'><startOverride val='9'/></lvlOverride></num>"
            b"</numbering>"
        )
    )
    assert [numbering.mark(number, 0) for number in "12"] == ["5)", "9)"]


def test_a_style_alone_numbers_or_not() -> None:
    numbering = Numbering()
    assert [numbering.of_style("list number"), numbering.of_style("list bullet")] == ["1.", "-"]
