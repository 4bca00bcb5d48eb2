"""A page of a PDF as a picture with the sentence marked on it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator

import pytest
from PIL import Image
from sample_files import page, pdf

from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.loaders.pdf.picture import WIDTH, DrawnPage

FILE = pdf([page("An unrelated page."), page("The harbour lies in the north.", "The bridge was", "opened in 1932.")])


@pytest.fixture(scope="module")
def process() -> Iterator[ParserProcess]:
    with ParserProcess() as process:
        yield process


def drawn(process: ParserProcess, quote: str, *, number: int = 2) -> Image.Image:
    page = process.read("pdf picture", FILE, DrawnPage, page=number, quote=quote)
    picture = Image.open(io.BytesIO(base64.b64decode(page.png)))
    assert page.is_marked == (marked_lines(picture) > 0)
    return picture


def marked_lines(picture: Image.Image) -> int:
    """Runs of rows that hold a tinted pixel."""
    rows = [
        any(green > red + 20 for red, green, _ in (picture.getpixel((x, y)) for x in range(0, picture.width, 4)))  # type: ignore[misc]
        for y in range(picture.height)
    ]
    return sum(now and not before for before, now in zip([False, *rows], rows, strict=False))


def test_a_sentence_is_marked_also_over_a_line_break(process: ParserProcess) -> None:
    picture = drawn(process, "The bridge was opened in 1932.")
    assert picture.width in range(WIDTH - 2, WIDTH + 3)
    assert marked_lines(picture) in {1, 2}
    left, top, right, bottom = 72, 842 - 760 + 8, 230, 842 - 760 + 34  # the two lines, in points from the top
    scale = picture.width / 595
    area = picture.crop((int(left * scale), int(top * scale), int(right * scale), int(bottom * scale)))
    assert marked_lines(area) >= 1
    assert marked_lines(picture.crop((0, 0, picture.width, int((842 - 770) * scale)))) == 0


def test_nothing_is_marked_if_the_page_does_not_have_the_sentence(process: ParserProcess) -> None:
    assert marked_lines(drawn(process, "The bridge was opened in 1932.", number=1)) == 0
    assert marked_lines(drawn(process, "...")) == 0


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_named(process: ParserProcess, number: int) -> None:
    with pytest.raises(Unreadable, match=f"it has no page {number}"):
        drawn(process, "x", number=number)


def test_a_damaged_file_is_refused(process: ParserProcess) -> None:
    with pytest.raises(Unreadable):
        process.read("pdf picture", b"%PDF-1.7 nothing", DrawnPage, page=1, quote="x")
