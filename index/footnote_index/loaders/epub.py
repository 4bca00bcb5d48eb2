"""`.epub`: a book is one article, its chapters in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from footnote.errors import ArticleError
from footnote.models import Article
from footnote_index.loaders import metadata
from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.dates import day_of
from footnote_index.loaders.markup.hidden import as_seen, remark_on
from footnote_index.loaders.markup.tree_to_blocks import lay_out
from footnote_index.loaders.trees import Element, name, parsed, parsed_page
from footnote_index.loaders.zipped import Zipped

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"


def parse(article_id: str, content: bytes) -> Article:
    """Title, authors, day and publisher come from the book's metadata. Raises ArticleError."""
    book = Zipped(content)
    package_name = _package_name(book)
    package = parsed(book.read(package_name))
    named = [*dict.fromkeys(_chapters(package, posixpath.dirname(package_name)))]
    chapters = [*dict.fromkeys(filter(None, map(book.find, named)))]
    if not _locked(book).isdisjoint(chapters):
        raise ArticleError("it is protected by DRM")
    blocks, hidden, characters = Blocks(), list[str](), 0
    damaged = []
    for chapter in chapters:
        try:
            page = parsed_page(book.read(chapter))
        except ArticleError:
            if book.is_full:
                raise
            damaged.append(chapter)
            continue
        characters += sum(map(len, page.itertext()))
        hidden += as_seen(page, _style_sheets(book, page, posixpath.dirname(chapter)))
        lay_out(page, blocks)
    return Article(
        article_id,
        _first(package, "title") or PurePosixPath(article_id).stem,
        blocks.text,
        source=_first(package, "publisher"),
        author=metadata.author(", ".join(_authors(package))),
        published=_published(package),
        remarks=tuple(filter(None, [_remark_on_missing(book, named, damaged), remark_on(hidden)])),
        characters_in=characters,
    )


def _style_sheets(book: Zipped, page: Element, folder: str) -> Iterator[str]:
    for link in page.iter():
        if name(link) == "link" and "stylesheet" in (link.get("rel") or "") and link.get("href"):
            path = unquote(urlsplit(link.get("href")).path)
            if found := book.find(posixpath.normpath(posixpath.join(folder, path))):
                yield book.read(found).decode(errors="replace")


def _remark_on_missing(book: Zipped, chapters: Sequence[str], damaged: Sequence[str]) -> str | None:
    missing = [chapter for chapter in chapters if book.find(chapter) is None or chapter in damaged]
    if not missing:
        return None
    what = "damaged" if damaged else "missing"
    if len(missing) == len(chapters):
        raise ArticleError(f"its chapter {missing[0][:80]!r} is {what}, and it has no other")
    count = "a chapter that is" if len(missing) == 1 else f"{len(missing)} chapters that are"
    return f"{count} {what} in the file ({', '.join(chapter[:80] for chapter in missing[:3])})"


def _package_name(book: Zipped) -> str:
    for element in parsed(book.read(_CONTAINER)).iter():
        if name(element) == "rootfile" and element.get("full-path"):
            return str(element.get("full-path"))
    raise ArticleError("it does not list its chapters")


def _chapters(package: Element, folder: str) -> Iterator[str]:
    """Names of parts, in reading order, without tables of contents and other parts that are not the text."""
    pages = {
        item.get("id"): item.get("href")
        for item in package.iter()
        if name(item) == "item" and "nav" not in (item.get("properties") or "").split() and item.get("href")
    }
    for element in package.iter():
        if name(element) == "itemref" and element.get("linear") != "no" and element.get("idref") in pages:
            path = unquote(urlsplit(pages[element.get("idref")]).path)
            yield posixpath.normpath(posixpath.join(folder, path)) if path else ""


def _locked(book: Zipped) -> set[str]:
    if _ENCRYPTION not in book:
        return set()
    root = parsed(book.read(_ENCRYPTION))
    return {unquote(each.get("URI") or "") for each in root.iter() if name(each) == "cipherreference"}


def _metadata(package: Element, field: str) -> Iterator[tuple[Element, str]]:
    for element in package.iter():
        if name(element) == field and (value := metadata.line(element.text)):
            yield element, value


def _first(package: Element, field: str) -> str | None:
    return next((value for _, value in _metadata(package, field)), None)


def _authors(package: Element) -> list[str]:
    """The authors, not the translators or illustrators."""
    roles = {
        (each.get("refines") or "").lstrip("#"): (each.text or "").strip()
        for each in package.iter()
        if name(each) == "meta" and each.get("property") == "role"
    }
    found = [
        (value, _attribute(each, "role") or roles.get(each.get("id") or "", ""))
        for each, value in _metadata(package, "creator")
    ]
    authors = [value for value, role in found if role in {"", "aut"}]
    return authors or [value for value, _ in found]


def _published(package: Element) -> date | None:
    """The day of publication, if there are several dates; never the day of a change to the file."""
    dates = [(_attribute(each, "event"), day_of(value)) for each, value in _metadata(package, "date")]
    for event in ("publication", "original-publication", "issued", "", "creation"):
        for told, day in dates:
            if told == event and day:
                return day
    return None


def _attribute(element: Element, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == wanted), "")
