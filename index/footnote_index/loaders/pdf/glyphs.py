"""The letters of a PDF page at the positions that PDFium gives, in the order in which the page draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double, c_void_p, cast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from footnote_index.loaders.pdf.shapes import VerticalRules, rules_of
from footnote_index.loaders.pdf.sight import VisibleText

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

MAX_GLYPHS = 100_000
"""Letters of one page; the rest is ignored."""

_BLANKS = {0x20, 0xA0, 0x09}
_ENDS_OF_LINES = {0x0A, 0x0D}
_HYPHEN = 0x2  # how PDFium writes a hyphen at the end of a line
_NOTHING = {0xFFFE, 0xFFFF, 0xFEFF, 0x200B}
_ASKEW = 0.02
_SAMPLE = 200
_RULE_SLACK = 1.0  # points
_RULE_ROOM = 0.2  # of the size of letters


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter. `x` and `y` are its position on its line, `right` that of the next one, in points to the right and
    upwards as the page is read; `size` is that of its font. `after_blank`: there is white space before it;
    `after_rule`: a rule of a table too.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    after_blank: bool
    after_rule: bool = False


class PageGlyphs:
    """The letters of a page. Text at an angle (a watermark) is left out, and so is invisible text, which is kept in
    `hidden`.
    """

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        self.hidden: list[str] = []

    def __iter__(self) -> Iterator[Glyph]:
        text = self._page.get_textpage()
        try:
            yield from _Reading(self._page, text, self.hidden).glyphs()
        finally:
            text.close()


class _Reading:
    """Makes as few calls to PDFium per letter as possible: each takes about half a microsecond."""

    def __init__(self, page: PdfPage, text: PdfTextPage, hidden: list[str]) -> None:
        self._text = text
        self._object = 0
        self._size = 1.0
        self._is_askew = self._is_hidden = False
        self._hidden = hidden
        self._turns = self._direction()
        self._sight = VisibleText(page)
        self._rules = rules_of(page) if self._turns == 0 else VerticalRules([])

    def _direction(self) -> int:
        """The direction of most letters, in quarter turns: a table may be rotated, whatever its page says."""
        import pypdfium2.raw as pdfium

        count = min(pdfium.FPDFText_CountChars(self._text), MAX_GLYPHS)
        matrix, turns = pdfium.FS_MATRIX(), Counter[int]()
        for number in range(0, count, 1 + count // _SAMPLE):
            if pdfium.FPDFText_GetMatrix(self._text, number, byref(matrix)):
                is_level = abs(matrix.a) >= abs(matrix.b)
                turns[(0 if matrix.a >= 0 else 2) if is_level else (1 if matrix.b > 0 else 3)] += 1
        return turns.most_common(1)[0][0] if turns else 0

    def glyphs(self) -> Iterator[Glyph]:
        import pypdfium2.raw as pdfium

        x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
        after_blank, half, last = False, 0, 0.0
        for number in range(min(pdfium.FPDFText_CountChars(self._text), MAX_GLYPHS)):
            code = pdfium.FPDFText_GetUnicode(self._text, number)
            if code in _BLANKS or code in _ENDS_OF_LINES:
                after_blank = True
                continue
            if 0xD800 <= code < 0xDC00:
                half = code
                continue
            if half and 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
            half = 0
            if code in _NOTHING:
                continue
            pdfium.FPDFText_GetCharOrigin(self._text, number, byref(x), byref(y))
            self._look_at(number, x.value, y.value)
            if self._is_askew:
                continue
            letter = "-" if code == _HYPHEN else chr(code)
            if self._is_hidden:
                self._hidden.append(f" {letter}" if after_blank else letter)
                after_blank, last = False, float("inf")
                continue
            pdfium.FPDFText_GetLooseCharBox(self._text, number, byref(box))
            left, base = self._turned(x.value, y.value)
            right = max(self._turned(box.left, box.bottom)[0], self._turned(box.right, box.top)[0])
            is_apart = left - last > _RULE_ROOM * self._size
            is_parted = is_apart and self._rules.part(last, left + _RULE_SLACK, base + _RULE_SLACK)
            is_after_blank = after_blank or last == float("inf")
            yield Glyph(letter, left, base, right, self._size, is_after_blank, is_parted)
            after_blank, last = False, right

    def _look_at(self, number: int, x: float, y: float) -> None:
        """A new piece of text may have another size and direction, and be hidden."""
        import pypdfium2.raw as pdfium

        piece = pdfium.FPDFText_GetTextObject(self._text, number)
        address = cast(piece, c_void_p).value or 0
        if address == self._object:
            return
        self._object = address
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, number, byref(matrix))
        across, along = (matrix.a, matrix.b) if self._turns % 2 == 0 else (matrix.b, matrix.a)
        self._is_askew = abs(along) > _ASKEW * abs(across)
        self._size = pdfium.FPDFText_GetFontSize(self._text, number) * (matrix.a**2 + matrix.b**2) ** 0.5 or 1.0
        self._is_hidden = bool(address) and self._sight.is_hidden(piece, x, y, self._size)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """A position on the page after it is rotated for reading."""
        return ((x, y), (y, -x), (-x, -y), (-y, x))[self._turns]
