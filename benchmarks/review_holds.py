"""Answers that wait for a moderator, with the client in this process and a clock to put forward. See `review.py`."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from databases import Databases
from discord_stage import OPENAPI, Stage, until
from examples import a_citation, a_claim, an_answer
from fake_discord import FakeDiscord, Message
from review_shown import number_of, posted_twice, unlike_record
from rich.table import Table
from running_set import console
from watched_store import WatchedStore

from footnote.adapters.database.holds import DatabaseHolds
from footnote.records.answers import AnswerRecord, Hold
from footnote.records.policies import EVERYWHERE, AtDeadline, Mode, Policy
from footnote_bot.posts.notices import due_notice

OF_EACH, AT_ONCE, CLICKS_AT_ONCE = 50, 8, 4
REFUSED, TORN = 60, 60
"""Requests that Discord answers with 503, and that it drops, at the deadline."""

MINUTES = 5
LATE = timedelta(minutes=MINUTES + 1)
WITHIN = 60.0
"""Seconds."""


class CountingHolds(DatabaseHolds):
    """`ended`: how often the deadline was first."""

    ended = 0

    async def end(self, answer_id: int, hold: Hold, now: datetime) -> bool:
        is_first = await super().end(answer_id, hold, now)
        self.ended += is_first
        return is_first


class Held:
    """A stage with answers that wait, each with a text of its own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.problems: list[str] = []
        self.holds = CountingHolds(stage.store.engine)
        stage.stores = replace(stage.stores, holds=self.holds)
        stage.ask.outcome = lambda question: an_answer(question, a_claim(a_citation(1, _text(question))))

    async def ask(self, at_deadline: AtDeadline) -> None:
        stage = self.stage
        policy = Policy(Mode.HOLD, minutes=MINUTES, at_deadline=at_deadline)
        await stage.policies.set_policy(stage.guild.id, EVERYWHERE, policy)
        await stage.set_up_review()
        for first in range(0, OF_EACH, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, OF_EACH))
            await asyncio.gather(*(stage.slash_ask(f"When did gate {number} open?") for number in numbers))
        await until(
            lambda: all(record.posted and record.card for record in stage.store.records.values()), seconds=WITHIN
        )
        if early := [message for message in stage.channel.messages if _tells(message)]:
            self.problems.append(f"{len(early)} held answers are shown before anybody let them out")

    async def ended(self) -> list[AnswerRecord]:
        """The records, once nothing waits and everything is shown."""
        store = self.stage.store
        async with asyncio.timeout(WITHIN):
            while await self.holds.overdue(self.stage.now()) or await store.outdated():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await until(lambda: self.stage.client.in_flight.is_idle, seconds=WITHIN)
        return [await store.get(number) for number in sorted(store.records)]

    async def look(self, records: list[AnswerRecord]) -> None:
        """What should not have come of them."""
        posts = [message for message in self.stage.channel.messages if message.author is self.stage.fake.bot]
        self.problems += await unlike_record(self.stage.fake, records, self.stage.index)
        self.problems += posted_twice(posts, records)
        if len(self.stage.desk.messages) != OF_EACH:
            self.problems.append(f"{len(self.stage.desk.messages)} cards for {OF_EACH} answers")
        answers = {number_of(message): message for message in posts if message.embeds}
        for record in records:
            if record.hold in {None, Hold.WAITING}:
                self.problems.append(f"answer {record.id} still waits")
            if record.hold is Hold.CLOSED and _tells(answers[record.id]):
                self.problems.append(f"answer {record.id} was never let out, and was shown")
            due = due_notice(record)
            if due is not None and record.told != due:
                self.problems.append(f"answer {record.id}: its asker got {record.told}, not {due}")

    def verdicts(self) -> int:
        return sum(record.verdict is not None for record in self.stage.store.records.values())


async def holds(databases: Databases, folder: Path) -> list[str]:
    """Prints what became of them. Returns what should not have."""
    table = Table("", "answers", "deadline first", "let out", "shown, not reviewed", "not shown", "problems")
    problems: list[str] = []
    ways = {
        "nobody comes": _nobody_comes,
        "Discord is away at the deadline": _discord_is_away,
        "the deadline passes while no bot is there": _restarted,
        "verdict and deadline at once": _at_once,
    }
    for name, way in ways.items():
        for at_deadline in AtDeadline:
            async with _held(databases, folder / f"{way.__name__}-{at_deadline}") as held:
                records = await way(held, at_deadline)
                await held.look(records)
            of = Counter(record.hold for record in records)
            counts = (
                len(records),
                held.holds.ended,
                of[Hold.SHOWN],
                of[Hold.OVERDUE],
                of[Hold.CLOSED],
                len(held.problems),
            )
            table.add_row(f"{name} ({at_deadline})", *map(str, counts))
            problems += held.problems
    console.print(table)
    return problems


async def _nobody_comes(held: Held, at_deadline: AtDeadline) -> list[AnswerRecord]:
    async with held.stage.running():
        await held.ask(at_deadline)
        held.stage.later = LATE
        return await held.ended()


async def _discord_is_away(held: Held, at_deadline: AtDeadline) -> list[AnswerRecord]:
    async with held.stage.running(seconds_between_passes=0.5):
        await held.ask(at_deadline)
        fake = held.stage.fake
        away = [
            fake.fail_next("PATCH", r"/messages/\d+$", status=503, times=REFUSED),
            fake.tear_next("PATCH", r"/messages/\d+$", times=TORN),
        ]
        held.stage.later = LATE
        records = await held.ended()
        if sum(fault.used for fault in away) != REFUSED + TORN:
            held.problems.append("Discord was not away for long enough")
        return records


async def _restarted(held: Held, at_deadline: AtDeadline) -> list[AnswerRecord]:
    async with held.stage.running():
        await held.ask(at_deadline)
    held.stage.later = LATE
    async with held.stage.running():
        return await held.ended()


async def _at_once(held: Held, at_deadline: AtDeadline) -> list[AnswerRecord]:
    """Half of the verdicts are approvals. The deadline passes when a quarter of them is given."""
    async with held.stage.running(seconds_between_deadlines=0.0):
        await held.ask(at_deadline)
        stage = held.stage
        cards = random.Random(7).sample(stage.desk.messages, OF_EACH)  # noqa: S311 - a benchmark's
        room = asyncio.Semaphore(CLICKS_AT_ONCE)

        async def click(card: Message, label: str) -> None:
            async with room:
                await stage.mod.click(card, label)
                await until(lambda: stage.store.records[number_of(card)].verdict is not None, seconds=WITHIN)

        clicking = asyncio.gather(*(click(card, ("Approve", "Reject")[at % 2]) for at, card in enumerate(cards)))
        await until(lambda: held.verdicts() >= OF_EACH // 4, seconds=WITHIN)
        stage.later = LATE
        await clicking
        return await held.ended()


@asynccontextmanager
async def _held(databases: Databases, folder: Path) -> AsyncIterator[Held]:
    folder.mkdir()  # noqa: ASYNC240 - a benchmark's
    store = WatchedStore(databases.migrated(), folder)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        yield Held(Stage(fake, store))
    await store.close()


def _text(question: str) -> str:
    return question.replace("When did gate", "Gate").replace("open?", "opened in 1932.")


def _tells(message: Message) -> bool:
    """Whether it ever showed a held answer."""
    return any("opened in 1932" in str(version.embeds) for version in message.versions)
