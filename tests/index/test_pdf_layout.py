"""The lines of a PDF page in reading order, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Sequence

from footnote_index.loaders.pdf.layout import arranged, rows_of
from footnote_index.loaders.pdf.lines import Line

LEFT, RIGHT = 72.0, 320.0
PROSE = "a line of prose that is long enough {}"


def line(text: str, x: float = LEFT, y: float = 700, *, width: float = 200, size: float = 10) -> Line:
    return Line(text, x, y, x + width, size)


def column(name: str, x: float, rows: int = 5, top: float = 700) -> list[Line]:
    return [line(PROSE.format(f"{name}{row}"), x, top - 12 * row) for row in range(rows)]


def table(*rows: Sequence[str], top: float = 700, leading: float = 14) -> list[Line]:
    return [
        line(text, 72 + 100 * place, top - leading * number, width=40)
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
    ]


def names(lines: Sequence[Line]) -> list[str]:
    return [one.text.split()[-1] for one in arranged(lines)]


def test_rows_are_lines_at_the_same_height() -> None:
    lines = [line("c", 200, 690), line("b", 300, 702.9), line("a", 100, 700), line("d", 100, 697)]
    assert [[one.text for one in row] for row in rows_of(lines)] == [["a", "b"], ["d"], ["c"]]
    assert rows_of([]) == []


def test_a_page_keeps_the_order_in_which_it_is_drawn() -> None:
    lines = [line("a one", y=700), line("b two", y=600), line("c three", y=650)]
    assert names(lines) == ["one", "two", "three"]


def test_a_page_that_is_drawn_from_its_bottom_is_turned_around() -> None:
    assert names(column("a", LEFT)[::-1]) == ["a0", "a1", "a2", "a3", "a4"]


def across(*columns: list[Line]) -> list[Line]:
    """Drawn row by row."""
    return [one for row in zip(*columns, strict=True) for one in row]


def test_columns_that_are_drawn_row_by_row_are_read_one_after_the_other() -> None:
    left, right = column("a", LEFT), column("b", RIGHT)
    assert names(across(left, right)) == [*(f"a{n}" for n in range(5)), *(f"b{n}" for n in range(5))]


def test_columns_that_are_drawn_one_after_the_other_stay() -> None:
    left, right = column("a", LEFT), column("b", RIGHT)
    assert names([*right, *left])[:5] == [f"b{n}" for n in range(5)]


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [
        [line(PROSE.format(f"{name}{row}"), x, 700 - 12 * row, width=140) for row in range(4)]
        for name, x in (("a", 50), ("b", 220), ("c", 390))
    ]
    assert names(across(*columns)) == [f"{name}{n}" for name in "abc" for n in range(4)]


def test_a_line_over_both_columns_parts_them() -> None:
    above = across(column("a", LEFT, 3), column("b", RIGHT, 3))
    over = line("from side to side over", LEFT, 650, width=450)
    below = across(column("c", LEFT, 3, top=600), column("d", RIGHT, 3, top=600))
    order = names([*above, over, *below])
    assert order[6] == "over"
    assert order[:3] == ["a0", "a1", "a2"]
    assert order[7:10] == ["c0", "c1", "c2"]


def test_rows_of_a_table_are_lines_with_cells() -> None:
    found = arranged(table(("Year", "Height"), ("1932", "5 m"), ("1933", "9 m")))
    assert [one.cells for one in found] == [("Year", "Height"), ("1932", "5 m"), ("1933", "9 m")]
    assert [one.text for one in found] == ["Year Height", "1932 5 m", "1933 9 m"]
    assert (found[0].x, found[0].right) == (72, 212)


def test_one_row_is_no_table() -> None:
    found = arranged([line("The dam", 72, width=40), line("1932", 300, width=40), line("It holds.", y=600)])
    assert [(one.text, one.cells) for one in found] == [("The dam 1932", ()), ("It holds.", ())]


def test_rows_that_share_one_edge_are_no_table() -> None:
    lines = [
        line("a", 72, width=40),
        line("b", 200, width=33),
        line("c", 72, 680, width=40),
        line("d", 320, 680, width=9),
    ]
    assert [one.cells for one in arranged(lines)] == [(), ()]


def test_columns_may_be_aligned_at_their_right_edges() -> None:
    rows = [("Dam", "5", 300.0), ("A long lock", "1,234", 270.0)]
    lines = [
        one
        for number, (name, figure, x) in enumerate(rows)
        for one in (line(name, 72, 700 - 14 * number, width=60), Line(figure, x, 700 - 14 * number, 310, 10))
    ]
    assert [one.cells for one in arranged(lines)] == [("Dam", "5"), ("A long lock", "1,234")]


def test_a_line_right_below_a_cell_goes_on_with_it() -> None:
    rows = table(("Year", "What"), ("1932", "The dam"), ("1950", "The lock"), leading=26)
    more = line("above the valley", 172, 700 - 26 - 12, width=40)
    found = arranged([*rows[:4], more, *rows[4:]])
    assert [one.cells for one in found] == [
        ("Year", "What"),
        ("1932", "The dam above the valley"),
        ("1950", "The lock"),
    ]
    assert found[1].text == "1932 The dam above the valley"


def test_a_line_below_the_first_cell_or_further_down_is_no_part_of_the_row() -> None:
    rows = table(("Year", "What"), ("1932", "The dam"))
    for more in (line("It holds.", 72, 674), line("It holds.", 172, 660)):
        assert [one.text for one in arranged([*rows, more])][-1] == "It holds."


HEAD = [line("Licence", 72, 720, width=40), line("What", 172, 720, width=40), line("Fee", 272, 720, width=40)]


def cell(*texts: str, column: int, top: float = 700, leading: float = 12) -> list[Line]:
    """Drawn as a whole, before the next one."""
    return [line(text, 72 + 100 * column, top - leading * number, width=40) for number, text in enumerate(texts)]


def test_a_row_that_is_drawn_cell_by_cell_stays_one() -> None:
    dog = [
        *cell("Dog", "over one", column=0),
        *cell("One dog", "in a", "flat", column=1),
        *cell("50", "euros", column=2),
    ]
    cat = [*cell("Cat", column=0, top=640), *cell("One", "cat", column=1, top=640), *cell("20", column=2, top=640)]
    assert [one.cells for one in arranged([*HEAD, *dog, *cat])] == [
        ("Licence", "What", "Fee"),
        ("Dog over one", "One dog in a flat", "50 euros"),
        ("Cat", "One cat", "20"),
    ]


def test_a_line_further_up_is_no_cell_without_its_column_above_or_with_lines_far_apart() -> None:
    first, second = cell("Dog", "over one", column=0), cell("50", column=2)
    assert [one.text for one in arranged([*first, *second])] == ["Dog", "over one", "50"]
    other = [line("Licence", 72, 720, width=40), line("Fee", 300, 720, width=40)]
    assert [one.text for one in arranged([*other, *first, *second])][-1] == "50"
    rows = cell("1932", "1933", column=0, leading=14)
    assert [one.text for one in arranged([*HEAD, *rows, *second])][-2:] == ["1933", "50"]


def test_a_page_without_lines_has_none() -> None:
    assert arranged([]) == []
