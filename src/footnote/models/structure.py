"""What is not prose in an article's text, and the headings above a place in it.

Loaders mark up every article like this, as far as it has such parts (footnote_index/loaders/blocks.py):

    ## Heading        one to six #
    | cell | cell |   a row of a table; the first row names the columns
    ```               code, up to the next line with the same fence

List items (`- item`, `2. item`) and quotes (`> quote`) are prose: they hold sentences like any paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import zip_longest
from operator import itemgetter


class PartKind(Enum):
    """What a part of a text is."""

    PROSE = auto()
    HEADING = auto()
    ROW = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class TextPart:
    """`text[start:end]`: some lines of prose or code, one heading, or one row of a table. Fences belong to no part."""

    kind: PartKind
    start: int
    end: int


_MARKED = re.compile(r"^(?:(?P<heading>#{1,6})[ \t]+\S[^\n]*|(?P<row>\|)[^\n]*|(?P<fence>`{3,})[^`\n]*$)", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,})[ \t]*\r?$", re.MULTILINE)
_HAS_MARKS = re.compile(r"^(?:[#|]|```)", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")
_SAY_NOTHING = frozenset(
    [
        "type",
        "stat",
        "key",
        "value",
        "field",
        "property",
        "attribute",
        "detail",
        "details",
        "trait",
        "info",
        "item",
        "name",
    ]
)
"""Names of the two columns of a table whose first one has the names of what is in the second: "Type | Stat"."""


def parts(text: str) -> Iterator[TextPart]:
    """The parts of a text in order. Only white space and fences lie between them."""
    closing = _closing_fences(text)
    position = 0
    found = _MARKED.search(text)
    while found:
        start, end = found.span()
        part, after = _marked_part(found, closing)
        if part:
            if text[position:start].strip():
                yield TextPart(PartKind.PROSE, position, start)
            yield part
            position = after
        found = _MARKED.search(text, max(after, end))
    if text[position:].strip():
        yield TextPart(PartKind.PROSE, position, len(text))


def _closing_fences(text: str) -> dict[str, list[int]]:
    """The positions of lines that are only a fence."""
    places: dict[str, list[int]] = {}
    if "```" in text:
        for found in _FENCE.finditer(text):
            places.setdefault(found[1], []).append(found.start())
    return places


def _marked_part(line: re.Match[str], closing: dict[str, list[int]]) -> tuple[TextPart | None, int]:
    """The part that begins with a marked line, and where it ends; no part if the mark means nothing there."""
    start, end = line.span()
    if line["fence"]:
        return _code(line, closing.get(line["fence"], []))
    is_row = line["row"] and end - start > 1 and line[0].rstrip().endswith("|")
    kind = PartKind.ROW if is_row else PartKind.HEADING if line["heading"] else None
    return (TextPart(kind, start, end) if kind else None), end


def _code(line: re.Match[str], closing: list[int]) -> tuple[TextPart | None, int]:
    found = bisect_right(closing, line.start())
    if found == len(closing):
        return None, line.end()
    return TextPart(PartKind.CODE, min(line.end() + 1, closing[found]), closing[found]), closing[found] + len(
        line["fence"]
    )


class Outline:
    """The headings of one text, the first rows of its tables, and its code."""

    def __init__(self, text: str) -> None:
        self._code: list[tuple[int, int]] = []
        self._headings: list[int] = []
        self._paths: list[tuple[str, ...]] = []
        self._rows: dict[int, str] = {}
        open_headings: list[tuple[int, str]] = []
        columns, first_row, row_ended = "", -1, -2  # no row ends right before the text
        for part in parts(text) if _HAS_MARKS.search(text) else ():
            line = text[part.start : part.end]
            if part.kind is PartKind.HEADING:
                title = line.lstrip("#")
                level = len(line) - len(title)
                while open_headings and open_headings[-1][0] >= level:
                    open_headings.pop()
                open_headings.append((level, title.strip(" \t\r#")))
                self._headings.append(part.start)
                self._paths.append(tuple(name for _, name in open_headings))
            elif part.kind is PartKind.ROW:
                if row_ended + 1 == part.start:
                    self._rows[part.start] = columns
                    self._rows.pop(first_row, None)
                else:
                    columns, first_row = line, part.start
                    self._rows[part.start] = ""
                row_ended = part.end
            elif part.kind is PartKind.CODE:
                self._code.append((part.start, part.end))

    def at(self, position: int) -> tuple[str, ...]:
        """The headings above a place, outermost first; in a table, the names of its columns last."""
        columns = self.columns(position)
        path = self.sections(position)
        return (*path, " | ".join(filter(None, columns))) if columns else path

    def sections(self, position: int) -> tuple[str, ...]:
        """Only the headings, without one at the place itself."""
        found = bisect_right(self._headings, position) - 1
        path = self._paths[found] if found >= 0 else ()
        return path[:-1] if path and self._headings[found] == position else path

    def columns(self, position: int) -> tuple[str, ...]:
        """The names of the columns that the row at this place has, some of which may be empty; none at all for anything
        but a row below one that names its columns.
        """
        names = tuple(cells(self._rows.get(position, "")))
        return names if any(names) else ()

    def is_code(self, position: int) -> bool:
        """Whether the place is in code."""
        found = bisect_right(self._code, position, key=itemgetter(0)) - 1
        return found >= 0 and position < self._code[found][1]

    def as_read(self, position: int, line: str) -> str:
        """A row of a table as a sentence: `Berth: North; Fee: 300 euros`, without names of columns `North: 300 euros`.
        Other lines, and the names of the columns, are as they are.
        """
        return row_in_words(line, self.columns(position)) if position in self._rows else line


def row_in_words(row: str, columns: Sequence[str]) -> str:
    """A row of a table, with the names of its columns if these say anything."""
    own, names = ([cell.replace("\\|", "|") for cell in line] for line in (cells(row), columns))
    if len(names) == 2 and _SAY_NOTHING.issuperset(name.casefold() for name in names):
        names = []
    named = [f"{name}: {cell}" if name else cell for name, cell in zip_longest(names, own, fillvalue="") if cell]
    return (": " if len(named) == 2 and not names else "; ").join(named)


@lru_cache(maxsize=8)
def outline_of(text: str) -> Outline:
    """The same again for the articles of one question, several of whose passages are read."""
    return Outline(text)


def cells(row: str) -> list[str]:
    """`| North | 300 euros |` -> North, 300 euros. A row that is cut, as long ones are, ends in a part of a cell."""
    found = [cell.strip() for cell in _CELL_END.split(row.strip())[1:]]
    return found if found and found[-1] else found[:-1]


def names_columns(text: str, start: int, end: int) -> bool:
    """Whether the line is the first row of a table with more rows: it only says what they are about."""
    before = text.rfind("\n", 0, max(start - 1, 0)) + 1
    follows_row = start > 0 and text[start - 1] == "\n" and text.startswith("|", before) and before < start
    return text.startswith("|", start) and text.startswith("\n|", end) and not follows_row
