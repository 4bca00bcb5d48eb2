"""A busy server: `python benchmarks/load.py SET_DIR [--rate 20] [--seconds 60] [--members 200] [--articles N]`.

The bot is a process of its own on a fake Discord; members use /ask at a steady rate, whether it keeps up or not. What
is measured is what a member sees: how long it takes until the bot shows that it has heard, and until the answer, or
the line that asks to wait, is there. Memory is that of the bot's process.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

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

FOOTNOTE = Path(sys.executable).with_name("footnote")


@dataclass(slots=True)
class Seen:
    """What members saw, in seconds."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)


async def ask(member: Person, channel: Channel, question: str, seen: Seen) -> None:
    began = perf_counter()
    try:
        interaction = await member.slash(channel, "ask", question=question)
        await interaction.acknowledgement(timeout=PATIENCE)
        seen.first.append(perf_counter() - began)
        message = await interaction.response(timeout=PATIENCE)
        while not (message.buttons or message.text):
            await asyncio.sleep(0.02)
            if perf_counter() - began > PATIENCE:
                raise TimeoutError
    except (TimeoutError, AssertionError):  # the fake Discord's own word for it
        seen.ends["lost"] += 1
        return
    seen.last.append(perf_counter() - began)
    seen.ends["answered, or told that the articles do not answer" if message.buttons else message.text[:60]] += 1


@asynccontextmanager
async def bot(fake: FakeDiscord, folder: Path, data: Path, guild: int) -> AsyncIterator[psutil.Process]:
    environment = os.environ | {
        "DISCORD_TOKEN": fake.token,
        "DISCORD_API_URL": fake.api_url,
        "DISCORD_GATEWAY_URL": str(fake.gateway_url),
        "DISCORD_GUILD_IDS": str(guild),
        "FOOTNOTE_ARTICLES": str(folder / "articles"),
        "FOOTNOTE_DATA": str(data),
    }
    with (data / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            FOOTNOTE, "bot", cwd=data, env=environment, stdout=log, stderr=log
        )
    try:
        await fake.wait_until_connected(timeout=120)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def measured(folder: Path, data: Path, given: argparse.Namespace) -> Table:
    questions = [question.text for question in read_questions(folder, limit=None)]
    async with opened(settings_for(folder, str(data))) as footnote:
        await build(console, footnote)
    seen = Seen()
    async with FakeDiscord() as fake:
        guild = fake.add_guild("Busy")
        channel = fake.add_channel(guild, "general")
        members = [fake.add_member(guild, f"member{number}") for number in range(given.members)]
        async with bot(fake, folder, data, guild.id) as process:
            await ask(members[0], channel, questions[0], Seen())
            before = process.memory_info().rss
            began = perf_counter()
            asked = []
            for number in range(int(given.rate * given.seconds)):
                await asyncio.sleep(max(0.0, began + number / given.rate - perf_counter()))
                member, question = members[number % len(members)], questions[number % len(questions)]
                asked.append(asyncio.create_task(ask(member, channel, question, seen)))
            await asyncio.gather(*asked)
            took, after = perf_counter() - began, process.memory_info().rss
    return report(seen, took, before, after)


def report(seen: Seen, took: float, before: int, after: int) -> Table:
    table = Table("", "", title=f"{sum(seen.ends.values()):,} questions in {took:.0f} s")
    for end, count in seen.ends.most_common():
        table.add_row(end, f"{count:,}")
    for name, times in (("first sign", seen.first), ("answer", seen.last)):
        table.add_row(f"{name}, p50 / p95 / longest", f"{median(times):.2f} / {p95(times):.2f} / {max(times):.2f} s")
    table.add_row("memory before and after", f"{before / 2**20:.0f} / {after / 2**20:.0f} MB")
    return table


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--articles", type=int, help="how many of the set's articles; all by default")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as data:
        folder = Path(place)
        (folder / "articles").mkdir()
        shutil.copy(next(given.folder.glob("questions.dev.jsonl")), folder)
        for file in sorted((given.folder / "articles").iterdir())[: given.articles]:
            shutil.copy(file, folder / "articles")
        console.print(asyncio.run(measured(folder, Path(data), given)))


if __name__ == "__main__":
    main()
