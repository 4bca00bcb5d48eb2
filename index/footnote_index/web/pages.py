"""Fetched documents -> articles, with the same readers as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from yarl import URL

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.models.collections import TOP, in_collection
from footnote_index.building.reports import Skipped
from footnote_index.loaders import parser_process, plain_text
from footnote_index.loaders.encodings import known_encoding
from footnote_index.loaders.folder import MAX_CHARACTERS
from footnote_index.web.addresses import article_id
from footnote_index.web.document import FetchedDocument
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.store import Store

_ENDS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf"}


def read_pages(
    pages: Iterable[ListedPage],
    store: Store,
    process: parser_process.ParserProcess,
    collections: Mapping[str, str],
) -> Iterator[Article | Skipped]:
    """Each page that has a document, or why it cannot be read. Pages that lead to the same address are one.
    `collections` are those of pages that belong to one, by their addresses.
    """
    seen: set[str] = set()
    for page in sorted(pages, key=lambda page: page.url not in collections):  # of two, the one in a collection counts
        document = store.document(page.url)
        if document is None:
            continue
        name = article_id(URL(document.final_url))
        if name in seen:
            continue
        seen.add(name)
        name = in_collection(collections.get(page.url, TOP), name)
        try:
            yield _article(name, page, document, process)
        except ArticleError as error:
            yield Skipped(name, str(error))


def read_page(url: str, document: FetchedDocument, process: parser_process.ParserProcess) -> Article:
    """What a build will make of a page that `sources.yaml` names. Blocking. Raises ArticleError."""
    return _article(article_id(URL(document.final_url)), ListedPage(url), document, process)


def _article(name: str, page: ListedPage, document: FetchedDocument, process: parser_process.ParserProcess) -> Article:
    stem = PurePosixPath(name).stem
    article = _parsed(stem, document, process)
    if len(article.text) > MAX_CHARACTERS:
        raise ArticleError(f"its text has {len(article.text):,} characters, more than {MAX_CHARACTERS:,}")
    return replace(
        article,
        id=name,
        title=page.title or stem if article.title == stem else article.title,
        source=_source(article.source, document.final_url),
        published=article.published or page.published,
        url=_own_address(article.url, document.final_url),
    )


def _parsed(stem: str, document: FetchedDocument, process: parser_process.ParserProcess) -> Article:
    content = _in_utf8(document)
    end = _ENDS.get(document.content_type)
    return process.parse(f"{stem}{end}", content) if end else plain_text.parse(f"{stem}.txt", content)


def _in_utf8(document: FetchedDocument) -> bytes:
    """A text in the encoding that its server names, if browsers know it and the text is valid in it."""
    encoding = known_encoding(document.charset) if document.charset else None
    if encoding is None or not document.content_type.startswith("text/"):
        return document.body
    try:
        return document.body.decode(encoding).encode()
    except UnicodeError:
        return document.body


def _source(name: str | None, final_url: str) -> str:
    """The host, followed by what a page calls its outlet: any page may call itself BBC News. The host comes first,
    where nothing cuts it off, and in ASCII, where no letter looks like another.
    """
    host = URL(final_url).raw_host or ""
    is_other = name is not None and name.casefold().removeprefix("www.") != host.removeprefix("www.")
    return f"{host} ({name})" if is_other else host


def _own_address(canonical: str | None, final_url: str) -> str:
    """The address that a page states, unless it is on another host: no page may pretend to be from another site."""
    final = URL(final_url)
    try:
        own = URL(canonical) if canonical else final
    except ValueError:
        return final_url
    return str(own) if _host(own) == _host(final) and own.user is None and own.password is None else final_url


def _host(url: URL) -> str:
    return (url.host or "").removeprefix("www.")
