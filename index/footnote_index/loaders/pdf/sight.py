"""Which text of a PDF page nobody sees: white on white, invisible, too small, or off the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from footnote_index.loaders.pdf.shapes import Bounds, colour_of, grounds_of, is_white

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_TINY = 1.0  # points
_BESIDE = 2.0  # points


class VisibleText:
    """The visible text of one page. Invisible text over a picture comes from a scanner's text recognition, and is
    read.
    """

    def __init__(self, page: PdfPage) -> None:
        self._page = page
        self._edges: Bounds = page.get_cropbox()
        self._grounds: list[Bounds] | None = None

    def is_hidden(self, piece: Any, x: float, y: float, size: float) -> bool:  # noqa: ANN401 - a pointer of PDFium's
        import pypdfium2.raw as pdfium

        left, bottom, right, top = self._edges
        if size < _TINY or not (left - _BESIDE <= x <= right + _BESIDE and bottom - _BESIDE <= y <= top + _BESIDE):
            return True
        if pdfium.FPDFTextObj_GetTextRenderMode(piece) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            return not self._stands_on_something(x, y)
        colour = colour_of(piece)
        is_unseen = colour is not None and (colour[3] == 0 or is_white(*colour[:3]))
        return is_unseen and not self._stands_on_something(x, y)

    def _stands_on_something(self, x: float, y: float) -> bool:
        if self._grounds is None:
            self._grounds = grounds_of(self._page)
        return any(left <= x <= right and bottom - _BESIDE <= y <= top for left, bottom, right, top in self._grounds)
