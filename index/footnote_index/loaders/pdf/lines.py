"""The lines of a PDF page, put together from its letters, each with its place and the size of its letters.

A line is what is at one height without a wide gap: the cells of a table and the columns of a page are separate lines.
Superscripts and subscripts are written as such (10⁶ m², H₂O), so that they never change a number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from footnote_index.loaders.pdf.glyphs import Glyph

WIDE_GAP = 1.3
"""In units of the letter size: no space between words is as wide."""

_WORD_GAP = 0.6
_TOUCHING = 0.1
_BULLETS = "•‣▪◦●■○□–-*➢✓❖"
_BOLD = 2.0  # points
_SAME_HEIGHT = 0.15
_RAISED = 0.7
_SMALLER = 0.85
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_HALVES = re.compile("[\ud800-\udfff]")
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]|.[\u0590-\u08ff\ufb1d-\ufefc]", re.DOTALL)
_HIGH = str.maketrans("0123456789+-−–=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿ")
_LOW = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")


@dataclass(frozen=True, slots=True)
class Line:
    """`x`, `y` and `right` are where it begins and ends, in points from the lower left corner; `size` is that of most
    of its letters. `cells` are the parts of a table row.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    cells: tuple[str, ...] = ()


def lines_of(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """In the order in which they are drawn; text that is drawn twice to look bold appears once."""
    drawn: dict[tuple[str, int], list[Line]] = {}
    for line in _lines(glyphs):
        same = drawn.setdefault((line.text, round(line.y / 4)), [])
        if not any(abs(one.x - line.x) < _BOLD and abs(one.y - line.y) < _BOLD for one in same):
            same.append(line)
            yield line


def _lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    line: _Growing | None = None
    for glyph in glyphs:
        if line is None or not line.takes(glyph):
            if line and (done := line.finished()):
                yield done
            line = _Growing(glyph)
    if line and (done := line.finished()):
        yield done


class _Growing:
    """A line that is being collected."""

    def __init__(self, first: Glyph) -> None:
        self._first = self._last = first
        self._pieces = [first.text]
        self._raised: list[str] = []
        self._is_high = False
        self._sizes = Counter({first.size: 1})
        self.y, self.size = first.y, first.size

    def takes(self, glyph: Glyph) -> bool:
        size = max(self.size, glyph.size)
        gap, rise = self._gap_to(glyph), glyph.y - self.y
        if glyph.after_rule or not -0.5 * size < gap < WIDE_GAP * size or abs(rise) > _RAISED * size:
            return False
        is_shifted = abs(rise) > _SAME_HEIGHT * size
        if is_shifted and len(self._pieces) == 1 and self._pieces[0] in _BULLETS:
            self._start_at(glyph)
            is_shifted = False
        elif is_shifted and glyph.size > _SMALLER * self.size:
            if glyph.size * _SMALLER >= self.size and not self._raised and len(self._pieces) < 4:
                self._raise_all(high=rise < 0)
                self._start_at(glyph)
                is_shifted = False
            elif abs(rise) > 0.5 * size:
                return False
        is_touching = gap < _TOUCHING * size and (is_shifted or bool(self._raised))
        blank = " " if (glyph.after_blank and not is_touching) or gap > _WORD_GAP * size else ""
        if is_shifted:
            if self._raised and self._is_high != (rise > 0):
                self._lower()
            self._is_high = rise > 0
            self._raised.append(("" if gap < 0.5 * size and not self._raised else blank) + glyph.text)
        else:
            self._lower()
            self._pieces.append(blank + glyph.text)
            self._sizes[glyph.size] += 1
            self.size = max(self.size, glyph.size)
        self._last = glyph
        return True

    def _start_at(self, glyph: Glyph) -> None:
        """What was there so far is only a mark before the line."""
        self.y, self.size = glyph.y, glyph.size
        self._sizes.clear()

    def _gap_to(self, glyph: Glyph) -> float:
        """From left to right, or from right to left if the line is written that way; none inside a ligature."""
        if glyph.x == self._last.x and glyph.right == self._last.right:
            return 0.0
        if glyph.x < self._last.x and _LEFTWARDS.match(glyph.text + self._last.text):
            return self._last.x - glyph.right
        return glyph.x - self._last.right

    def finished(self) -> Line | None:
        self._lower()
        text = _HALVES.sub("\ufffd", _UNSEEN.sub("", "".join(self._pieces).translate(_LIGATURES)))
        folded = " ".join(text.split())
        left, right = min(self._first.x, self._last.x), max(self._first.right, self._last.right)
        return Line(folded, left, self.y, right, self._sizes.most_common(1)[0][0]) if folded else None

    def _lower(self) -> None:
        """Writes what was higher or lower than the line."""
        if self._raised:
            text = "".join(self._raised)
            table = _HIGH if self._is_high else _LOW
            is_figure = all(ord(letter) in table for letter in text)
            self._pieces.append(text.translate(table) if is_figure else text)
            self._raised = []

    def _raise_all(self, *, high: bool) -> None:
        """What was there so far was a mark before the line."""
        text = "".join(self._pieces)
        table = _HIGH if high else _LOW
        self._pieces = [text.translate(table) if all(ord(letter) in table for letter in text) else text]
