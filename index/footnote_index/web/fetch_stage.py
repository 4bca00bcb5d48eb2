"""The stage of a build that fetches: sources.yaml -> articles from the web."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from footnote.errors import FootnoteError
from footnote.models import Article
from footnote_index.building.reports import NotFetched, Skipped
from footnote_index.loaders.parser_process import ParserProcess
from footnote_index.web.addresses import connectable
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.sources_file import WebSource, read_sources

if TYPE_CHECKING:
    from footnote_index.web.gathering import Gathered
    from footnote_index.web.store import Store

log = logging.getLogger(__name__)

_LOOK_UP = 0.2
"""Seconds between two checks whether the build should stop."""

_REGULAR = timedelta(hours=1)
"""How often scheduled builds request the same address from a server, however often they run."""

_STILL_FRESH = 600.0
"""Seconds for which what was fetched for a build that did not go live is not fetched again."""


def store_file(data: Path) -> Path:
    """Where a data folder stores what was fetched."""
    return data / "fetched" / "pages.sqlite"


@dataclass(frozen=True, slots=True)
class WebPages:
    """What a build got from the web."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    not_fetched: tuple[NotFetched, ...] = ()

    def __add__(self, other: WebPages) -> WebPages:
        return WebPages(
            self.articles + other.articles, self.skipped + other.skipped, self.not_fetched + other.not_fetched
        )


NO_PAGES = WebPages()


@dataclass(frozen=True, slots=True)
class _Gathered:
    at: float
    sources: tuple[WebSource, ...]
    pages: Gathered
    for_dry_run: bool

    def serves(self, sources: tuple[WebSource, ...], *, may_shrink: bool) -> bool:
        """Whether a build can use it instead of fetching."""
        is_fresh = self.sources == sources and time.monotonic() - self.at < _STILL_FRESH
        return is_fresh and (self.for_dry_run or may_shrink)


class Web:
    """The sources of one articles folder, and what was fetched from them into a data folder."""

    def __init__(
        self, articles: Path, data: Path, *, allow_private: bool = False, crawl_limits: CrawlLimits | None = None
    ) -> None:
        self._articles = articles
        self._file = store_file(data)
        self._may_connect = connectable(allow_private=allow_private)
        self._crawl_limits = crawl_limits or CrawlLimits()
        self._last: _Gathered | None = None

    def pages(
        self, on_page: Callable[[int, int], None], *, dry_run: bool, may_shrink: bool = False, is_regular: bool = False
    ) -> WebPages:
        """Fetches, blocking, and deletes no page that was fetched before. `on_page` is called with the number of
        finished pages, and of all, at least every 0.2 s while they are fetched, and then while they are read. If it
        raises, the stage ends.

        A page that cannot be fetched stays as it was. A build after a dry run uses what that fetched, and one that
        `may_shrink` uses what the refused build before it fetched, so that it does what was agreed to. One that
        `is_regular` requests each page, feed and sitemap at most once an hour. Raises BuildError when sources.yaml is
        wrong, or what was fetched before cannot be read, DiskFull.
        """
        last, self._last = self._last, None
        sources = read_sources(self._articles)
        if not sources:
            return NO_PAGES
        from footnote_index.web.store import opened

        with opened(self._file) as store, ParserProcess() as process:
            if last and last.serves(sources, may_shrink=may_shrink):
                gathered = last.pages
            else:
                spare = _REGULAR if is_regular else timedelta(0)
                gone = last.pages.gone if last else frozenset[str]()
                gathered = asyncio.run(self._gather(sources, store, process, on_page, spare, gone))
            self._last = _Gathered(time.monotonic(), sources, gathered, dry_run)
            return _read(gathered, store, process, on_page)

    def keep_only(self, *, folder_before: str | None) -> None:
        """Deletes what no longer belongs to the articles, once the build that `pages` were for is live.

        `folder_before` is the folder of the generation before: its fetched pages stay when another folder, without
        sources, replaces it. What cannot be deleted is left for the next time.
        """
        is_another = folder_before != str(self._articles.resolve())
        last, self._last = self._last, None
        if not self._file.exists() or (last is None and is_another):
            return
        from footnote_index.web.store import opened

        kept = last.pages.listings | {page.url for page in last.pages.pages} if last else frozenset[str]()
        try:
            with opened(self._file) as store:
                store.keep_only(kept, gone=last.pages.gone if last else ())
        except FootnoteError as error:
            log.warning("%s", error)

    async def _gather(
        self,
        sources: tuple[WebSource, ...],
        store: Store,
        process: ParserProcess,
        on_page: Callable[[int, int], None],
        spare: timedelta,
        gone: frozenset[str],
    ) -> Gathered:
        from footnote_index.web.connecting import open_session
        from footnote_index.web.fetching import Fetcher
        from footnote_index.web.gathering import Gathering

        last = (0, 0)

        def note(done: int, total: int) -> None:
            nonlocal last
            last = (done, total)

        async with open_session(self._crawl_limits, self._may_connect) as session:
            fetcher = Fetcher(session, self._crawl_limits, process)
            gathering = Gathering(store, fetcher, process, self._crawl_limits, note, spare=spare, gone=gone)
            work = asyncio.create_task(gathering.run(sources))
            try:
                while not (await asyncio.wait([work], timeout=_LOOK_UP))[0]:
                    on_page(*last)
                on_page(*last)
                return work.result()
            finally:
                work.cancel()
                await asyncio.wait([work])


def _read(gathered: Gathered, store: Store, process: ParserProcess, on_page: Callable[[int, int], None]) -> WebPages:
    from footnote_index.web.pages import read_pages

    read: list[Article | Skipped] = []
    for one in read_pages(gathered.pages, store, process, gathered.collections):
        read.append(one)
        on_page(len(read), len(gathered.pages))
    return WebPages(
        articles=tuple(one for one in read if isinstance(one, Article)),
        skipped=tuple(one for one in read if isinstance(one, Skipped)),
        not_fetched=gathered.problems,
    )
