"""The letters of a PDF page as PDFium places them, in the order in which the page draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

MAX_GLYPHS = 100_000
"""Of one page; those after them are not looked at."""

_BLANKS = {0x20, 0xA0, 0x09}
_ENDS_OF_LINES = {0x0A, 0x0D}
_HYPHEN = 0x2  # how PDFium writes a hyphen at the end of a line
_NOTHING = {0xFFFE, 0xFFFF, 0xFEFF, 0x200B}
_ASKEW = 0.02
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter. `x` and `y` are where it stands on its line, `right` where the next one would, in points to the
    right and upwards as the page is read; `size` is that of its font. `after_blank`: white space lies before it.
    """

    text: str
    x: float
    y: float
    right: float
    size: float
    after_blank: bool


def glyphs(page: PdfPage) -> Iterator[Glyph]:
    """What is drawn askew (a watermark) is left out."""
    text = page.get_textpage()
    try:
        yield from _Reading(text).glyphs()
    finally:
        text.close()


class _Reading:
    """Asks PDFium for each letter as little as can be: each question takes about half a microsecond."""

    def __init__(self, text: PdfTextPage) -> None:
        self._text = text
        self._font_size = self._y = self._scale = 0.0
        self._is_askew = False
        self._turns = self._direction()

    def _direction(self) -> int:
        """Which way most letters run, in quarters of a turn: a table may lie on its side, whatever its page says."""
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
        after_blank, half = False, 0
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
            pdfium.FPDFText_GetLooseCharBox(self._text, number, byref(box))
            self._look_at_font(number, y.value if self._turns % 2 == 0 else x.value)
            if self._is_askew:
                continue
            left, base = self._turned(x.value, y.value)
            right = max(self._turned(box.left, box.bottom)[0], self._turned(box.right, box.top)[0])
            size = self._font_size * self._scale or 1.0
            yield Glyph("-" if code == _HYPHEN else chr(code), left, base, right, size, after_blank)
            after_blank = False

    def _look_at_font(self, number: int, y: float) -> None:
        """The font's scale and direction stay the same along a line."""
        import pypdfium2.raw as pdfium

        font_size = pdfium.FPDFText_GetFontSize(self._text, number)
        if font_size == self._font_size and y == self._y:
            return
        self._font_size, self._y = font_size, y
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, number, byref(matrix))
        across, along = (matrix.a, matrix.b) if self._turns % 2 == 0 else (matrix.b, matrix.a)
        self._is_askew = abs(along) > _ASKEW * abs(across)
        self._scale = (matrix.a**2 + matrix.b**2) ** 0.5

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page as it is turned for reading."""
        return ((x, y), (y, -x), (-x, -y), (-y, x))[self._turns]
