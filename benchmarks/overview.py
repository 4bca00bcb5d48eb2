"""How long reading everything takes: `python benchmarks/overview.py [--answers 100000]`.

Fills a SQLite database, then asks it for the queue, the statistics, corrections and an export. It reports CPU time as
well, which other work on the machine does not affect, and the longest stretch of CPU time in the event loop's thread,
during which nobody else is answered.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import DatabaseOverview, open_engine, stores_of, upgrade
from footnote.adapters.database.tables import AnswerRow, CitationRow, ClaimRow, VerdictRow
from footnote.records.answers import Decision
from footnote.records.overview import QueueState
from footnote.review.recording import utc_now
from footnote_bot.server_records.counting import count
from footnote_bot.server_records.exporting import ExportForm, exported

console = Console(width=140)
GUILDS, CHANNELS, AT_ONCE = 4, 20, 5000
WORDS = [
    "valley",
    "river",
    "bridge",
    "mayor",
    "airport",
    "emerald",
    "road",
    "school",
    "army",
    "price",
    "winter",
    "harvest",
    "border",
    "ferry",
    "museum",
]


async def fill(engine: AsyncEngine, answers: int, *, decided_share: float = 0.5) -> None:
    """An answer every five minutes until now, a fifth of them abstentions, half of them decided, two footnotes each."""
    chance, now = random.Random(1), utc_now()  # noqa: S311 - a benchmark's
    for start in range(1, answers + 1, AT_ONCE):
        ids = range(start, min(start + AT_ONCE, answers + 1))
        rows = []
        for number in ids:
            asked_at = now - timedelta(minutes=5 * (answers - number))
            channel = chance.randrange(CHANNELS)
            rows.append(
                {
                    "id": number,
                    "question": f"Where is the {' '.join(chance.sample(WORDS, 3))}?",
                    "answered": number % 5 > 0,
                    "confidence": 0.5,
                    "answerer": "extractive",
                    "generation": "g1",
                    "asker_id": number % 997,
                    "guild_id": channel % GUILDS,
                    "channel_id": channel,
                    "asked_at": asked_at,
                    "posted_channel_id": channel,
                    "posted_message_id": number,
                    "card_channel_id": 1,
                    "card_message_id": number,
                }
            )
        answered = [row["id"] for row in rows if row["answered"]]
        decided = [
            {
                "answer_id": row["id"],
                "round": 1,
                "decision": chance.choice(list(Decision)),
                "moderator_id": 1,
                "decided_at": row["asked_at"],
            }
            for row in rows
            if chance.random() < decided_share
        ]
        cited = {
            "version": "0" * 64,
            "title": "A title",
            "start": 0,
            "end": 40,
            "quote": "A sentence of forty letters.",
        }
        async with engine.begin() as connection:
            await connection.execute(insert(AnswerRow), rows)
            claims = [{"answer_id": answer, "position": 0, "text": "A claim.", "support": 1.0} for answer in answered]
            await connection.execute(insert(ClaimRow), claims)
            of_a_claim = {"claim_position": 0, "article_id": "a.md", **cited}
            citations = [
                {"answer_id": answer, "position": position, "number": position + 1, **of_a_claim}
                for answer in answered
                for position in range(2)
            ]
            await connection.execute(insert(CitationRow), citations)
            await connection.execute(insert(VerdictRow), decided)


async def measured(work: Callable[[], Awaitable[str]]) -> tuple[float, float, float, str]:
    """Seconds, CPU seconds, the longest stretch in milliseconds of CPU time, and what came of it."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.001)
            longest = max(longest, time.thread_time() - began)

    ticking = asyncio.create_task(tick())
    began, worked = time.perf_counter(), time.process_time()
    said = await work()
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    ticking.cancel()
    return seconds, cpu, longest * 1000, said


async def run(answers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'footnote.sqlite'}"
        await asyncio.to_thread(upgrade, url)
        engine = open_engine(url)
        await fill(engine, answers)
        gc.freeze()  # as the application does
        overview = DatabaseOverview(engine)
        channels = await overview.channels(1)

        async def page(state: QueueState, offset: int = 0) -> str:
            return f"{(await overview.queue(1, state, channels=channels, offset=offset)).total:,} answers"

        async def statistics(days: int | None, guild_id: int | None) -> str:
            found = (await count(overview, guild_id, days=days, now=utc_now())).statistics
            return f"{found.answered.whole:,} questions"

        async def corrections(pages: int) -> str:
            at, found = None, 0
            for _ in range(pages):
                batch = await stores_of(engine).corrections.newest(before=at, limit=20)
                at, found = batch.end, found + len(batch.found)
            return f"{found:,} corrections"

        async def export() -> str:
            size = 0
            async for piece in exported(overview.records(1), ExportForm.JSONL):
                size += len(piece)
            return f"{size / 1e6:,.0f} MB"

        table = Table("what", "seconds", "CPU s", "longest stretch, ms", "of")
        for what, work in {
            "queue, open, first page": lambda: page(QueueState.OPEN),
            "queue, open, page 500": lambda: page(QueueState.OPEN, 4990),
            "queue, decided, first page": lambda: page(QueueState.DECIDED),
            "queue, flagged": lambda: page(QueueState.FLAGGED),
            "channels of a server": lambda: _length(overview.channels(1)),
            "statistics, 30 days, one server": lambda: statistics(30, 1),
            "statistics, all, one server": lambda: statistics(None, 1),
            "statistics, all, everything": lambda: statistics(None, None),
            "corrections, first page": lambda: corrections(1),
            "corrections, first 100 pages": lambda: corrections(100),
            "export, all, one server": export,
        }.items():
            seconds, cpu, stretch, said = await measured(work)
            table.add_row(what, f"{seconds:.2f}", f"{cpu:.2f}", f"{stretch:.0f}", said)
        await engine.dispose()
        console.print(table)


async def _length(found: Awaitable[object]) -> str:
    return f"{len(list(await found))} channels"  # type: ignore[call-overload]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    asyncio.run(run(parser.parse_args().answers))


if __name__ == "__main__":
    main()
