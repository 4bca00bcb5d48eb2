"""The services behind the Discord face, deterministic and in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

from examples import an_abstention, an_answer

from footnote.errors import BuildError, BuildRunning, EmptyIndex, UnknownAnswer
from footnote.models import Abstention, Answer, AnswerRecord, Citation, Decision, MessageRef, Verdict
from footnote.ports import Asked
from footnote_index.context import Context
from footnote_index.reports import BuildReport, Progress, Skipped, Stage, Status


class MemoryStore:
    """An AnswerStore that forgets with the process."""

    def __init__(self) -> None:
        self.records: dict[int, AnswerRecord] = {}
        self.review_channels: dict[int, tuple[int, datetime]] = {}
        self.command_hashes: dict[int, str] = {}
        self.places_fail = False

    async def add(self, outcome: Answer | Abstention, asked: Asked) -> AnswerRecord:
        record = AnswerRecord(
            id=len(self.records) + 1,
            question=outcome.question,
            answered=isinstance(outcome, Answer),
            claims=outcome.claims if isinstance(outcome, Answer) else (),
            citations=outcome.citations,
            confidence=outcome.confidence,
            answerer=outcome.receipt.answerer,
            generation=outcome.receipt.generation,
            asker_id=asked.asker_id,
            guild_id=asked.guild_id,
            channel_id=asked.channel_id,
            asked_at=asked.asked_at,
        )
        self.records[record.id] = record
        return record

    async def get(self, answer_id: int) -> AnswerRecord:
        if answer_id not in self.records:
            raise UnknownAnswer(answer_id)
        return self.records[answer_id]

    async def set_posted(self, answer_id: int, posted: MessageRef) -> None:
        if self.places_fail:
            raise OSError("the disk is full")
        self.records[answer_id] = replace(await self.get(answer_id), posted=posted)

    async def set_card(self, answer_id: int, card: MessageRef) -> None:
        self.records[answer_id] = replace(await self.get(answer_id), card=card)

    async def set_shown(self, answer_id: int, shown: Decision) -> None:
        self.records[answer_id] = replace(await self.get(answer_id), shown=shown)

    async def decide(self, verdict: Verdict) -> Verdict:
        record = await self.get(verdict.answer_id)
        if record.verdict is None:
            self.records[record.id] = replace(record, verdict=verdict)
        return record.verdict or verdict

    async def unshown(self) -> Sequence[AnswerRecord]:
        return [
            record
            for record in self.records.values()
            if record.posted and record.verdict and record.verdict.decision is not record.shown
        ]

    async def without_card(self, guild_id: int, *, since: datetime) -> Sequence[AnswerRecord]:
        return [
            record
            for record in self.records.values()
            if record.posted and not record.card and record.guild_id == guild_id and record.asked_at >= since
        ]

    async def review_channel(self, guild_id: int) -> tuple[int, datetime] | None:
        return self.review_channels.get(guild_id)

    async def set_review_channel(self, guild_id: int, channel_id: int | None, at: datetime) -> None:
        self.review_channels.pop(guild_id, None)
        if channel_id is not None:
            self.review_channels[guild_id] = (channel_id, at)

    async def command_hash(self, scope: int) -> str | None:
        return self.command_hashes.get(scope)

    async def set_command_hash(self, scope: int, value: str) -> None:
        self.command_hashes[scope] = value


class FakeAsk:
    """Answers everything with `answer`, or does what `error` and `hold` say."""

    def __init__(self) -> None:
        self.questions: list[str] = []
        self.outcome: Callable[[str], Answer | Abstention] = an_answer
        self.error: Exception | None = None
        self.hold: asyncio.Event | None = None

    async def __call__(self, question: str, /) -> Answer | Abstention:
        self.questions.append(question)
        if self.hold:
            await self.hold.wait()
        if self.error:
            raise self.error
        return self.outcome(question)

    def abstain(self, *nearest: Citation) -> None:
        self.outcome = lambda question: an_abstention(question, *nearest)


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


class FakeIndex:
    """A build that goes on, in a thread, until the test lets it end."""

    def __init__(self) -> None:
        self.may_end = Event()
        self.may_end.set()
        self.report = REPORT
        self.build_error: BuildError | None = None
        self.live: Status | None = Status("g1", datetime(2026, 1, 1, tzinfo=UTC), 10, 20, 30, "minilm", "articles")
        self.changed: set[str] = set()
        self.building: str | None = None
        self.builds = 0

    async def build(self, *, started_by: str, on_progress: Callable[[Progress], None]) -> BuildReport:
        if self.building:
            raise BuildRunning(f"{self.building} started a rebuild at 12:00 UTC, and it has not ended yet.")
        self.building = started_by
        try:
            return await asyncio.to_thread(self._build, on_progress)
        finally:
            self.building = None

    async def status(self) -> Status:
        if self.live is None:
            raise EmptyIndex
        return self.live

    async def context(self, citation: Citation, /) -> Context | None:
        if self.live is None:
            raise EmptyIndex
        if citation.article_id in self.changed:
            return None
        return Context("Before it there was a ferry.", citation.quote, "It was painted red.")

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
