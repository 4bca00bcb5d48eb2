"""`.pdf`: its text as prose, and where its pages begin. What is only a picture cannot be read.

PDFium gives the position of each letter (pdf/glyphs.py); from there the text goes through lines (pdf/lines.py), page
furniture (pdf/furniture.py), columns and tables (pdf/layout.py) to paragraphs (pdf/prose.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.dates import believable
from footnote_index.loaders.junk_titles import is_junk
from footnote_index.loaders.markup.hidden import remark_on
from footnote_index.loaders.pdf.furniture import without_furniture
from footnote_index.loaders.pdf.glyphs import PageGlyphs
from footnote_index.loaders.pdf.layout import arranged
from footnote_index.loaders.pdf.lines import Line, lines_of
from footnote_index.loaders.pdf.prose import joined_lines
from footnote_index.loaders.pdf.titles import heading_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MAX_PAGES = 2_000
_WITHIN = 1024
_UNREADABLE = 0.1
_FEWEST_WORDS = 3
_CATALOG = re.compile(rb"(?<!\d)(\d{1,8}\s+\d{1,5})\s+obj\s*<<(?:(?!endobj).){0,2000}?/Type\s*/Catalog", re.DOTALL)
_END = re.compile(rb"startxref\s+\d+")
_CUT = "a file whose end is missing; what is left of it is read"
_DATE = re.compile(r"D:(\d{8})")
_NOBODY = {"anonymous", "unknown", "unspecified", "user", "owner", "admin", "administrator", "author", "none", "root"}


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page; a page that shows a picture and has no lines is only a picture."""

    lines: list[Line]
    is_picture: bool = False
    is_damaged: bool = False
    hidden: str = ""


def parse(article_id: str, content: bytes) -> Article:
    """Title, author and day come from the document's properties, if they are useful. Raises ArticleError."""
    if b"%PDF-" not in content[:_WITHIN]:
        raise ArticleError("it is not a PDF")
    end = _missing_end(content)
    document = opened(content + end)
    try:
        read = [_page(document, number) for number in range(len(document))]
        properties = document.get_metadata_dict()
    finally:
        document.close()
    pages = [arranged(lines) for lines in without_furniture([page.lines for page in read])]
    text, begun = joined_lines(pages)
    if not text:
        damaged = [*_numbers(page.is_damaged for page in read)]
        raise ArticleError(
            f"it is damaged: {_named(damaged)} cannot be read"
            if damaged
            else "it has no text (scanned text is not read)"
        )
    if _unreadable(text) > _UNREADABLE:
        raise ArticleError("its fonts do not say which characters they show")
    return Article(
        article_id,
        _title(properties.get("Title", ""), pages) or PurePosixPath(article_id).stem,
        text,
        author=_author(properties.get("Author", "")),
        published=_day(properties.get("CreationDate", "")),
        pages=begun,
        remarks=(*([_CUT] if end else []), *_remarks(read)),
        characters_in=sum(len(line.text) + 1 for page in read for line in page.lines),
    )


def _missing_end(content: bytes) -> bytes:
    """What a truncated file lacks: the place of its catalogue. Empty for a complete file."""
    catalog = None if _END.search(content[-_WITHIN:]) else _CATALOG.search(content)
    if catalog is None:
        return b""
    end = b"\nendstream\nendobj" if content.rfind(b"stream\n") > content.rfind(b"endstream") + 3 else b""
    return end + b"\ntrailer\n<< /Root " + catalog[1] + b" R >>\nstartxref\n0\n%%EOF\n"


def opened(content: bytes) -> PdfDocument:
    """A document encrypted with an empty password opens as any other."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(content)
    except PdfiumError as error:
        if "password" in str(error).lower():
            raise ArticleError("it is protected by a password") from error
        raise ArticleError("it is damaged: no page of it can be found") from error
    if len(document) > MAX_PAGES:
        raise ArticleError(f"it has {len(document):,} pages; an article can have at most {MAX_PAGES:,}")
    return document


def _page(document: PdfDocument, number: int) -> _Page:
    """A damaged page only costs that page."""
    import pypdfium2.raw as pdfium
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
        glyphs = PageGlyphs(page)
        lines = [*lines_of(glyphs)]
    except PdfiumError:
        return _Page([], is_damaged=True)
    is_picture = not lines and any(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    page.close()
    return _Page(lines, is_picture=is_picture, hidden=on_one_line("".join(glyphs.hidden)))


def _remarks(pages: Sequence[_Page]) -> Iterator[str]:
    if pictures := [*_numbers(page.is_picture for page in pages)]:
        yield f"pages without text (picture only, {_named(pictures)})"
    if damaged := [*_numbers(page.is_damaged for page in pages)]:
        yield f"damaged pages ({_named(damaged)})"
    if hidden := remark_on([page.hidden for page in pages if len(page.hidden.split()) >= _FEWEST_WORDS]):
        yield hidden


def _numbers(are: Iterable[bool]) -> Iterator[int]:
    return (number for number, is_one in enumerate(are, 1) if is_one)


def _named(numbers: Sequence[int]) -> str:
    """ "page 2", "page 3 to 9 and 12"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    return "page " + " and ".join(filter(None, [", ".join(spans[:-1]), spans[-1]]))


def _title(given: str, pages: Sequence[Sequence[Line]]) -> str | None:
    title = metadata.line(given)
    return title if title and not is_junk(title) else metadata.line(heading_of(pages))


def _author(given: str) -> str | None:
    author = metadata.line(given)
    return author if author and author.casefold().strip("()") not in _NOBODY else None


def _unreadable(text: str) -> float:
    """The share of characters that are not real ones."""
    return sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text) / len(text)


def _day(created: str) -> date | None:
    if found := _DATE.match(created):
        with suppress(ValueError):
            day = datetime.strptime(found[1], "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone
            return believable(day)
    return None
