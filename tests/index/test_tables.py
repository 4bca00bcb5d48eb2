"""Tables become rows of lines, and tables that only arrange a page become the texts in them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from footnote.models.structure import Outline
from footnote_index.loaders.blocks import Block, BlockKind, Blocks
from footnote_index.loaders.tables import Cell, add_table


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def cell(*texts: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell([paragraph(text) for text in texts], rows, columns)


def head(text: str, *, rows: int = 1, columns: int = 1) -> Cell:
    return Cell([paragraph(text)], rows, columns, is_heading=True)


def bold(text: str, *, columns: int = 1) -> Cell:
    return Cell([paragraph(text)], columns=columns, is_set_off=True)


def written(*table: Sequence[Cell]) -> list[str]:
    """Its rows, without an empty one above them."""
    return [line for line in lines_of(*table) if line.strip("| ")]


def lines_of(*table: Sequence[Cell]) -> list[str]:
    blocks = Blocks()
    add_table(blocks, table)
    return [block.written for block in blocks[:]]


@pytest.mark.parametrize(
    "table",
    [
        [[cell("Monday"), cell("9 to 17")], [cell("Tuesday"), cell("10 to 18")]],
        [[head("Address"), cell("Quay 5")], [head("Head"), cell("Anna Berg")]],
        [[cell("Founded"), cell("1932")], [cell("Members"), cell("120")]],
        [[cell("Address"), cell("Harbour Road")], [cell("Head"), cell("Anna Berg")]],
        [[cell("Monday"), cell("9 to 12"), cell("14 to 17")], [cell("Tuesday"), cell("9 to 12"), cell("14 to 18")]],
        [[bold("Monday"), bold("9 to 17")], [bold("Friday"), bold("9 to 12")], [bold("Sunday"), bold("10 to 12")]],
        [[bold("Monday"), cell("Anna"), cell("Nils")], [bold("Friday"), cell("Nils"), cell("Eva")]],
    ],
)
def test_a_table_whose_columns_have_no_names_begins_with_an_empty_row(table: list[list[Cell]]) -> None:
    first, *rows = lines_of(*table)
    assert first == f"|{'  |' * len(table[0])}"
    assert len(rows) == len(table)


@pytest.mark.parametrize(
    "table",
    [
        [[head("Name"), head("Post")], [cell("Anna Berg"), cell("head")]],
        [[cell("Berth"), cell("Fee")], [cell("North"), cell("300 euros")], [cell("South"), cell("200 euros")]],
        [[cell(""), head("Small"), head("Large")], [head("Price"), cell("5"), cell("9")]],
        [[bold("Name"), bold("Post")], [cell("Anna Berg"), cell("head")]],
        [[bold("Plan"), cell("Basic"), cell("Pro")], [bold("Price"), cell("5"), cell("9")]],
        [[cell("Region"), cell("Q1"), cell("Q2")], [cell("North"), cell("12"), cell("14")]],
        [[cell("Course"), cell("Age 6 to 12"), cell("Adults")], [cell("Chess"), cell("5 euros"), cell("9 euros")]],
        [[bold("Item"), bold("Fee")], [bold("Drinks", columns=2)], [cell("Tea"), cell("3")]],
        [[cell("Harbour"), cell("2019"), cell("2020/21")], [cell("Norvik"), cell("12"), cell("14")]],
        [[cell("Name"), cell("Post"), cell("Town")], [cell("Anna Berg"), cell("head"), cell("Norvik")]],
        [[cell("Monday"), cell("9 to 17")]],
    ],
)
def test_a_first_row_that_names_columns_stays_the_first(table: list[list[Cell]]) -> None:
    assert len(lines_of(*table)) == len(table)


def test_bold_text_is_neither_repeated_nor_joined_to_the_row_above() -> None:
    table = [[bold("Item"), bold("Fee")], [bold("Drinks", columns=2)], [cell("Tea"), cell("3")]]
    assert lines_of(*table) == ["| Item | Fee |", "| Drinks |  |", "| Tea | 3 |"]


def test_each_row_is_a_line() -> None:
    assert written([head("Year"), head("Height")], [cell("1932"), cell("5 m")]) == [
        "| Year | Height |",
        "| 1932 | 5 m |",
    ]


def test_a_cell_that_spans_rows_is_in_each_of_them() -> None:
    assert written([cell("Dam", rows=2), cell("1932")], [cell("1933")], [cell("Lock"), cell("1934")]) == [
        "| Dam | 1932 |",
        "| Dam | 1933 |",
        "| Lock | 1934 |",
    ]


def test_a_cell_may_span_all_rows_that_are_left_and_never_more() -> None:
    for rows in (0, 2, 99):
        assert written([cell("a"), cell("b")], [cell("Dam", rows=rows), cell("1")], [cell("2")]) == [
            "| a | b |",
            "| Dam | 1 |",
            "| Dam | 2 |",
        ]


def test_cells_from_above_keep_their_columns() -> None:
    assert written([cell("a"), cell("b", rows=2), cell("c")], [cell("d"), cell("e")]) == [
        "| a | b | c |",
        "| d | b | e |",
    ]


def test_an_empty_row_uses_up_the_cells_from_above() -> None:
    for cells in ([], [cell(" ")]):
        for rows in (1, 2):
            table = [[cell("Norvik", rows=rows), cell("5 m", rows=2)], cells, [cell("Lund"), cell("9 m")]]
            assert written(*table) == ["| Norvik | 5 m |", "| Lund | 9 m |"]


def test_a_row_that_ends_early_has_the_cells_from_above_to_its_right() -> None:
    assert written(
        [cell("Norvik"), cell("1932"), cell("old", rows=2)],
        [cell("Lund")],
        [cell("Moss"), cell("1950"), cell("new")],
    ) == ["| Norvik | 1932 | old |", "| Lund |  | old |", "| Moss | 1950 | new |"]


def test_a_wide_cell_over_one_from_above_does_not_leave_it_to_the_next_row() -> None:
    assert written(
        [cell("Norvik"), cell("old", rows=2), cell("5 m")],
        [cell("Lund", columns=2), cell("9 m")],
        [cell("Moss"), cell("new"), cell("7 m")],
    ) == ["| Norvik | old | 5 m |", "| Lund |  | 9 m |", "| Moss | new | 7 m |"]


def test_only_a_heading_is_repeated_in_each_of_its_columns() -> None:
    assert written([cell("wide", columns=2), cell("c")], [cell("1"), cell("2"), cell("3")])[0] == "| wide |  | c |"
    assert written([head("wide", columns=2), head("c")], [cell("1"), cell("2"), cell("3")])[0] == "| wide | wide | c |"


def test_a_row_has_no_more_than_200_columns() -> None:
    lines = written([head("a", columns=10_000), head("b")], [cell("1"), cell("2")])
    assert lines[0].count("| a") == 200
    assert "b" not in lines[0]


def test_headings_on_several_lines_become_one() -> None:
    assert written(
        [head("Year", rows=2), head("Height", columns=2)],
        [head("before"), head("after")],
        [cell("1932"), cell("5 m"), cell("9 m")],
    ) == ["| Year | Height before | Height after |", "| 1932 | 5 m | 9 m |"]


def test_a_table_of_headings_alone_keeps_its_last_line() -> None:
    assert written(*[[head(f"a{n}"), head(f"b{n}")] for n in range(3)]) == ["| a0 a1 | b0 b1 |", "| a2 | b2 |"]


def test_one_line_of_headings_stays() -> None:
    assert written([head("a"), head("a")], [cell("1"), cell("2")]) == ["| a | a |", "| 1 | 2 |"]


@pytest.mark.parametrize(
    "table",
    [
        [[cell("One.")], [cell("Two.")]],
        [[Cell([Block(BlockKind.HEADING, "The dam", 2)]), cell("It holds.")], [cell("a"), cell("b")]],
        [[cell("a" * 101), cell("b")]],
        [[cell("a" * 400, "b" * 200), cell("c")], [cell("d"), cell("e")]],
    ],
)
def test_a_table_that_only_arranges_a_page_is_its_texts(table: list[list[Cell]]) -> None:
    texts = [block.written for row in table for one in row for block in one.blocks]
    assert written(*table) == texts


@pytest.mark.parametrize(
    "table",
    [
        [[cell("a" * 100), cell("b")]],
        [[cell("a" * 700), cell("b")], [cell("c"), cell("d")]],
        [[cell("a" * 400, "b" * 198), cell("c")], [cell("d"), cell("e")]],
    ],
)
def test_long_cells_alone_do_not_make_a_layout(table: list[list[Cell]]) -> None:
    assert [line[0] for line in written(*table)] == ["|"] * len(table)


@pytest.mark.parametrize(
    ("blocks", "line"),
    [
        ([paragraph("It opened."), paragraph("It closed")], "It opened. It closed"),
        ([paragraph("one"), paragraph("two")], "one; two"),
        ([paragraph("one"), paragraph(" "), paragraph("two")], "one; two"),
        ([Block(BlockKind.ITEM, "tea"), Block(BlockKind.ITEM, "rice")], "tea; rice"),
        ([Block(BlockKind.ITEM, "tea", mark="1."), Block(BlockKind.ITEM, "rice", mark="2.")], "1. tea; 2. rice"),
        ([Block(BlockKind.ROW, "| Year | 1932 |"), Block(BlockKind.ROW, "| a | b | c |")], "Year: 1932; a, b, c"),
        ([Block(BlockKind.ROW, "| 5 \\| 6 | a\\| |")], "5 | 6: a|"),
        ([Block(BlockKind.ROW, "|  | 1932 | 5 m |")], "1932: 5 m"),
        ([Block(BlockKind.CODE, "a\n  b")], "a b"),
        ([], ""),
    ],
)
def test_a_cell_is_one_line(blocks: list[Block], line: str) -> None:
    assert Cell(blocks).line == line


@pytest.mark.parametrize("table", [[], [[]], [[], []], [[cell(""), cell("")], [cell(" "), cell("")]]])
def test_a_table_with_nothing_in_it_is_nothing(table: list[list[Cell]]) -> None:
    assert written(*table) == []


def test_a_table_right_below_another_has_columns_of_its_own() -> None:
    blocks = Blocks()
    add_table(blocks, [[head("Setting"), head("Default")], [cell("port"), cell("80")]])
    add_table(blocks, [[head("Role"), head("May write")], [cell("Guest"), cell("no")]])
    add_table(blocks, [[cell("Monday"), cell("9 to 17")], [cell("Tuesday"), cell("10 to 18")]])
    outline = Outline(blocks.text)
    read = {row: outline.as_read(blocks.text.index(row), row) for row in blocks.text.splitlines() if row}
    assert read["| Guest | no |"] == "Role: Guest; May write: no"
    assert read["| Monday | 9 to 17 |"] == "Monday: 9 to 17"


def test_a_row_alone_is_the_head_of_the_table_below_it() -> None:
    blocks = Blocks()
    add_table(blocks, [[head("Berth"), head("Fee")]])
    add_table(blocks, [[cell("North"), cell("300 euros"), cell("5 m")], [cell("South"), cell("free"), cell("4 m")]])
    assert blocks.text.startswith("| Berth | Fee |\n|  |  |  |\n| North |")
    assert Outline(blocks.text).columns(blocks.text.index("| South")) == ("Berth", "Fee")
