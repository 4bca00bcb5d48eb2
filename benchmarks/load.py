"""A busy server: `python benchmarks/load.py SET_DIR [--rate 20] [--seconds 60] [--members 200] [--articles N]`.

The bot is a process of its own on a fake Discord; members use /ask at a steady rate, whether it keeps up or not. What
is measured is what a member sees: how long it takes until the bot shows that it has heard, and until the answer, or
the line that asks to wait, is there. Memory is that of the bot's process. It ends with 1 if a question is lost, or if
of twenty first signs more than one takes longer than a second.

`--soak` does the same for half an hour, by default at 2 questions a second and without limits for members, shows the
memory of each minute, and ends with 1 as well if that grows by 5 % or more after the first five minutes.

`--pages 5` opens the reading room, and reads so many pages a second of those that the answers lead to.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

import aiohttp

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot")]

import psutil  # type: ignore[import-untyped] # noqa: E402
from fake_discord import Channel, FakeDiscord, Person  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console, settings_for  # noqa: E402

from footnote_bot.app import opened  # noqa: E402
from footnote_bot.terminal.builds import build  # noqa: E402
from footnote_bot.terminal.evaluation_sets import read_questions  # noqa: E402

PATIENCE = 600.0
"""Seconds after which a question counts as lost."""

SLOWEST_SIGN = 1.0
"""Seconds until the first sign, for 95 of 100 questions."""

MOST_GROWTH = 0.05
WARM_AFTER = 300.0
"""Seconds after which models are loaded and caches filled: from then on memory should stay."""

FOOTNOTE = Path(sys.executable).with_name("footnote")
NO_LIMITS = (
    "FOOTNOTE_QUESTIONS_PER_MINUTE",
    "FOOTNOTE_QUESTIONS_AT_ONCE",
    "FOOTNOTE_SERVER_QUESTIONS_PER_MINUTE",
    "FOOTNOTE_SERVER_QUESTIONS_AT_ONCE",
)


PORT = 8917
PAGE = re.compile(rf"http://127\.0\.0\.1:{PORT}/[^\s)>]+")


@dataclass(slots=True)
class Seen:
    """What members saw, in seconds, and the pages that answers lead to."""

    first: list[float] = field(default_factory=list)
    first_of_answered: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    read: list[float] = field(default_factory=list)


async def ask(member: Person, channel: Channel, question: str, seen: Seen) -> None:
    began = perf_counter()
    try:
        interaction = await member.slash(channel, "ask", question=question)
        await interaction.acknowledgement(timeout=PATIENCE)
        seen.first.append(first := perf_counter() - began)
        message = await interaction.response(timeout=PATIENCE)
        while not (message.buttons or message.text):
            await asyncio.sleep(0.02)
            if perf_counter() - began > PATIENCE:
                raise TimeoutError
    except (TimeoutError, AssertionError):  # the fake Discord's own word for it
        seen.ends["lost"] += 1
        return
    seen.last.append(perf_counter() - began)
    if message.buttons:
        seen.first_of_answered.append(first)
    seen.pages += PAGE.findall(message.text)
    seen.ends["answered, or told that the articles do not answer" if message.buttons else message.text[:60]] += 1


async def read_pages(seen: Seen, rate: float) -> None:
    """Again and again, at a steady rate, once there are some."""
    chance = random.Random(0)  # noqa: S311 - the same each time
    async with aiohttp.ClientSession() as session:
        while True:
            await asyncio.sleep(1 / rate)
            if seen.pages:
                began = perf_counter()
                async with session.get(chance.choice(seen.pages)) as response:
                    assert response.status == HTTPStatus.OK, response.status
                    await response.read()
                seen.read.append(perf_counter() - began)


def environment(fake: FakeDiscord, articles: Path, data: Path, guild: int, *, is_limited: bool) -> dict[str, str]:
    return (
        os.environ
        | ({} if is_limited else dict.fromkeys(NO_LIMITS, "0"))
        | {
            "DISCORD_TOKEN": fake.token,
            "DISCORD_API_URL": fake.api_url,
            "DISCORD_GATEWAY_URL": str(fake.gateway_url),
            "DISCORD_GUILD_IDS": str(guild),
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_DATA": str(data),
            "DATABASE_URL": f"sqlite:///{articles.with_name('footnote.sqlite')}",
            "NO_PROXY": "127.0.0.1",
        }
    )


@asynccontextmanager
async def bot(fake: FakeDiscord, data: Path, variables: dict[str, str]) -> AsyncIterator[psutil.Process]:
    with (data / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(FOOTNOTE, "bot", cwd=data, env=variables, stdout=log, stderr=log)
    try:
        await fake.wait_until_connected(timeout=120)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


@dataclass(slots=True)
class Memory:
    """Of the bot's process, in bytes: at the beginning, and from time to time."""

    process: psutil.Process
    sizes: list[tuple[float, int]] = field(default_factory=list)

    def look(self, at: float) -> None:
        self.sizes.append((at, self.process.memory_info().rss))

    async def watch(self, every: float) -> None:
        began = perf_counter()
        while True:
            self.look(perf_counter() - began)
            await asyncio.sleep(every)

    def growth(self, since: float) -> float | None:
        """As a share of what it was then; None where it was not watched for longer."""
        warm = [size for at, size in self.sizes if at >= since]
        return warm[-1] / warm[0] - 1 if len(warm) > 1 else None


