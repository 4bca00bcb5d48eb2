"""A reading room on loopback: a real database, articles that the test changes, and answers on record."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from aiohttp import ClientSession
from examples import NOON, RECEIPT

from footnote.adapters.database import open_engine, stores_of
from footnote.errors import ArticleError
from footnote.models import Abstention, Answer, Article, Candidate, Citation, Claim, Passage, Sentence
from footnote.models.collections import EVERYTHING, Readable
from footnote.records.answers import AnswerRecord, MessageRef
from footnote.review.recording import Review
from footnote.review.verdicts import Verdicts
from footnote.stores import AT_ONCE, Triage
from footnote.text.sentences import split_sentences
from footnote_bot.discord_services import PagePicture
from footnote_bot.page_links import Links
from footnote_bot.web.application import AskHere, make_application
from footnote_bot.web.corrections import PublicCorrections
from footnote_bot.web.room import Room
from footnote_bot.web.serving import served
from footnote_index.building.reports import Status

BRIDGE = """The harbour lies in the north of the town.

## History

Before it there was a ferry. The bridge opened in 1932. It was painted red by two brothers.

- It has six arches.
- The toll was abolished in 1954.

| Year | Carts a day |
| 1932 | 140 |
| 1950 | 2,600 |

> It changed the town for ever, wrote the mayor.

```
span = 6 * 31
```
"""
STATUS = Status("g1", datetime(2026, 1, 1, tzinfo=UTC), 2, 20, 30, "minilm", "articles")


class FakeArticles:
    """The live generation: articles by their ids."""

    def __init__(self, *articles: Article) -> None:
        self.now = {article.id: article for article in articles}

    async def article(self, article_id: str, *, readable: Readable) -> Article | None:
        return self.now.get(article_id) if readable.allows(article_id) else None

    async def status(self) -> Status:
        return STATUS


class FakePictures:
    """Pages without a picture."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, int, str]] = []
        self.content: bytes | None = None

    async def picture(self, article_id: str, version: str, page: int, quote: str) -> PagePicture:
        assert version
        self.drawn.append((article_id, page, quote))
        if self.content is None:
            raise ArticleError("its file is not in the articles folder")
        return PagePicture(self.content, is_marked=True)


def bridge(text: str = BRIDGE, **about: Any) -> Article:
    known: dict[str, Any] = {"source": "City News", "published": date(2021, 9, 6), "url": "https://news.example/bridge"}
    return replace(Article("town/bridge.md", "The *bridge*", text), **known | about)


def cited(article: Article, number: int, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation.of(article, Sentence(start, start + len(quote)), number)


def an_answer(question: str, article: Article, *quotes: str, texts: Sequence[str] = ()) -> Answer:
    """A claim for each quote, as drafted from the whole article."""
    citations = [cited(article, number, quote) for number, quote in enumerate(quotes, 1)]
    claims = tuple(Claim(text, 1.0, (one,)) for text, one in zip(texts or quotes, citations, strict=True))
    passage = Passage(article, tuple(split_sentences(article.text)))
    candidates = tuple(Candidate(passage, sentence, 1.0) for sentence in passage.sentences)
    return Answer(question, claims, 0.9, replace(RECEIPT, candidates=candidates))


class WebStage:
    """`is_public` is what the bot says about channels; `later` moves the clock."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.stores = stores_of(self.engine)
        self.articles = FakeArticles(bridge())
        self.pictures = FakePictures()
        self.is_public = True
        self.readable = EVERYTHING
        self.later = timedelta()
        self.review = Review(self.stores.answers, clock=lambda: NOON)
        self.verdicts = Verdicts(self.stores.answers, self.stores.verdicts)
        self.links = Links(b"k" * 32, "", days=30)
        self.room = Room(
            self.stores,
            self.articles,
            self.links,
            pictures=self.pictures,
            may_show=lambda _record: self.is_public,
            readable_at=self.readable_at,
            clock=self.now,
        )
        self.corrections = PublicCorrections(
            self.stores.corrections,
            self.links,
            may_show=lambda _record: self.is_public,
            readable_at=self.readable_at,
            clock=self.now,
        )

    def now(self) -> datetime:
        return NOON + self.later

    async def readable_at(self, _record: AnswerRecord) -> Readable:
        return self.readable

    async def record(
        self, outcome: Answer | Abstention, *, triage: Triage = AT_ONCE, question_id: int | None = None
    ) -> AnswerRecord:
        return await self.review.record(
            outcome, asker_id=7, guild_id=1, channel_id=2, triage=triage, question_id=question_id
        )

    async def answered(self, *quotes: str, question: str = "When did the bridge open?") -> AnswerRecord:
        return await self.record(an_answer(question, bridge(), *quotes or ("The bridge opened in 1932.",)))

    async def posted(self, *quotes: str, question: str, question_id: int | None = None) -> AnswerRecord:
        """It is posted in its channel."""
        record = await self.record(an_answer(question, bridge(), *quotes), question_id=question_id)
        await self.stores.answers.set_posted(record.id, MessageRef(2, record.id))
        return record

    @asynccontextmanager
    async def served(self, ask: AskHere | None = None, *, corrections: bool = False) -> AsyncIterator[Visitor]:
        application = make_application(self.room, ask=ask, corrections=self.corrections if corrections else None)
        async with (
            served(application, "127.0.0.1", 0) as port,
            ClientSession(f"http://127.0.0.1:{port}") as session,
        ):
            yield Visitor(session, f"http://127.0.0.1:{port}")


class Visitor:
    """A visitor with a browser without scripts."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self.session = session
        self.url = url

    async def text(self, address: str, *, status: int = 200) -> str:
        async with self.session.get(address, allow_redirects=False) as response:
            assert response.status == status, await response.text()
            return await response.text()
