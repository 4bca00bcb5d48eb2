"""Tables of any format -> rows. A cell is one line, whatever it contains; one that spans several rows is in each of
them. The first row names the columns: an empty one is put above a table that has no such row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from footnote.models.structure import cells
from footnote_index.loaders.blocks import Block, BlockKind, Blocks

_LONG = 600
"""From this many characters on, a cell with several blocks is text and not a figure."""

_SHORT = 100
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?")
_MOST_COLUMNS = 200
_GOES_ON_AFTER = tuple(".!?:;,…")


@dataclass(frozen=True, slots=True)
class Cell:
    """Its content, and how many rows and columns it spans (0 rows: all that are left). `is_set_off`: it looks like a
    heading, as bold text does, and is not marked as one.
    """

    blocks: Sequence[Block]
    rows: int = 1
    columns: int = 1
    is_heading: bool = False
    is_set_off: bool = False

    @property
    def line(self) -> str:
        return _on_one_line(self.blocks)


def add_table(blocks: Blocks, table: Sequence[Sequence[Cell]]) -> None:
    """As rows; a table that is only used for layout becomes the texts in it."""
    rows = [row for row in table if any(cell.line for cell in row)]
    if _only_arranges(rows):
        for cell in (cell for row in rows for cell in row):
            blocks.add(cell.blocks)
        return
    lines = [line for row, line in zip(table, _filled(table), strict=True) if any(cell.line for cell in row)]
    named = [*_with_one_heading(lines, rows)]
    if _is_headless(rows, lines):
        named.insert(0, [""] * len(lines[0]))
    for place, line in enumerate(named):
        blocks.row(line, begins=place == 0)


def _only_arranges(table: Sequence[Sequence[Cell]]) -> bool:
    if max((len(row) for row in table), default=0) <= 1:
        return True
    every = [cell for row in table for cell in row]
    if any(block.kind is BlockKind.HEADING for cell in every for block in cell.blocks):
        return True
    if len(table) == 1 and any(len(cell.line) > _SHORT for cell in every):
        return True
    return any(len(cell.blocks) > 1 and len(cell.line) > _LONG for cell in every)


def _is_headless(rows: Sequence[Sequence[Cell]], lines: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is one like the others: where only the cells of the first column are headings, or where
    nothing is marked and it looks like the others.
    """
    first, *others = rows
    if not others or all(cell.is_heading for cell in first if cell.line):
        return False
    looks = [[cell.is_heading or cell.is_set_off for cell in row if cell.line] for row in rows]
    if any(map(any, looks)) and not all(map(all, looks)):
        if all(looks[0]):
            return False
        if all(row[0].is_heading or row[0].is_set_off for row in rows) and not _begins_above_figures(lines):
            return True
    return begins_with_values(lines)


def _begins_above_figures(lines: Sequence[Sequence[str]]) -> bool:
    """Whether one of several columns has figures below words: "Plan, Basic, Pro" above "Price, 5, 9"."""
    first, *others = lines
    below = zip(*(line[1:] for line in others), strict=False)
    named = (
        cell and not _has_figure(cell) and all(map(_has_figure, own))
        for cell, own in zip(first[1:], below, strict=False)
    )
    return len(first) > 2 and any(named)


def begins_with_values(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of an unmarked table holds values and no names of columns: it has a figure where all others
    have one. Two columns of words are taken for things and what is said of them, as a lost first row is worse than
    names of columns that count as a row.
    """
    first, *others = lines
    below = {at: [line[at] for line in others if at < len(line)] for at in range(1, len(first))}
    figures = {at: values for at, values in below.items() if values and all(map(_has_figure, values))}
    has_both = [at for at in figures if _has_figure(first[at])]
    if has_both:
        return len(first) == 2 or not all(_may_name(first[at], figures[at]) for at in has_both)
    return len(first) == 2 and all(first) and not figures


def _may_name(cell: str, figures: Sequence[str]) -> bool:
    """Whether it may name a column of these figures, as a year does, or "Q1" above 12."""
    is_word = cell[:1].isalpha() and not any(figure[:1].isalpha() for figure in figures)
    return is_word or bool(_YEAR.fullmatch(cell))


def _has_figure(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _filled(table: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """One line for each row, with the cells that extend into it from above."""
    lines: list[list[str]] = []
    below: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(table):
        above = below
        below = {column: (left - 1, text) for column, (left, text) in above.items() if left > 1}
        last = max(above, default=-1)
        line: list[str] = []
        own = iter(row)
        while True:
            if len(line) in above:
                line.append(above[len(line)][1])
            elif (cell := next(own, None)) is not None:
                _place(cell, line, below, rows_left=len(table) - number)
            elif len(line) < last:
                line.append("")
            else:
                break
        lines.append(line)
    return lines


def _place(cell: Cell, line: list[str], below: dict[int, tuple[int, str]], *, rows_left: int) -> None:
    """A heading is repeated in each of its columns; anything else is written once."""
    text = cell.line
    rows = min(cell.rows or rows_left, rows_left)
    for column in range(min(max(cell.columns, 1), _MOST_COLUMNS - len(line))):
        shown = text if column == 0 or cell.is_heading else ""
        if rows > 1:
            below[len(line)] = rows - 1, shown
        line.append(shown)


def _with_one_heading(lines: list[list[str]], table: Sequence[Sequence[Cell]]) -> Iterable[list[str]]:
    """Headings on several lines become one, which names each column in full."""
    count = 0
    while count < len(table) - 1 and all(cell.is_heading for cell in table[count]) and len(lines[count]) > 1:
        count += 1
    if count < 2:
        return lines
    width = max(map(len, lines[:count]))
    columns = [dict.fromkeys(line[place] for line in lines[:count] if place < len(line)) for place in range(width)]
    return [[" ".join(filter(None, names)) for names in columns], *lines[count:]]


def _on_one_line(blocks: Iterable[Block]) -> str:
    line = ""
    for block in blocks:
        text = " ".join(_plain(block).split())
        if line and text:
            line += " " if line.endswith(_GOES_ON_AFTER) else "; "
        line += text
    return line


def _plain(block: Block) -> str:
    if block.kind is BlockKind.ROW:
        inner = [cell.replace("\\|", "|") for cell in cells(block.text) if cell]
        return (": " if len(inner) == 2 else ", ").join(inner)
    is_bullet = block.kind is BlockKind.ITEM and not block.mark[0].isalnum()
    return block.text if is_bullet or block.kind is not BlockKind.ITEM else f"{block.mark} {block.text}"
