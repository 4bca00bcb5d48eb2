"""What the pages of the reading room show, and whether they may: it raises before anything private is loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from footnote.errors import ArticleError, FootnoteError, UnknownAnswer
from footnote.models import Article, Citation
from footnote.models.collections import EVERYTHING, Readable
from footnote.records.answers import AnswerRecord, Decision
from footnote.records.receipts import ReceiptRecord
from footnote.stores import Stores
from footnote_bot.discord_services import Pictures
from footnote_bot.page_links import LinkedSentence, Links, Page, answer_key, article_subject, picture_subject
from footnote_bot.web.article_page import ArticlePage, SourceView, article_page, place_in, source_view
from footnote_index.building.reports import Status

_RENDERED_AT_ONCE = 2
"""How many pages are rendered at the same time: answers come first."""


class PageRefused(FootnoteError):
    """The page is not shown: the message does not reveal whether it exists."""

    def __init__(self, line: str = "This page does not exist, or is not public.", *, status: int = 404) -> None:
        super().__init__(line)
        self.status = status


class Articles(Protocol):
    """The live generation, as far as pages need it. Each raises EmptyIndex."""

    async def article(self, article_id: str, *, readable: Readable) -> Article | None: ...

    async def status(self) -> Status: ...


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`receipt` is for those who may see how the answer was made; `shows_receipt` says whether this reader may."""

    record: AnswerRecord
    sources: tuple[SourceView, ...]
    index: Status
    permalink: str
    until: int
    shows_receipt: bool
    receipt: ReceiptRecord | None = None


class Room:
    """The reading room. `may_show`: whether everybody may read the answer now; `readable_at`: what the answer's channel
    is answered from. An article, or a picture of it, is for everybody with the signed link.
    """

    def __init__(
        self,
        stores: Stores,
        articles: Articles,
        links: Links,
        *,
        pictures: Pictures,
        may_show: Callable[[AnswerRecord], bool],
        readable_at: Callable[[AnswerRecord], Awaitable[Readable]],
        clock: Callable[[], datetime],
    ) -> None:
        self.links = links
        self.articles = articles
        self._answers = stores.answers
        self._receipts = stores.receipts
        self._cited = stores.cited_articles
        self._pictures = pictures
        self._may_show = may_show
        self._readable_at = readable_at
        self._clock = clock
        self._rendering = asyncio.Semaphore(_RENDERED_AT_ONCE)

    async def answer(self, key: str, token: str) -> AnswerPage:
        """Raises PageRefused, EmptyIndex."""
        with_receipt = self.links.valid_until(token, Page.RECEIPT, key, now=self._clock())
        until = self._require(token, Page.ANSWER, key) if with_receipt is None else with_receipt
        record = await self._record(key)
        self._require_public(record)
        readable = await self._readable_at(record)
        _require_readable(record.shown_citations, readable)
        may_see = with_receipt is not None
        receipt = await self._receipts.get(record.id) if may_see else None
        receipt = receipt.within(readable) if receipt else None
        return AnswerPage(
            record=record,
            sources=await self._sources(record, until, readable),
            index=await self.articles.status(),
            permalink=self.links.receipt(record) if may_see else self.links.answer(record),
            until=until,
            shows_receipt=may_see,
            receipt=receipt,
        )

    async def citation(self, key: str, number: str, token: str) -> str:
        """Where the sentence of a footnote is shown. Articles are for everybody who may ask, so this refuses only what
        was withdrawn, is held, or is no longer available in the answer's channel, but not what was asked in private.

        Raises PageRefused.
        """
        until = self._require(token, Page.CITATION, f"{key}/{number}")
        record = await self._record(key)
        _require_shown(record)
        for citation in record.shown_citations:
            if str(citation.number) == number:
                if record.guild_id is not None and not record.is_private:
                    _require_readable([citation], await self._readable_at(record))
                return self.links.article(place_of(citation), until)
        raise PageRefused

    async def article(self, article_id: str, version: str, span: str, token: str) -> ArticlePage:
        """An article in a version, at a sentence of it. Raises PageRefused, EmptyIndex."""
        until = self._require(token, Page.ARTICLE, article_subject(article_id, version))
        present = await self.articles.article(article_id, readable=EVERYTHING)
        if present is None:
            raise PageRefused("This article has been removed.", status=410)
        is_present = present.version.startswith(version)
        shown = present if is_present else await self._cited.get(article_id, version)
        if shown is None:
            raise PageRefused("This article has changed, and the version that was cited is not kept.", status=410)
        async with self._rendering:
            return await asyncio.to_thread(article_page, shown, present, span, links=self.links, until=until)

    async def picture(self, article_id: str, version: str, span: str, token: str) -> bytes:
        """The page of a PDF with the sentence marked on it. Raises PageRefused, EmptyIndex."""
        self._require(token, Page.PICTURE, picture_subject(article_id, version, span))
        article = await self.articles.article(article_id, readable=EVERYTHING)
        if article is None or not article.version.startswith(version):
            raise PageRefused(
                "This article has changed, so there is no picture of the page that was cited.", status=410
            )
        place = place_in(article, span)
        page = article.page_of(place.start) if place else None
        if place is None or page is None:
            raise PageRefused
        quote = article.text[place.start : place.end]
        try:
            drawn = await self._pictures.picture(article.id, article.version, page, quote)
        except ArticleError as error:
            raise PageRefused(f"There is no picture of this page: {error}.") from error
        return drawn.png

    async def _sources(self, record: AnswerRecord, until: int, readable: Readable) -> tuple[SourceView, ...]:
        views = []
        for number, citations in enumerate(_by_article(record.shown_citations), 1):
            first = citations[0]
            present = await self.articles.article(first.article_id, readable=readable)
            cited = present
            if present and present.version != first.version:
                cited = await self._cited.get(first.article_id, first.version)
            async with self._rendering:
                views.append(
                    await asyncio.to_thread(
                        source_view, citations, cited, present, links=self.links, until=until, prefix=f"a{number}-"
                    )
                )
        return tuple(views)

    async def _record(self, key: str) -> AnswerRecord:
        named = answer_key(key)
        if named is None:
            raise PageRefused
        try:
            record = await self._answers.get(named.id)
        except UnknownAnswer as error:
            raise PageRefused from error
        if record.key != named:
            raise PageRefused
        return record

    def _require(self, token: str, page: Page, subject: str) -> int:
        until = self.links.valid_until(token, page, subject, now=self._clock())
        if until is None:
            raise PageRefused("This link is not valid, or has expired. Ask the bot for a new one.", status=403)
        return until

    def _require_public(self, record: AnswerRecord) -> None:
        if not self._may_show(record):
            raise PageRefused
        _require_shown(record)


def _require_shown(record: AnswerRecord) -> None:
    if record.is_withheld:
        raise PageRefused
    if record.verdict and record.verdict.decision is Decision.REJECTED:
        raise PageRefused("Moderators withdrew this answer.", status=410)


def _require_readable(citations: Sequence[Citation], readable: Readable) -> None:
    if not all(readable.allows(citation.article_id) for citation in citations):
        raise PageRefused


def place_of(citation: Citation) -> LinkedSentence:
    return LinkedSentence(citation.article_id, citation.version, citation.start, citation.end)


def _by_article(citations: Sequence[Citation]) -> list[tuple[Citation, ...]]:
    """Groups citations by article version, in the order of their first footnotes."""
    grouped: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        grouped.setdefault((citation.article_id, citation.version), []).append(citation)
    return [tuple(one) for one in grouped.values()]
