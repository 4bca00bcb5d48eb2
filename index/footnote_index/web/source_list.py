"""`sources.yaml` as remote users may read and change it: one page at a time."""

from __future__ import annotations

import asyncio
import codecs
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from threading import Lock

from yarl import URL

from footnote.errors import ArticleError
from footnote.models import Article
from footnote.models.collections import in_collection
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.storage import set_aside
from footnote_index.storage.disk import write_durably
from footnote_index.storage.set_aside import SetAside
from footnote_index.web.addresses import article_id, checked, connectable
from footnote_index.web.connecting import open_session
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.document import FetchedDocument
from footnote_index.web.fetch_errors import Unfetched
from footnote_index.web.fetch_stage import store_file
from footnote_index.web.fetching import Fetcher
from footnote_index.web.gathering import PAGE_TYPES
from footnote_index.web.pages import read_page
from footnote_index.web.source_states import SourceState, pages_of, source_states
from footnote_index.web.sources_file import NAME, SourceKind, WebSource, read_sources
from footnote_index.web.store import opened

TIME_LIMIT = 60
"""Seconds for a page that somebody waits for, its robots.txt and its redirects."""


class SourceList:
    """The sources of one articles folder, with what was fetched from them into a data folder. Blocking; one change at a
    time. Every method raises BuildError when sources.yaml, or what was fetched, cannot be read.
    """

    def __init__(
        self, articles: Path, data: Path, *, allow_private: bool = False, crawl_limits: CrawlLimits | None = None
    ) -> None:
        self._articles = articles
        self._data = data
        self._may_connect = connectable(allow_private=allow_private)
        self._crawl_limits = crawl_limits or CrawlLimits()
        self._changing = Lock()

    def states(self) -> tuple[SourceState, ...]:
        """The state of each source, in the order of the file."""
        return source_states(self._articles, self._data)

    def set_aside(self) -> SetAside:
        """What the last build skipped, left out, could not fetch or found suspicious, including files."""
        return set_aside.read(self._data) or SetAside()

    def pages(self) -> dict[str, WebSource]:
        """Which source names a page, by the id of its article: a feed or sitemap, if one does."""
        sources, file = read_sources(self._articles), store_file(self._data)
        if not file.is_file():
            return {source.article_id(source.url): source for source in sources if source.kind is SourceKind.URL}
        ordered = sorted(sources, key=lambda source: source.kind is not SourceKind.URL)
        with opened(file, read_only=True) as store:
            return {
                source.article_id(store.final_url(url) or url): source
                for source in ordered
                for url in pages_of(source, store)
            }

    def add(self, link: str) -> Article:
        """Fetches a page and adds it to the list, so that builds keep its article up to date. Returns the article as
        they will read it.

        Raises ArticleError when it is already listed, cannot be fetched or read, or the file cannot be changed.
        """
        url = listable(link)
        self._require_new(url, article_id(URL(url)))
        with ParserProcess() as process:
            document = asyncio.run(self._fetched(url, process))
            article = read_page(url, document, process)
            with self._changing:
                self._require_new(url, article.id)
                with opened(store_file(self._data)) as store:
                    store.put(url, document)
                wanted = {*read_sources(self._articles), WebSource(SourceKind.URL, url)}
                self._write("sources with", url, wanted, process)
        return article

    def remove(self, article: str) -> str:
        """Removes the page of an article, given by its id or address, from the list, and returns the address.

        Raises ArticleError when the list does not have it, or a feed or sitemap does, or the file cannot be changed.
        """
        with self._changing:
            source = self.source_of(article)
            if source is None:
                raise ArticleError(f"no source in {NAME} lists it")
            if source.kind is not SourceKind.URL:
                raise ArticleError(
                    f"the {source.kind} {source.url} lists it; remove that from {NAME} in the articles folder, or "
                    "limit it there with `only`"
                )
            with ParserProcess() as process:
                self._write("sources without", source.url, {*read_sources(self._articles)} - {source}, process)
        return source.url

    def source_of(self, article: str) -> WebSource | None:
        """The source that names an article, by its id or by the address of its page."""
        pages = self.pages()
        if article in pages:
            return pages[article]
        with suppress(Unfetched):
            url = checked(article)
            listed = (source for source in pages.values() if source.url == str(url))
            return self._naming(pages, article_id(url)) or next(listed, None)
        return None

    @staticmethod
    def _naming(pages: dict[str, WebSource], name: str) -> WebSource | None:
        """The source that names a page, in any collection."""
        named = (one for page, one in pages.items() if page == in_collection(one.collection, name))
        return next(named, None)

    def _require_new(self, url: str, name: str) -> None:
        named = self._naming(self.pages(), name)
        if named and named.kind is not SourceKind.URL:
            raise ArticleError(f"the {named.kind} {named.url} in {NAME} already lists it")
        if named or any(source.url == url for source in read_sources(self._articles)):
            raise ArticleError(f"it is in {NAME} already")

    async def _fetched(self, url: str, process: ParserProcess) -> FetchedDocument:
        try:
            async with asyncio.timeout(TIME_LIMIT), open_session(self._crawl_limits, self._may_connect) as session:
                fetcher = Fetcher(session, self._crawl_limits, process)
                document = await fetcher.fetch(URL(url), size=self._crawl_limits.page_size, types=PAGE_TYPES)
        except Unfetched as error:
            raise ArticleError(str(error)) from error
        except TimeoutError as error:
            raise ArticleError(f"it could not be fetched within {TIME_LIMIT} seconds") from error
        assert document, "an unchanged page needs a stored one"  # noqa: S101
        return document

    def _write(self, change: str, url: str, wanted: set[WebSource], process: ParserProcess) -> None:
        """`change` is a parser of the parser process. The text is written to the file only if it names the `wanted`
        sources.
        """
        file = self._articles / NAME
        try:
            if os.path.lexists(file) and not stat.S_ISREG(file.lstat().st_mode):
                raise ArticleError(f"{NAME} in the articles folder is not a regular file; it must be changed by hand")
            content = file.read_bytes() if file.exists() else b""
            mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
            fresh_content = mark + _changed(change, content.removeprefix(mark), url, wanted, process)
            fresh = file.with_name(f".{secrets.token_hex(8)}.new").open("xb")
            if file.exists():
                os.fchmod(fresh.fileno(), stat.S_IMODE(file.stat().st_mode))
            write_durably(fresh, fresh_content, file)
        except OSError as error:
            raise ArticleError(f"{NAME} in the articles folder cannot be written: {error.strerror}") from error


def listable(link: str) -> str:
    """An address as it is listed. Raises ArticleError, whose reason does not repeat it."""
    try:
        return str(checked(link))
    except Unfetched as error:
        raise ArticleError(str(error)) from error


def _changed(change: str, content: bytes, url: str, wanted: set[WebSource], process: ParserProcess) -> bytes:
    try:
        fresh = process.read(change, content, str, url=url).encode()
        found = {*process.read("sources", fresh, tuple[WebSource, ...])}
    except Unreadable:
        found = None
    if found != wanted:
        raise ArticleError(f"{NAME} in the articles folder has a form that must be changed by hand")
    return fresh
