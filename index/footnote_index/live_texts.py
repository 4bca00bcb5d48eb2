"""What is in the live generation: its articles, as far as they may be read, and the status of cited sentences."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from footnote.models import Article, Citation
from footnote.models.collections import Readable
from footnote.review.citation_status import CitationStatuses, Recited, recited, statuses_of
from footnote_index.building.reports import Status
from footnote_index.context import Context, context_of
from footnote_index.retrieval import OpenGeneration
from footnote_index.storage.live import Live

T = TypeVar("T")


class LiveTexts:
    """Every method that returns an article's text or name takes what is `readable` there."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def status(self) -> Status:
        """Raises EmptyIndex when nothing has been built yet."""
        return await self._ask(lambda live: live.status)

    async def article(self, article_id: str, *, readable: Readable) -> Article | None:
        """An article of the live generation; None also when it is not `readable`. Raises EmptyIndex."""
        if not readable.allows(article_id):
            return None
        return await self._ask(lambda live: live.catalogue.article(article_id))

    async def titles(self, *, readable: Readable) -> dict[str, str]:
        """The titles of the live generation's articles by their ids, in the order of the ids. Raises EmptyIndex."""
        return _readable(await self._ask(lambda live: live.catalogue.titles()), readable)

    async def sources(self, *, readable: Readable) -> dict[str, str]:
        """The sources, like `titles`, of articles that name one."""
        return _readable(await self._ask(lambda live: live.catalogue.sources()), readable)

    async def collections(self) -> tuple[str, ...]:
        """The names of the live generation's collections, in order. Raises EmptyIndex."""
        return await self._ask(lambda live: tuple(filter(None, live.catalogue.collections)))

    async def undated(self) -> int:
        """How many articles a search by date leaves out because they have none. Raises EmptyIndex."""
        return await self._ask(lambda live: live.catalogue.undated())

    async def context(self, citation: Citation, *, readable: Readable) -> Context | None:
        """The cited sentence inside its neighbours; None when its article has changed, is gone or is not `readable`."""
        if not readable.allows(citation.article_id):
            return None

        def look_up(live: OpenGeneration) -> Context | None:
            article = live.catalogue.article(citation.article_id)
            if article is None or article.version != citation.version:
                return None
            return context_of(citation, article)

        return await self._ask(look_up)

    async def statuses_of(self, citations: Sequence[Citation]) -> CitationStatuses:
        """The status of many cited sentences at once. Raises EmptyIndex."""

        def look_up(live: OpenGeneration) -> CitationStatuses:
            return CitationStatuses(live.status.generation, statuses_of(citations, live.catalogue.article))

        return await self._ask(look_up)

    async def recite(self, citations: Sequence[Citation]) -> Recited:
        """Cited sentences at their current place. Raises EmptyIndex."""

        def look_up(live: OpenGeneration) -> Recited:
            return Recited(live.status.generation, recited(citations, live.catalogue.article))

        return await self._ask(look_up)

    async def _ask(self, work: Callable[[OpenGeneration], T]) -> T:
        return await asyncio.to_thread(self._live.ask, work)


def _readable(named: dict[str, str], readable: Readable) -> dict[str, str]:
    return {article_id: name for article_id, name in named.items() if readable.allows(article_id)}
