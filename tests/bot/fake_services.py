"""The services behind the bot in Discord, deterministic and in memory."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Event

import numpy as np
from examples import an_abstention, an_answer, hits_in
from numpy.typing import NDArray

from footnote.answering.candidates import FindAttached
from footnote.errors import BuildError, BuildRunning, CannotRollBack, EmptyIndex, WouldShrink
from footnote.grounding.fact_check import FactCheck
from footnote.models import Abstention, Answer, Article, Citation, Hit, Passage
from footnote.models.collections import TOP, Readable, collection_of
from footnote.ports import Asker, Drafting, OnDrafting, Retrieved, Turn
from footnote.review.citation_status import CitationStatuses, statuses_of
from footnote_index.building.reports import BuildReport, Progress, Skipped, Stage, Status
from footnote_index.context import Context
from footnote_index.embedders import PassageVectors, Pause


class FakeAsk:
    """Answers everything with `answer`, or does what `error` and `hold` say."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.conversations: list[Sequence[Turn]] = []
        self.askers: list[Asker | None] = []
        self.scopes: list[tuple[date | None, date | None, frozenset[str] | None]] = []
        self.checked: list[str] = []
        self.checked_by: list[Readable] = []
        self.attached: list[Sequence[Hit]] = []
        self.found = FactCheck(())
        self.suggestions: tuple[str, ...] = ()
        self.drafting: tuple[Drafting, ...] = ()
        self.on_drafting: OnDrafting | None = None
        self.outcome: Callable[[str], Answer | Abstention] = an_answer
        self.error: BaseException | None = None
        self.hold: asyncio.Event | None = None

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
    ) -> Answer | Abstention:
        self.questions.append(question)
        self.attached.append(await attached(question) if attached else ())
        self.conversations.append(conversation)
        self.scopes.append((since, until, articles))
        self.askers.append(asker)
        self.on_drafting = on_drafting
        self.tell(*self.drafting)
        if self.hold:
            await self.hold.wait()
        if self.error:
            raise self.error
        return self.outcome(question)

    async def fact_check(self, text: str, /, *, readable: Readable) -> FactCheck:
        self.checked.append(text)
        self.checked_by.append(readable)
        return self.found

    async def suggest(self, _answer: Answer, /) -> Sequence[str]:
        return self.suggestions

    def tell(self, *drafting: Drafting) -> None:
        """Continues with the newest question."""
        for state in drafting:
            if self.on_drafting:
                self.on_drafting(state)

    def abstain(self, *nearest: Citation) -> None:
        self.outcome = lambda question: an_abstention(question, *nearest)


