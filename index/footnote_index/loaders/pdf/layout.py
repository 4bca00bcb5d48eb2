"""The lines of a PDF page in reading order, and each row of its tables as one piece.

A page may be drawn in any order. Its own order is used, unless it jumps from column to column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from footnote_index.loaders.pdf.lines import Line

_PROSE = 20  # characters: the lines of a column are longer on average, table cells mostly are not
_FEWEST = 3  # lines of a column
_JUMPS = 2
_TOUCH = 2.0  # points
_SAME_HEIGHT = 0.3
_NEXT_ROW = 1.5
_LEADING = 1.35  # in a cell; the rows of a table are further apart
_TALLEST = 8  # further lines of a cell
_NEAR = (
    3  # runs of lines: the most that may be between two rows of a table, with more lines of their cells between them
)


def arranged(lines: Sequence[Line]) -> list[Line]:
    """One column after the other; each row of a table is one line with cells."""
    return _with_rows(_by_columns(_downwards(lines) if _is_upside_down(lines) else lines))


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines at the same height, from left to right; the topmost first."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) < _SAME_HEIGHT * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x) for row in rows]


def _is_upside_down(lines: Sequence[Line]) -> bool:
    """Whether the page is drawn from its bottom to its top."""
    steps = [other.y - one.y for one, other in pairwise(lines) if abs(other.y - one.y) > _SAME_HEIGHT * one.size]
    return sum(step > 0 for step in steps) > len(steps) / 2


def _by_columns(lines: Sequence[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    result: list[Line] = []
    for band in _bands(lines, gutter):
        left = [line for line in band if line.right < gutter]
        right = [line for line in band if line.x >= gutter]
        sides = [line.x >= gutter for line in band]
        if left and right and sum(one != other for one, other in pairwise(sides)) > _JUMPS:
            result += _by_columns(_downwards(left)) + _by_columns(_downwards(right))
        else:
            result += band
    return result


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the second of two columns of prose begins; None when there are none."""
    starts = Counter(round(line.x) for line in lines)
    for start in sorted((start for start, count in starts.items() if count >= _FEWEST), reverse=True):
        gutter = start - _TOUCH
        left = [line for line in lines if line.right < gutter]
        right = [line for line in lines if line.x >= gutter]
        if all(len(side) >= _FEWEST and fmean(len(line.text) for line in side) >= _PROSE for side in (left, right)):
            beside = [line for line in left if any(abs(line.y - other.y) < line.size for other in right)]
            if len(beside) >= _FEWEST and 2 * len(beside) >= min(len(left), len(right)):
                return gutter
    return None


def _bands(lines: Sequence[Line], gutter: float) -> list[list[Line]]:
    """The lines between those that span both columns, which are bands of their own. The topmost first."""
    over = sorted((line for line in lines if line.x < gutter <= line.right), key=lambda line: -line.y)
    bands: list[list[Line]] = [[] for _ in range(2 * len(over) + 1)]
    for line in lines:
        above = sum(one.y > line.y for one in over)
        bands[2 * above + 1 if line in over else 2 * above].append(line)
    return [band for band in bands if band]


def _downwards(lines: Iterable[Line]) -> list[Line]:
    return [line for row in rows_of(lines) for line in row]


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    runs = _runs(lines)
    is_row = [
        len(run) > 1
        and any(_are_aligned(run, other) for other in runs[max(0, n - _NEAR) : n + _NEAR + 1] if other is not run)
        for n, run in enumerate(runs)
    ]
    result: list[Line] = []
    starts: list[Line] = []
    for run, in_table in zip(runs, is_row, strict=True):
        if in_table:
            result.append(_row(run))
            starts = run if len(run) >= len(starts) or not starts else starts
        elif result and starts and (place := _cell_of(run, starts, result[-1])) is not None:
            result[-1] = _with_more(result[-1], place, run[0])
        else:
            starts = []
            result.append(_joined(run))
    return result


def _runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines drawn one after the other at the same height, from left to right. Those of a cell that was drawn before
    the next cell of its row are one.
    """
    runs: list[list[Line]] = []
    for line in lines:
        if runs and _is_next(line, runs[-1][-1]):
            runs[-1].append(line)
        elif count := _lines_of_cell(runs, line):
            more = [run[0] for run in runs[-count:]]
            del runs[-count:]
            cell = runs[-1][-1]
            text = " ".join(one.text for one in (cell, *more))
            runs[-1][-1:] = [replace(cell, text=text, right=max(one.right for one in (cell, *more))), line]
        else:
            runs.append([line])
    return runs


def _is_next(line: Line, before: Line) -> bool:
    return abs(before.y - line.y) < _SAME_HEIGHT * line.size and line.x >= before.right


def _lines_of_cell(runs: Sequence[Sequence[Line]], line: Line) -> int:
    """How many of the last runs are further lines of a cell, if the line goes back up to the cell's row and starts in
    a column of the rows above; otherwise 0.
    """
    for count in range(1, min(_TALLEST, len(runs) - 2) + 1):
        row, below = runs[-count - 1], runs[-count:]
        if len(below[0]) > 1 or line.x < below[0][0].right:
            return 0
        if _is_next(line, row[-1]):
            cell = [row[-1], *(run[0] for run in below)]
            is_cell = all(
                abs(one.x - other.x) < _TOUCH and 0 < one.y - other.y < _LEADING * one.size
                for one, other in pairwise(cell)
            )
            above = runs[: -count - 1][-_NEAR:]
            return count if is_cell and any(_have_columns(other, row[0], line) for other in above) else 0
    return 0


def _have_columns(row: Sequence[Line], *cells: Line) -> bool:
    return all(any(abs(start.x - cell.x) < _TOUCH for start in row) for cell in cells)


def _are_aligned(one: Sequence[Line], other: Sequence[Line]) -> bool:
    """Whether two rows share the edges of at least two columns."""
    shared = sum(
        any(
            abs(a.x - b.x) < _TOUCH
            or abs(a.right - b.right) < _TOUCH
            or abs(a.x + a.right - b.x - b.right) < 2 * _TOUCH
            for b in other
        )
        for a in one
    )
    return shared >= 2


def _row(run: Sequence[Line]) -> Line:
    return replace(_joined(run), cells=tuple(line.text for line in run))


def _joined(run: Sequence[Line]) -> Line:
    if len(run) == 1:
        return run[0]
    text = " ".join(line.text for line in run)
    return replace(run[0], text=text, right=run[-1].right, size=max(run, key=lambda line: len(line.text)).size)


def _cell_of(run: Sequence[Line], starts: Sequence[Line], row: Line) -> int | None:
    """The cell that a line right below a row continues; not the first cell, which begins a row."""
    line = run[0]
    if len(run) > 1 or not 0 < row.y - line.y < _NEXT_ROW * line.size:
        return None
    places = [place for place, start in enumerate(starts) if abs(start.x - line.x) < _TOUCH]
    return places[0] if places and 0 < places[0] < len(row.cells) else None


def _with_more(row: Line, place: int, line: Line) -> Line:
    cells = [f"{cell} {line.text}" if number == place else cell for number, cell in enumerate(row.cells)]
    return replace(row, cells=tuple(cells), text=" ".join(cells), y=line.y)
