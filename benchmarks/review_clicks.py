"""Moderators who click at once, on a `footnote bot` that is killed in the middle and started again. See `review.py`."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import discord
from databases import Databases
from discord_stage import OPENAPI, until
from fake_discord import FakeDiscord, Interaction, Message, NotPossible, Person
from review_shown import number_of, posted_twice, unlike_record
from rich.table import Table
from running_set import console
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from footnote.adapters.database import open_engine, stores_of
from footnote.adapters.database.tables import AnswerRow, AuditRow, VerdictRow
from footnote.records.answers import AnswerRecord, Decision
from footnote.review.recording import Review
from footnote_bot.app import opened
from footnote_bot.settings import Settings

FOOTNOTE = Path(sys.executable).with_name("footnote")
SAMPLES = Path(__file__).parents[1] / "articles"
QUESTIONS = (
    "When did Kabul fall?",
    "Who leads the National Resistance Front?",
    "How long is the Panjshir Valley?",
    "Which weapons were left behind?",
    "When did American troops leave Afghanistan?",
    "What do moderators do with an answer?",
    "How is Panjshir cut off?",
    "Who is Amrullah Saleh?",
    "How do I ask Footnote a question?",
    "What happened in Panjshir in September 2021?",
)
ANSWERS, CLICKS, AT_ONCE, MODERATORS = 50, 200, 16, 6
BETWEEN_LOOKS = 0.02
MAY_TAKE = 10.0
"""Seconds. What is neither refused nor on record when the bot is killed was cut off, if it was clicked since."""

NO_ANSWER = "The application did not respond"
WITHIN = 150.0
"""Seconds."""


class Act(StrEnum):
    """What moderators do, as the buttons are called."""

    APPROVE = "Approve"
    REJECT = "Reject"
    UNDO = "Undo"
    EDIT = "Edit"
    RIGHT = "Right"
    WRONG = "Wrong"
    TAKE_BACK = "Take back"
    BETTER = "Better sentence"


@dataclass(eq=False)
class Click:
    """`number` is the citation's. `was_cut_off`: the bot was killed before it had put it on record or refused it."""

    answer_id: int
    moderator_id: int
    act: Act
    number: str | None
    at: float
    interaction: Interaction
    was_cut_off: bool = False

    @property
    def refusal(self) -> str | None:
        """What Footnote said to the moderator instead."""
        said = [message.content for message in self.interaction.messages if message.content]
        return said[-1] if said else NO_ANSWER if self.interaction.failed else None


@dataclass(frozen=True)
class OnRecord:
    """An act that the audit tells of."""

    id: int
    answer_id: int
    moderator_id: int
    act: Act
    number: str | None

    def is_of(self, click: Click) -> bool:
        """A form that is submitted unchanged is an approval."""
        same = self.act is click.act or (self.act, click.act) == (Act.APPROVE, Act.EDIT)
        of_click = (click.answer_id, click.moderator_id, click.number)
        return same and (self.answer_id, self.moderator_id, self.number) == of_click


class Bot:
    """`footnote bot` in a process of its own."""

    def __init__(self, fake: FakeDiscord, folder: Path, database_url: str, guild_id: int) -> None:
        self.is_up = asyncio.Event()
        self.kills = 0
        self.killed_at = 0.0
        self._fake = fake
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        self._environment = os.environ | {
            "DISCORD_TOKEN": fake.token,
            "DISCORD_API_URL": fake.api_url,
            "DISCORD_GATEWAY_URL": str(fake.gateway_url),
            "DISCORD_GUILD_IDS": str(guild_id),
            "FOOTNOTE_ARTICLES": str(SAMPLES),
            "FOOTNOTE_DATA": str(folder),
            "DATABASE_URL": database_url,
            "NO_PROXY": "127.0.0.1",
        }

    async def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(FOOTNOTE, "bot"), cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        await self._fake.wait_until_connected(timeout=WITHIN)
        self.is_up.set()

    async def end(self, how: signal.Signals) -> None:
        self.is_up.clear()
        if how is signal.SIGKILL:
            self.kills += 1
            self.killed_at = perf_counter()
        if self._process and self._process.returncode is None:
            self._process.send_signal(how)
            await self._process.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        try:
            await self.start()
            yield
        finally:
            await self.end(signal.SIGTERM)