class FlatEmbedder:
    """To which all texts are the same: only words tell them apart."""

    name = "flat"

    def expense(self, passages: Sequence[Passage]) -> None:
        """Nothing."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        del pause
        sentences = sum(len(passage.sentences) for passage in passages)
        return PassageVectors(np.ones((len(passages), 1), np.float32), np.ones((sentences, 1), np.float32), 0)

    def embed_question(self, question: str) -> NDArray[np.float32]:
        del question
        return np.ones(1, np.float32)


REPORT = BuildReport(
    generation="g2",
    added=3,
    changed=1,
    removed=0,
    unchanged=1230,
    articles=1234,
    passages=5000,
    sentences=20000,
    seconds=45.0,
    embedded_tokens=9000,
    live=True,
    skipped=tuple(Skipped(f"broken-{number}.md", "it has no text below its title") for number in range(12)),
)


LIVE = Status("g1", datetime(2026, 1, 1, tzinfo=UTC), 10, 20, 30, "minilm", "articles")


class FakeIndex:
    """A build that runs in a thread until the test lets it end."""

    def __init__(self) -> None:
        self.may_end = Event()
        self.may_end.set()
        self.report = REPORT
        self.build_error: BuildError | None = None
        self.live: Status | None = LIVE
        self.changed: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.upcoming: Mapping[str, str] | None = None
        self.building: str | None = None
        self.builds = 0
        self.kept: list[Status] = []
        self.known: dict[str, str] = {}
        self.sources_of: dict[str, str] = {}
        self.rolled_back_by: str | None = None
        self.may_go_back = asyncio.Event()
        self.may_go_back.set()
        self.was_regular: bool | None = None

    async def build(
        self,
        *,
        dry_run: bool = False,
        may_lose: int = 0,
        is_regular: bool = False,
        started_by: str,
        on_progress: Callable[[Progress], None],
    ) -> BuildReport:
        self.was_regular = is_regular
        if isinstance(self.build_error, WouldShrink) and len(self.build_error.lost) <= may_lose:
            self.build_error = None
        if dry_run:
            return self.report
        if isinstance(self.build_error, BuildRunning):
            raise self.build_error  # before anything is begun, as the index does
        if self.building:
            raise BuildRunning(
                f"{self.building} started a rebuild at 12:00 UTC, and it is still running. Wait for it, then try again."
            )
        self.building = started_by
        try:
            report = await asyncio.to_thread(self._build, on_progress)
        finally:
            self.building = None
        if self.upcoming is not None:
            self.go_live(str(report.generation), **self.upcoming)
        return report

    def go_live(self, generation: str, **texts: str) -> None:
        """Another generation, with these articles: `bridge="..."` is the text of `bridge-1.md`."""
        self.live = replace(LIVE, generation=generation)
        names = {f"{name}-1.md": text for name, text in texts.items()}
        self.articles = {name: Article(name, "The bridge", text) for name, text in names.items()}

    async def status(self) -> Status:
        if self.live is None:
            raise EmptyIndex
        return self.live

    async def generations(self) -> list[Status]:
        return self.kept

    async def titles(self, *, readable: Readable) -> dict[str, str]:
        if self.live is None:
            raise EmptyIndex
        return {article_id: title for article_id, title in self.known.items() if readable.allows(article_id)}

    async def sources(self, *, readable: Readable) -> dict[str, str]:
        if self.live is None:
            raise EmptyIndex
        return {article_id: source for article_id, source in self.sources_of.items() if readable.allows(article_id)}

    async def collections(self) -> tuple[str, ...]:
        if self.live is None:
            raise EmptyIndex
        return tuple(sorted({collection_of(article_id) for article_id in self.known} - {TOP}))

    async def rollback_target(self, generation: str | None = None) -> Status:
        others = [status for status in self.kept if status != self.live and generation in {None, status.generation}]
        if not others:
            raise CannotRollBack("There is no such generation.")
        return others[0]

    async def rollback(
        self, generation: str | None = None, *, started_by: str, on_progress: Callable[[Progress], None]
    ) -> Status:
        if self.building:
            raise BuildRunning(
                f"{self.building} started a rebuild at 12:00 UTC, and it is still running. Wait for it, then try again."
            )
        on_progress(Progress(Stage.WRITING, done=5, total=10, seconds=1.0))
        await self.may_go_back.wait()
        if self.build_error:
            raise self.build_error
        self.live = await self.rollback_target(generation)
        self.rolled_back_by = started_by
        return self.live

    async def context(self, citation: Citation, /, *, readable: Readable) -> Context | None:
        if self.live is None:
            raise EmptyIndex
        if citation.article_id in self.changed or not readable.allows(citation.article_id):
            return None
        return Context("Before it there was a ferry.", citation.quote, "It was painted red.")

    async def retrieve(
        self,
        _question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        del top_k, since, until, articles
        if self.live is None:
            raise EmptyIndex
        found = [article for article in self.articles.values() if readable.allows(article.id)]
        return Retrieved(hits_in(found), self.live.generation)

    async def statuses_of(self, citations: Sequence[Citation], /) -> CitationStatuses:
        if self.live is None:
            raise EmptyIndex
        return CitationStatuses(self.live.generation, statuses_of(citations, self.articles.get))

    def _build(self, on_progress: Callable[[Progress], None]) -> BuildReport:
        self.builds += 1
        on_progress(Progress(Stage.READING, done=10, total=10, seconds=0.5))
        done = 0
        while done == 0 or not self.may_end.wait(0.001):
            done = min(done + 1, 999)
            on_progress(Progress(Stage.EMBEDDING, done=done, total=1000, seconds=1.0 + done / 100))
        if self.build_error:
            raise self.build_error
        return self.report
