"""Headers and footers of PDF pages, recognised by their position and by what changes from page to page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from footnote_index.loaders.pdf.layout import rows_of
from footnote_index.loaders.pdf.lines import Line

ENDS_A_SENTENCE = re.compile(r"[.!?…:;。！？][\"'”’»)\]」』]*[⁰¹²³⁴-⁹]*$")

_EDGE = 2  # rows at the top and at the bottom of a page that may be its header or footer
_PAGES_ALIKE = 3
_SAME_PLACE = 5  # points
_APART = 1.4  # of the usual distance of two lines
_USUAL = 0.2  # of all distances: the smallest that occurs as often is that of two lines
_LEADERS = re.compile(r"(?<!\.)(?<!\.\s)(?:\.\s?+){5,}+\s*+[\divxlc]*+$")
_ROMAN = re.compile(r"^(\W{0,3})([ivxl]{1,7}|[IVXL]{1,7})(\W{0,3})$")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_NUMBER = re.compile(r"^\D{0,8}?(\d{1,4})\b|\b(\d{1,4})\D{0,8}$")


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the top or bottom of a page. `is_apart`: there is more space between it and the text than between lines.
    `depth`: how many rows are further out.
    """

    page: int
    lines: tuple[Line, ...]
    is_top: bool
    is_apart: bool
    depth: int

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def place(self) -> tuple[bool, int]:
        return self.is_top, round(self.lines[0].y / _SAME_PLACE)

    @property
    def mark(self) -> tuple[str, tuple[bool, int]]:
        """What identifies a page's furniture: only a sentence must be the same to the last digit."""
        if ENDS_A_SENTENCE.search(self.text):
            return self.text, self.place
        return _ROMAN.sub(r"\g<1>0\g<3>", re.sub(r"\d+", "0", self.text)), self.place

    @property
    def numbers(self) -> set[int]:
        """How far the numbers at its ends are from its page's number."""
        found = {int(found) for match in _NUMBER.finditer(self.text) for found in match.groups() if found}
        if roman := _ROMAN.fullmatch(self.text):
            found.add(_roman(roman[2].lower()))
        return {number - self.page for number in found}


def _roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < other else one for one, other in pairwise([*values, 0]))


def without_furniture(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """Without headers, footers and tables of contents; all pages unchanged if nothing else would be left."""
    furniture = {(edge.page, line) for edge in _furniture([*_edges(pages)]) for line in edge.lines}
    kept = [
        [line for line in lines if (number, line) not in furniture and not _LEADERS.search(line.text[-100:])]
        for number, lines in enumerate(pages)
    ]
    return kept if any(kept) else pages


def _edges(pages: Sequence[Sequence[Line]]) -> Iterator[_Edge]:
    rows_of_pages = [rows_of(lines) for lines in pages]
    gaps = Counter(round(one[0].y - other[0].y) for rows in rows_of_pages for one, other in pairwise(rows))
    room = _APART * min((gap for gap, count in gaps.items() if count >= _USUAL * gaps.total()), default=0)
    for page, rows in enumerate(rows_of_pages):
        for is_top, inwards in ((True, rows[: _EDGE + 1]), (False, rows[::-1][: _EDGE + 1])):
            is_wide = [abs(one[0].y - other[0].y) > room for one, other in pairwise(inwards)]
            for number, row in enumerate(inwards[:_EDGE]):
                yield _Edge(page, tuple(row), is_top, any(is_wide[number:]), number)


def _furniture(edges: Sequence[_Edge]) -> list[_Edge]:
    alike = Counter(mark for _, mark in {(edge.page, edge.mark) for edge in edges})
    within = {(edge.page, edge.is_top): alike[edge.mark] for edge in edges if edge.depth == 1}
    counted: dict[tuple[tuple[bool, int], int], set[int]] = defaultdict(set)
    for edge in edges:
        for offset in edge.numbers:
            counted[edge.place, offset].add(edge.page)
    found = [
        edge
        for edge in edges
        if (edge.is_apart and alike[edge.mark] > 1)
        or (edge.depth == 0 and alike[edge.mark] >= max(_PAGES_ALIKE, 1 + within.get((edge.page, edge.is_top), 0)))
        or (edge.is_apart and any(len(counted[edge.place, offset]) > 1 for offset in edge.numbers))
    ]
    places = Counter(edge.place for edge in found)
    usual = {place for place, count in places.items() if count >= max(2, len({edge.page for edge in edges}) / 2)}
    return [*found, *(edge for edge in edges if edge.is_apart and edge.place in usual)]
