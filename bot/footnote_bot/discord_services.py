"""What the bot in Discord needs from the rest of Footnote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from footnote.answering.candidates import FindAttached
from footnote.grounding.fact_check import FactCheck
from footnote.models import Abstention, Answer, Article, Citation, Hit
from footnote.models.collections import Readable
from footnote.ports import Asker, OnDrafting, Retrieved, Turn
from footnote.review.citation_status import CitationStatuses
from footnote.review.recording import Review
from footnote.review.revisions import Revisions
from footnote.review.verdicts import Verdicts
from footnote.stores import Stores
from footnote_bot.page_links import Links
from footnote_index.article_folder import ArticleFolder
from footnote_index.building.reports import BuildReport, Progress, Status
from footnote_index.context import Context
from footnote_index.web.source_list import SourceList


class AskService(Protocol):
    """Answers a question or abstains, from articles of that time and with these ids.

    Raises FootnoteError, for example EmptyIndex.
    """

    async def __call__(
        self,
        question: str,
        /,
        *,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
        conversation: Sequence[Turn] = (),
        asker: Asker | None = None,
        on_drafting: OnDrafting | None = None,
        attached: FindAttached | None = None,
    ) -> Answer | Abstention: ...


class SuggestService(Protocol):
    """Suggests at most three questions that can be asked after an answer. Raises FootnoteError."""

    async def __call__(self, answer: Answer, /) -> Sequence[str]: ...


class FactCheckService(Protocol):
    """Checks each statement of a text against the readable articles. Raises FootnoteError."""

    async def __call__(self, text: str, /, *, readable: Readable) -> FactCheck: ...


class FileService(Protocol):
    """Files attached to questions: reads them, and searches them for one question."""

    async def read(self, name: str, content: bytes, /) -> Article:
        """Raises ArticleError."""
        ...

    async def find(self, article: Article, question: str, /) -> Sequence[Hit]:
        """Raises ModelError."""
        ...


class IndexService(Protocol):
    """The index as people see it: rebuild it, inspect it, read around a cited sentence. Methods that return an
    article's text or name take what is `readable` there.
    """

    async def build(
        self,
        *,
        dry_run: bool = False,
        may_lose: int = 0,
        is_regular: bool = False,
        started_by: str,
        on_progress: Callable[[Progress], None],
    ) -> BuildReport:
        """Rebuilds; calls `on_progress` often and from a worker thread. If it raises, the build ends.

        `is_regular`: it is scheduled, and requests each web page at most once an hour.

        Raises BuildRunning; WouldShrink when more articles than `may_lose`, and too many, would be removed;
        CanaryFailed; BuildError.
        """
        ...

    async def rollback(
        self, generation: str | None = None, *, started_by: str, on_progress: Callable[[Progress], None]
    ) -> Status:
        """Makes a generation live again; calls `on_progress` like `build`.

        Raises BuildRunning, CannotRollBack, EmptyIndex, BuildError.
        """
        ...

    async def rollback_target(self, generation: str | None = None) -> Status:
        """What a rollback would make live. Raises CannotRollBack, EmptyIndex."""
        ...

    async def generations(self) -> Sequence[Status]:
        """Those on disk, newest first, the live one among them."""
        ...

    async def titles(self, *, readable: Readable) -> Mapping[str, str]:
        """The live generation's articles by their ids, in order. Raises EmptyIndex."""
        ...

    async def sources(self, *, readable: Readable) -> Mapping[str, str]:
        """The sources of the live generation's articles by their ids, if they name one. Raises EmptyIndex."""
        ...

    async def collections(self) -> Sequence[str]:
        """The names of the live generation's collections, in order. Raises EmptyIndex."""
        ...

    async def status(self) -> Status:
        """The live generation. Raises EmptyIndex."""
        ...

    async def context(self, citation: Citation, /, *, readable: Readable) -> Context | None:
        """The cited sentence between its neighbours; None when its article has changed since, or is not readable."""
        ...

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        """Hits of the live generation, best first. Raises EmptyIndex."""
        ...

    async def statuses_of(self, citations: Sequence[Citation], /) -> CitationStatuses:
        """The status of cited sentences in the live generation. Raises EmptyIndex."""
        ...


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A PNG file. `is_marked`: the sentence is marked on it; in some PDFs it cannot be located."""

    png: bytes
    is_marked: bool


class Pictures(Protocol):
    """Draws pages of PDF files."""

    async def picture(self, article_id: str, version: str, page: int, quote: str) -> PagePicture:
        """Raises ArticleError when the file is gone, has changed since that version, or cannot be drawn."""
        ...


@dataclass(frozen=True, slots=True)
class Core:
    """Everything from Footnote that the bot in Discord uses. `links`: to the pages of the reading room, if it is on."""

    ask: AskService
    suggest: SuggestService
    fact_check: FactCheckService
    files: FileService
    index: IndexService
    review: Review
    verdicts: Verdicts
    revisions: Revisions
    stores: Stores
    articles: ArticleFolder
    sources: SourceList
    pictures: Pictures
    links: Links | None = None
