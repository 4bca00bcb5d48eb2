"""Sources -> the pages that belong to the articles, each requested again, and what could not be fetched."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from yarl import URL

from footnote_index.building.reports import NotFetched
from footnote_index.loaders.parser_process import ParserProcess, Unreadable
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.document import FetchedDocument
from footnote_index.web.fetch_errors import Gone, Postponed, Unfetched
from footnote_index.web.fetching import Fetcher
from footnote_index.web.listed_page import ListedPage
from footnote_index.web.sitemaps import MOST_SITEMAPS, Sitemap
from footnote_index.web.sources_file import SourceKind, WebSource
from footnote_index.web.store import Store

log = logging.getLogger(__name__)

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/pdf"})

_ASK_AGAIN = timedelta(days=7)
"""How often a page is requested that no feed or sitemap lists any longer."""

_HasAddress = TypeVar("_HasAddress", WebSource, ListedPage)
_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True, slots=True)
class Gathered:
    """`pages` belong to the articles, whether or not each has a document; those in `gone` no longer do. `listings` are
    the feeds and sitemaps that were read; `problems` are those of this run. `collections` are those of pages that
    belong to one.
    """

    pages: tuple[ListedPage, ...] = ()
    gone: frozenset[str] = frozenset()
    listings: frozenset[str] = frozenset()
    problems: tuple[NotFetched, ...] = ()
    collections: Mapping[str, str] = field(default_factory=dict)


class Gathering:
    """One pass through all sources. What is fetched goes into the store, from which no page is deleted. `on_page` is
    called with how many pages are done, of how many. What was requested within `spare` is not requested again; what was
    `gone` then is still gone.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        process: ParserProcess,
        crawl_limits: CrawlLimits,
        on_page: Callable[[int, int], None],
        *,
        spare: timedelta = timedelta(0),
        gone: Iterable[str] = (),
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._process = process
        self._crawl_limits = crawl_limits
        self._on_page = on_page
        self._problems: list[NotFetched] = []
        self._listings: set[str] = set()
        self._spare = spare
        self._gone = {url for url in gone if self._was_just_asked(url)}
        self._current: set[str] = set()
        self._collections: dict[str, str] = {}
        self._done = 0

    async def run(self, sources: Sequence[WebSource]) -> Gathered:
        listings = [source for source in sources if source.kind is not SourceKind.URL]
        await self._by_host(listings, self._read_listing)
        pages = self._pages(sources)
        due = sorted((page for page in pages if self._is_due(page.url)), key=lambda page: self._asked_at(page.url))
        self._on_page(0, len(due))

        async def fetch(page: ListedPage) -> None:
            await self._fetch_page(page.url)
            self._done += 1
            self._on_page(self._done, len(due))

        await self._by_host(due, fetch)
        there = tuple(page for page in pages if page.url not in self._gone)
        gone, read = frozenset(self._gone), frozenset(self._listings)
        return Gathered(there, gone, read, tuple(self._problems), self._collections)

    async def _by_host(self, those: Iterable[_HasAddress], work: Callable[[_HasAddress], Awaitable[None]]) -> None:
        """One after the other at each host, and several hosts at once."""
        hosts: defaultdict[str | None, list[_HasAddress]] = defaultdict(list)
        for one in those:
            hosts[URL(one.url).host].append(one)
        free = asyncio.Semaphore(self._crawl_limits.hosts_at_once)

        async def visit(ones: list[_HasAddress]) -> None:
            async with free:
                for one in ones:
                    await work(one)

        await asyncio.gather(*map(visit, hosts.values()))

    def _pages(self, sources: Sequence[WebSource]) -> tuple[ListedPage, ...]:
        """Each page once, with its most complete entry, in the first collection that it is assigned to."""
        pages: dict[str, ListedPage] = {}
        for source in sources:
            if source.kind is SourceKind.URL:
                self._current.add(source.url)
            named = (
                [ListedPage(source.url)]
                if source.kind is SourceKind.URL
                else source.chosen(self._store.named(source.url))
            )
            for page in named:
                if source.collection:
                    self._collections.setdefault(page.url, source.collection)
                before = pages.get(page.url)
                pages[page.url] = page if before is None or before.published is None else before
        return tuple(pages.values())

    def _asked_at(self, url: str) -> datetime:
        """A long time ago if never: those come first."""
        asked = self._store.asked(url)
        return asked.at if asked else datetime.min.replace(tzinfo=UTC)

    def _was_just_asked(self, url: str) -> bool:
        return datetime.now(UTC) - self._asked_at(url) < self._spare

    def _is_due(self, url: str) -> bool:
        if self._was_just_asked(url):
            return False
        is_old = datetime.now(UTC) - self._asked_at(url) > _ASK_AGAIN
        return url in self._current or is_old or self._has_problem(url)

    def _has_problem(self, url: str) -> bool:
        """Handles a page that may have gone in a build that did not go live."""
        asked = self._store.asked(url)
        return asked is not None and asked.problem is not None and self._store.has(url)

    async def _fetch_page(self, url: str) -> None:
        try:
            await self._fetch(url, size=self._crawl_limits.page_size, types=PAGE_TYPES)
        except Gone as error:
            self._gone.add(url)
            self._store.note(url, str(error))
            self._problems.append(NotFetched(url, f"{error}; it is no longer an article"))
        except Unfetched as error:
            self._report(url, error)

    async def _fetch(self, url: str, *, size: int, types: frozenset[str] | None = None) -> FetchedDocument:
        """The current document, which is then in the store. Whatever goes wrong is a problem of this page only."""
        try:
            return await self._ask(url, size=size, types=types)
        except (Unfetched, sqlite3.Error):
            raise
        except Exception as error:
            log.warning("%s could not be fetched", url, exc_info=True)
            raise Unfetched(f"its answer cannot be read ({type(error).__name__})") from error

    async def _ask(self, url: str, *, size: int, types: frozenset[str] | None) -> FetchedDocument:
        known = self._store.document(url)
        fresh = await self._fetcher.fetch(URL(url), size=size, known=known, types=types)
        if fresh:
            self._store.put(url, fresh)
            return fresh
        self._store.note(url, None)
        assert known, "only what is known can be unchanged"  # noqa: S101
        return known

    def _report(self, url: str, error: Unfetched) -> None:
        keep = self._store.postpone if isinstance(error, Postponed) else self._store.note
        keep(url, str(error))
        known = self._store.document(url)
        used = f"the version of {known.fetched_at:%-d %B %Y} is used" if known else "there is no earlier version"
        self._problems.append(NotFetched(url, f"{error}; {used}"))

    async def _read_listing(self, source: WebSource) -> None:
        """Pages that a feed or sitemap no longer lists come after those that it lists: most feeds only list the
        newest.
        """
        found = await (self._read_sitemaps(source) if source.kind is SourceKind.SITEMAP else self._read_feed(source))
        current = source.chosen(sorted(found, key=lambda page: page.newness, reverse=True))
        urls = {page.url for page in current}
        before = [page for page in self._store.named(source.url) if page.url not in urls]
        self._current |= urls
        self._store.name(source.url, [*current, *before])

    async def _read_feed(self, source: WebSource) -> Sequence[ListedPage]:
        document = await self._listing(source.url, self._crawl_limits.feed_size)
        return await self._parsed(source.url, document, "feed", tuple[ListedPage, ...]) or ()

    async def _read_sitemaps(self, source: WebSource) -> Sequence[ListedPage]:
        waiting, pages = [source.url], list[ListedPage]()
        seen = set[str]()
        size = self._crawl_limits.sitemap_size
        while waiting and len(seen) < MOST_SITEMAPS:
            url = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            document = await self._listing(url, size)
            sitemap = await self._parsed(url, document, "sitemap", Sitemap, size=size)
            if sitemap:
                pages += sitemap.pages
                waiting += sitemap.further
        return pages

    async def _listing(self, url: str, size: int) -> FetchedDocument | None:
        """The current version, or else the stored one."""
        self._listings.add(url)
        if self._was_just_asked(url):
            return self._store.document(url)
        try:
            return await self._fetch(url, size=size)
        except Unfetched as error:
            self._report(url, error)
            return self._store.document(url)

    async def _parsed(
        self, url: str, document: FetchedDocument | None, parser: str, result: type[_Parsed], **arguments: object
    ) -> _Parsed | None:
        if document is None:
            return None
        try:
            base = document.final_url
            return await self._process.read_soon(parser, document.body, result, base=base, **arguments)
        except Unreadable as error:
            self._store.remove(url, str(error))
            self._problems.append(NotFetched(url, f"{error}; the pages that it listed before are used"))
            return None