class Watch:
    """Looks at the database for when each act on record is shown by its answer's messages."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.acts: list[OnRecord] = []
        self.shown: dict[int, float] = {}
        self._engine = engine
        self._waiting: dict[int, tuple[int, int]] = {}
        self._looking = asyncio.Lock()

    async def run(self) -> None:
        while True:
            await self.run_once()
            await asyncio.sleep(BETWEEN_LOOKS)

    async def run_once(self) -> None:
        async with self._looking:
            await self._look()

    async def _look(self) -> None:
        known = {act.id for act in self.acts}
        after = max(known, default=0) - AT_ONCE  # PostgreSQL may show a lower number later than a higher one
        new_acts = select(AuditRow.__table__).where(AuditRow.id > after, AuditRow.answer_id.is_not(None))
        async with self._engine.connect() as connection:
            new = [_on_record(row) for row in await connection.execute(new_acts) if row.id not in known]
            statement = select(AnswerRow.id, AnswerRow.changes, AnswerRow.shown_changes)
            answers = {row.id: row for row in await connection.execute(statement)}
        self.acts = sorted([*self.acts, *new], key=lambda act: act.id)
        self._waiting |= {act.id: (act.answer_id, answers[act.answer_id].changes) for act in new}
        for act_id, (answer_id, changes) in [*self._waiting.items()]:
            if answers[answer_id].shown_changes >= changes:
                del self._waiting[act_id]
                self.shown[act_id] = perf_counter()


@dataclass
class Desk:
    """Moderators before the cards, by the numbers of their answers."""

    fake: FakeDiscord
    bot: Bot
    moderators: Sequence[Person]
    cards: dict[int, Message]
    watch: Watch
    chance: random.Random
    clicks: list[Click] = field(default_factory=list)

    async def click_all(self) -> None:
        """Two clicks on the same card follow each other at once; in the middle the bot is killed."""
        pairs = list(self.cards) * (CLICKS // len(self.cards) // 2)
        self.chance.shuffle(pairs)
        left = list(chain.from_iterable((number, number) for number in pairs))
        await asyncio.gather(self._kill_at(CLICKS // 2), *(self._work(left) for _ in range(AT_ONCE)))

    async def _kill_at(self, count: int) -> None:
        await until(lambda: len(self.clicks) >= count, seconds=WITHIN)
        await self.bot.end(signal.SIGKILL)
        now = perf_counter()
        await self.watch.run_once()
        on_record = _matched(self.clicks, self.watch.acts)
        for click in self.clicks:
            click.was_cut_off |= not click.refusal and click not in on_record and click.at > now - MAY_TAKE
        await self.bot.start()

    async def _work(self, left: list[int]) -> None:
        while left:
            answer_id = left.pop()
            while not await self._turn(answer_id):
                pass

    async def _turn(self, answer_id: int) -> bool:
        """Whether a click was made: what was offered may be gone, or the bot."""
        await self.bot.is_up.wait()
        kills = self.bot.kills
        card, moderator = self.cards[answer_id], self.chance.choice(self.moderators)
        try:
            act, number, interaction = await self._click(card, moderator)
        except NotPossible:
            return False
        except AssertionError:
            if self.bot.kills == kills:
                raise
            return False
        was_cut_off = self.bot.kills > kills
        click = Click(answer_id, moderator.id, act, number, perf_counter(), interaction, was_cut_off)
        self.clicks.append(click)
        seen = len(card.versions)
        await self.fake.wait_for(
            lambda: interaction.failed or click.refusal or len(card.versions) > seen or self.bot.kills > kills,
            timeout=WITHIN,
        )
        return True

    async def _click(self, card: Message, moderator: Person) -> tuple[Act, str | None, Interaction]:
        """One of those that the card offers."""
        offered = {button["label"] for button in card.buttons if not button.get("disabled")}
        if Act.UNDO in offered:
            return Act.UNDO, None, await moderator.click(card, Act.UNDO)
        act = self.chance.choice([Act.APPROVE, Act.REJECT, Act.EDIT, Act.BETTER, Act.RIGHT, Act.RIGHT])
        if act in {Act.APPROVE, Act.REJECT}:
            return act, None, await moderator.click(card, act)
        if act is Act.EDIT:
            return act, None, await self._edit(card, moderator)
        return await self._judge(card, moderator, is_better=act is Act.BETTER)

    async def _edit(self, card: Message, moderator: Person) -> Interaction:
        """Takes the last line out, where there are several."""
        opening = await moderator.click(card, Act.EDIT)
        await self._answered(opening, lambda: opening.opened_modal)
        form = opening.opened_modal
        if form is None:
            return opening
        text = form.components[0]["component"].get("value", "")
        lines = text.splitlines()
        return await moderator.submit(form, {"lines": "\n".join(lines[:-1] or lines)})

    async def _judge(self, card: Message, moderator: Person, *, is_better: bool) -> tuple[Act, str, Interaction]:
        options = [option["value"] for menu in card.selects for option in menu["options"]]
        if not options:
            raise NotPossible("There is nothing left to judge")
        number = self.chance.choice(options)
        panel = await (await moderator.select(card, number)).response()
        if is_better:
            opening = await moderator.click(panel, Act.BETTER)
            await self._answered(opening, lambda: panel.selects)
            if not panel.selects:
                return Act.BETTER, number, opening
            sentences = [option["value"] for option in panel.selects[0]["options"]]
            return Act.BETTER, number, await moderator.select(panel, self.chance.choice(sentences))
        acts = [Act(button["label"]) for button in panel.buttons if button["label"] != Act.BETTER]
        if not acts:
            raise NotPossible("It is decided")
        act = self.chance.choice(acts)
        return act, number, await moderator.click(panel, act)

    async def _answered(self, opening: Interaction, has_come: Callable[[], object]) -> None:
        await self.fake.wait_for(lambda: has_come() or opening.messages or opening.failed)


async def clicks(databases: Databases, folder: Path, seed: int) -> list[str]:
    """Prints the results. Returns the wrong ones."""
    url = databases.migrated()
    engine = open_engine(url)
    stores = stores_of(engine)
    async with FakeDiscord(openapi=OPENAPI) as fake:
        guild = fake.add_guild("Library")
        channel, review = fake.add_channel(guild, "general"), fake.add_channel(guild, "review")
        askers = [fake.add_member(guild, f"asker-{number}") for number in range(5)]
        may_review = discord.Permissions(manage_messages=True)
        moderators = [fake.add_member(guild, f"mod-{number}", permissions=may_review) for number in range(MODERATORS)]
        await Review(stores.answers).set_review_channel(guild.id, review.id)
        bot = Bot(fake, folder, url, guild.id)
        watch = Watch(engine)
        async with bot.running():
            for number in range(ANSWERS):
                asker = askers[number % len(askers)]
                asked = await asker.slash(channel, "ask", question=QUESTIONS[number % len(QUESTIONS)])
                await asked.response(timeout=WITHIN)
            await fake.wait_for(lambda: len(review.messages) == ANSWERS, timeout=WITHIN)
            cards = {number_of(card): card for card in review.messages}
            desk = Desk(fake, bot, moderators, cards, watch, random.Random(seed))  # noqa: S311 - a benchmark's
            watching = asyncio.create_task(watch.run())
            began = perf_counter()
            await desk.click_all()
            taken = perf_counter() - began
            await _caught_up(engine)
            caught_up = perf_counter() - began - taken
            watching.cancel()
            await asyncio.wait([watching])
            await watch.run_once()
        records = [await stores.answers.get(number) for number in sorted(cards)]
        matched = _matched(desk.clicks, watch.acts)
        report(desk.clicks, matched, watch, bot.killed_at)
        console.print(f"Clicked for {taken:.0f} s; {caught_up:.1f} s later everything was shown.")
        problems = [
            *_clicks_unlike_audit(desk.clicks, matched, watch.acts),
            *_verdicts_unlike_audit(records, watch.acts),
        ]
        async with engine.connect() as connection:
            rounds = (await connection.execute(select(VerdictRow.__table__))).all()
        if len(rounds) != sum(record.verdict is not None for record in records):
            problems.append(f"{len(rounds)} verdicts are on record")
        async with opened(Settings(FOOTNOTE_ARTICLES=SAMPLES, FOOTNOTE_DATA=folder)) as footnote:  # type: ignore[call-arg] # by alias
            problems += await unlike_record(fake, records, footnote.index)
        posts = [message for message in channel.messages if message.author is fake.bot]
        problems += posted_twice(posts, records)
        if len(review.messages) != len(records):
            problems.append(f"{len(review.messages)} cards for {len(records)} answers")
    await engine.dispose()
    return problems


async def _caught_up(engine: AsyncEngine) -> None:
    """Waits until all recorded answers is shown."""
    answers = stores_of(engine).answers
    async with asyncio.timeout(WITHIN):
        while await answers.outdated() or await answers.unshown():  # noqa: ASYNC110 - what another process does
            await asyncio.sleep(BETWEEN_LOOKS)
    await asyncio.sleep(0.5)  # for messages that are sent after it is shown


def _on_record(row: object) -> OnRecord:
    action, detail = row.action, row.detail  # type: ignore[attr-defined]
    if action == "verdict":
        act = Act.APPROVE if detail == Decision.APPROVED else Act.REJECT
    elif action == "ruling":
        act = Act.RIGHT if detail.endswith("right") else Act.WRONG
    elif action == "undo":
        act = Act.UNDO if detail.startswith("verdict") else Act.TAKE_BACK
    else:
        act = {"edit": Act.EDIT, "better sentence": Act.BETTER}[action]
    number = re.search(r"citation (\d+)", detail)
    return OnRecord(row.id, row.answer_id, row.user_id, act, number[1] if number else None)  # type: ignore[attr-defined]


def _matched(clicks: Sequence[Click], acts: Sequence[OnRecord]) -> dict[Click, OnRecord]:
    """Each act on record with its click: rather one that was not cut off, and none that was refused."""
    matched: dict[Click, OnRecord] = {}
    candidates = sorted(
        (click for click in clicks if not click.refusal), key=lambda click: (click.was_cut_off, click.at)
    )
    for act in acts:
        click = next((one for one in candidates if act.is_of(one) and one not in matched), None)
        if click:
            matched[click] = act
    return matched


def _clicks_unlike_audit(
    clicks: Sequence[Click], matched: dict[Click, OnRecord], acts: Sequence[OnRecord]
) -> list[str]:
    """Saying the same again is not refused, and it is recorded once."""
    left = [click for click in clicks if not (click.refusal or click.was_cut_off or click in matched)]
    lost = [click for click in left if not any(act.is_of(click) for act in acts)]
    mistold = [click for click in clicks if click.refusal and "Something went wrong" in click.refusal]
    nobodys = set(acts) - set(matched.values())
    return [
        *(f"{one.act} on answer {one.answer_id} was not refused, and is not on record" for one in lost),
        *(f"{one.act} on answer {one.answer_id}: {one.refusal}" for one in mistold),
        *(f"{one.act} on answer {one.answer_id} is on record, and nobody's click stands" for one in nobodys),
    ]


def _verdicts_unlike_audit(records: Sequence[AnswerRecord], acts: Sequence[OnRecord]) -> list[str]:
    """Each verdict follows one that was taken back, and the last of them is on record."""
    decisions = {Act.APPROVE: Decision.APPROVED, Act.EDIT: Decision.APPROVED, Act.REJECT: Decision.REJECTED}
    problems = []
    for record in records:
        standing: tuple[Decision, int] | None = None
        for act in acts:
            if act.answer_id != record.id or act.act not in {*decisions, Act.UNDO}:
                continue
            if (act.act is Act.UNDO) is (standing is None):
                problems.append(f"answer {record.id}: {act.act} while its verdict was {standing}")
            standing = None if act.act is Act.UNDO else (decisions[act.act], act.moderator_id)
        given = record.verdict and (record.verdict.decision, record.verdict.moderator_id)
        if given != standing:
            problems.append(f"answer {record.id}: the verdict is {given}, by the audit {standing}")
    return problems


def report(clicks: Sequence[Click], matched: dict[Click, OnRecord], watch: Watch, killed_at: float) -> None:
    table = Table("", "clicks", "stand", "refused", "cut off by the kill")
    for act in [*Act]:
        table.add_row(act, *_counts([click for click in clicks if click.act is act]))
    table.add_row("all", *_counts(clicks))
    console.print(table)
    times = [(click.at, watch.shown[act.id]) for click, act in matched.items() if act.id in watch.shown]
    over_kill = [shown - at for at, shown in times if at < killed_at < shown]
    calm = [shown - at for at, shown in times if not at < killed_at < shown]
    console.print(
        f"Seconds from click to shown: p50 {quantiles(calm, n=100)[49]:.2f}, p95 {quantiles(calm, n=100)[94]:.2f}, "
        f"longest {max(calm):.2f}; of {len(over_kill)} that the kill came between {max(over_kill, default=0):.1f}."
    )


def _counts(clicks: Sequence[Click]) -> list[str]:
    calm = [click for click in clicks if not click.was_cut_off]
    counts = (
        len(clicks),
        sum(not click.refusal for click in calm),
        sum(bool(click.refusal) for click in calm),
        len(clicks) - len(calm),
    )
    return [str(count) for count in counts]