async def measured(folder: Path, data: Path, given: argparse.Namespace) -> bool:
    questions = [question.text for question in read_questions(folder, limit=None)]
    async with opened(settings_for(folder, str(data))) as footnote:
        await build(console, footnote)
    seen = Seen()
    async with FakeDiscord() as fake:
        guild = fake.add_guild("Busy")
        channel = fake.add_channel(guild, "general")
        members = [fake.add_member(guild, f"member{number}") for number in range(given.members)]
        variables = environment(fake, folder / "articles", data, guild.id, is_limited=not given.no_limits)
        if given.pages:
            variables |= {"FOOTNOTE_WEB_PORT": str(PORT), "FOOTNOTE_WEB_URL": f"http://127.0.0.1:{PORT}"}
        async with bot(fake, data, variables) as process:
            await ask(members[0], channel, questions[0], Seen())
            memory, began = Memory(process), perf_counter()
            watching = asyncio.create_task(memory.watch(given.every))
            reading = asyncio.create_task(read_pages(seen, given.pages)) if given.pages else None
            asked = set[asyncio.Task[None]]()
            for number in range(int(given.rate * given.seconds)):
                await asyncio.sleep(max(0.0, began + number / given.rate - perf_counter()))
                member, question = members[number % len(members)], questions[number % len(questions)]
                asked.add(one := asyncio.create_task(ask(member, channel, question, seen)))
                one.add_done_callback(asked.discard)
            await asyncio.gather(*asked)
            watching.cancel()
            if reading:
                assert not reading.done(), reading.result()
                reading.cancel()
            took = perf_counter() - began
            memory.look(took)
    return report(seen, memory, took, given)


def report(seen: Seen, memory: Memory, took: float, given: argparse.Namespace) -> bool:
    """Whether all is as it should be."""
    table = Table("", "", title=f"{sum(seen.ends.values()):,} questions in {took:.0f} s")
    for end, count in seen.ends.most_common():
        table.add_row(end, f"{count:,}")
    pages = [("page", seen.read)] if seen.read else []
    shown = [("first sign", seen.first), ("of those answered", seen.first_of_answered), ("answer", seen.last), *pages]
    for name, times in shown:
        table.add_row(f"{name}, p50 / p95 / longest", f"{median(times):.2f} / {p95(times):.2f} / {max(times):.2f} s")
    (_, before), *_, (_, after) = memory.sizes
    table.add_row("memory before and after", f"{before / 2**20:.0f} / {after / 2**20:.0f} MB")
    growth = memory.growth(given.warm)
    if growth is not None:
        table.add_row(f"memory after {given.warm:.0f} s, and in the end", f"{growth:+.1%}")
    console.print(table)
    if given.soak:
        minutes = Table("minute", "memory, MB")
        for at, size in memory.sizes:
            minutes.add_row(f"{at / 60:.1f}", f"{size / 2**20:.1f}")
        console.print(minutes)
    is_steady = not given.soak or (growth is not None and growth < MOST_GROWTH)
    return is_steady and not seen.ends["lost"] and p95(seen.first) <= SLOWEST_SIGN


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--soak", action="store_true", help="for half an hour, with the memory of each minute")
    parser.add_argument("--rate", type=float, help="questions a second; 20, or 2 with --soak")
    parser.add_argument("--seconds", type=float, help="60, or 1,800 with --soak")
    parser.add_argument("--every", type=float, default=60.0, help="seconds from one look at the memory to the next")
    parser.add_argument("--warm", type=float, default=WARM_AFTER, help="seconds from which on memory should stay")
    parser.add_argument("--no-limits", action="store_true", help="on questions; so it is with --soak")
    parser.add_argument("--pages", type=float, help="of the reading room, read each second")
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--articles", type=int, help="how many of the set's articles; all by default")
    parser.add_argument("--data", type=Path, help="a folder that keeps the index, so that the next run need not build")
    given = parser.parse_args()
    given.rate = given.rate or (2.0 if given.soak else 20.0)
    given.seconds = given.seconds or (1800.0 if given.soak else 60.0)
    given.no_limits |= given.soak
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as data:
        folder = Path(place)
        (folder / "articles").mkdir()
        shutil.copy(next(given.folder.glob("questions.dev.jsonl")), folder)
        for file in sorted((given.folder / "articles").iterdir())[: given.articles]:
            shutil.copy(file, folder / "articles")
        is_well = asyncio.run(measured(folder, given.data or Path(data), given))
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
