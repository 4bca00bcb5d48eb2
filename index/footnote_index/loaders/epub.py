"""`.epub`: a book is one article, its chapters in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.layout import Layout
from footnote_index.loaders.markup import Element, lay_out, name, parsed
from footnote_index.loaders.zipped import Zipped

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"


def parse(article_id: str, content: bytes) -> Article:
    """Title, authors, day and publisher come from the book's metadata. Raises ArticleError."""
    book = Zipped(content)
    package_name = _package_name(book)
    package = parsed(book.read(package_name))
    chapters = [*dict.fromkeys(_chapters(package, posixpath.dirname(package_name)))]
    if not _locked(book).isdisjoint(chapters):
        raise ArticleError("it is locked by its seller (DRM)")
    layout = Layout()
    for chapter in chapters:
        lay_out(parsed(book.read(chapter)), layout)
    return Article(
        article_id,
        _first(package, "title") or PurePosixPath(article_id).stem,
        layout.text,
        source=_first(package, "publisher"),
        author=metadata.line(", ".join(_metadata(package, "creator"))),
        published=metadata.day(_first(package, "date")),
    )


def _package_name(book: Zipped) -> str:
    for element in parsed(book.read(_CONTAINER)).iter():
        if name(element) == "rootfile" and element.get("full-path"):
            return str(element.get("full-path"))
    raise ArticleError("it does not list its chapters")


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """Names of parts, in reading order; neither tables of contents nor what stands beside the text."""
    pages = {
        item.get("id"): item.get("href")
        for item in package.iter()
        if name(item) == "item" and "nav" not in (item.get("properties") or "").split() and item.get("href")
    }
    for element in package.iter():
        if name(element) == "itemref" and element.get("linear") != "no" and element.get("idref") in pages:
            yield posixpath.normpath(posixpath.join(folder, unquote(pages[element.get("idref")])))


def _locked(book: Zipped) -> set[str]:
    if _ENCRYPTION not in book:
        return set()
    root = parsed(book.read(_ENCRYPTION))
    return {unquote(each.get("URI") or "") for each in root.iter() if name(each) == "cipherreference"}


def _metadata(package: Element, field: str) -> Iterator[str]:
    for element in package.iter():
        if name(element) == field and (value := metadata.line(element.text)):
            yield value


def _first(package: Element, field: str) -> str | None:
    return next(_metadata(package, field), None)
