"""A page of a PDF as a picture, with a sentence marked on it. Runs in the process that reads hostile files."""

from __future__ import annotations

import base64
import io
import unicodedata
from ctypes import byref, c_double, c_int
from dataclasses import dataclass
from typing import TYPE_CHECKING

from footnote.errors import ArticleError
from footnote_index.loaders.pdf.glyphs import MAX_GLYPHS
from footnote_index.loaders.pdf.loader import opened

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage, PdfTextPage

WIDTH = 1_000
"""The width of the picture, in pixels."""

_TALLEST = 3_000
_TINT = (11, 107, 93, 70)
_AROUND = 2

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A PNG file in base64. Nothing is marked if the quote is not found on the page, letter for letter."""

    png: str
    is_marked: bool


def picture(content: bytes, *, page: int, quote: str) -> DrawnPage:
    """Pages count from 1. Raises ArticleError."""
    document = opened(content)
    try:
        if not 1 <= page <= len(document):
            raise ArticleError(f"it has no page {page}")
        drawn, is_marked = _drawn(document[page - 1], quote)
    finally:
        document.close()
    stream = io.BytesIO()
    drawn.convert("RGB").save(stream, "PNG", optimize=True)
    return DrawnPage(base64.b64encode(stream.getvalue()).decode(), is_marked)


def _drawn(page: PdfPage, quote: str) -> tuple[Image, bool]:
    """The page, and whether the quote is marked on it."""
    from PIL import Image, ImageDraw

    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), _TALLEST / max(height, 1))
    image: Image.Image = page.render(scale=scale).to_pil().convert("RGBA")
    tint = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(tint)
    lines = _lines(_boxes(page, quote, image.size))
    for left, top, right, bottom in lines:
        draw.rounded_rectangle((left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND), 3, fill=_TINT)
    return Image.alpha_composite(image, tint), bool(lines)


def _boxes(page: PdfPage, quote: str, size: tuple[int, int]) -> list[Box]:
    """Where the letters of the quote are in the picture, in their order."""
    text = page.get_textpage()
    try:
        letters, places = _letters(text)
        wanted = _plain(quote)
        at = letters.find(wanted) if wanted else -1
        numbers = dict.fromkeys(places[at : at + len(wanted)]) if at >= 0 else {}
        return [_on_picture(page, text.get_charbox(number), size) for number in numbers]
    finally:
        text.close()


def _letters(text: PdfTextPage) -> tuple[str, list[int]]:
    """The letters and digits of a page in one form, each with the number of its glyph."""
    import pypdfium2.raw as pdfium

    letters: list[str] = []
    places: list[int] = []
    for number in range(min(pdfium.FPDFText_CountChars(text), MAX_GLYPHS)):
        plain = _plain(chr(pdfium.FPDFText_GetUnicode(text, number)))
        letters.append(plain)
        places += [number] * len(plain)
    return "".join(letters), places


def _plain(text: str) -> str:
    """Without spaces, hyphens and ligatures: a line may break anywhere."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def _on_picture(page: PdfPage, box: Box, size: tuple[int, int]) -> Box:
    left, bottom, right, top = box
    (x1, y1), (x2, y2) = _pixel(page, left, top, size), _pixel(page, right, bottom, size)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _pixel(page: PdfPage, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    import pypdfium2.raw as pdfium

    across, down = c_int(), c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, c_double(x), c_double(y), byref(across), byref(down))
    return across.value, down.value


def _lines(boxes: list[Box]) -> list[Box]:
    """Letters that follow each other on one line as one box."""
    lines: list[Box] = []
    for left, top, right, bottom in boxes:
        if lines:
            before = lines[-1]
            is_beside = min(bottom, before[3]) - max(top, before[1]) > 0 and left >= before[0]
            if is_beside:
                lines[-1] = (before[0], min(top, before[1]), max(right, before[2]), max(bottom, before[3]))
                continue
        lines.append((left, top, right, bottom))
    return lines
