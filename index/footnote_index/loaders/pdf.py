"""`.pdf`: its text as prose, and where its pages begin. What is only a picture cannot be read."""

from __future__ import annotations

import io
import logging
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.pdf_lines import Line, LineCollector
from footnote_index.loaders.pdf_prose import joined_lines

if TYPE_CHECKING:
    from pypdf import DocumentInformation, PdfReader

MAX_PAGES = 2_000
_WITHIN = 1024
_UNREADABLE = 0.1


def parse(article_id: str, content: bytes) -> Article:
    """Title, author and day come from the document's properties. Raises ArticleError."""
    from pypdf.errors import DependencyError, PyPdfError

    if b"%PDF-" not in content[:_WITHIN]:
        raise ArticleError("it is not a PDF")
    try:
        document = _opened(content)
        text, pages = joined_lines(_pages(document))
        properties = document.metadata
    except DependencyError as error:
        raise ArticleError("it is encrypted; save it without encryption") from error
    except PyPdfError as error:
        raise ArticleError(f"it is damaged: {str(error)[:120].rstrip('.!')}") from error
    if not text:
        raise ArticleError("it has no text (scanned text is not read)")
    if _unreadable(text) > _UNREADABLE:
        raise ArticleError("its fonts do not say which letters they show")
    return Article(
        article_id,
        metadata.line(properties.title if properties else None) or PurePosixPath(article_id).stem,
        text,
        author=metadata.line(properties.author if properties else None),
        published=_day(properties),
        pages=pages,
    )


def _opened(content: bytes) -> PdfReader:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    document = PdfReader(io.BytesIO(content))
    if document.is_encrypted and not document.decrypt(""):
        raise ArticleError("it is locked with a password")
    count = len(document.pages)
    if count > MAX_PAGES:
        raise ArticleError(f"it has {count:,} pages, more than the {MAX_PAGES:,} of an article")
    return document


def _pages(document: PdfReader) -> list[list[Line]]:
    pages = []
    for page in document.pages:
        collector = LineCollector()
        page.extract_text(visitor_text=collector.visit)
        pages.append(collector.finish())
    return pages


def _unreadable(text: str) -> float:
    """The share of characters that stand for none."""
    return sum(character == "\ufffd" or "\ue000" <= character <= "\uf8ff" for character in text) / len(text)


def _day(properties: DocumentInformation | None) -> date | None:
    with suppress(ValueError):
        created = properties.creation_date if properties else None
        return created.date() if created else None
    return None
