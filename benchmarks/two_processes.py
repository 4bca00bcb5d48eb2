"""Two bots that share one index: `python benchmarks/two_processes.py [--rebuilds N] [--races N]`.

Chroma is the real `chroma run`, the database a real PostgreSQL, the bots are two `footnote bot` processes with data
folders of their own, each in a fake Discord. They rebuild by turns, and at the same moment, and other builds are killed
at random instants. Meanwhile people ask both of them, one question after the other: every answer has to be that of a
whole index, the one from before or the one from after the rebuild, and no question may meet an error.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import SynchronizedArray
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from statistics import median
from time import perf_counter

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot"), str(TESTS / "index")]

import discord  # noqa: E402
from databases import PostgreSQLDatabases, postgresql_server  # noqa: E402
from fake_discord import FakeDiscord, Message  # noqa: E402
from real_chroma import RealChroma  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402

from footnote.adapters.database.shared_index import SharedIndex  # noqa: E402
from footnote.adapters.reader import TrainedModel  # noqa: E402
from footnote.errors import BuildRunning  # noqa: E402
from footnote.reading.relevance import PassageReader  # noqa: E402
from footnote_index.embedders.minilm import MiniLM  # noqa: E402
from footnote_index.index import Index  # noqa: E402
from footnote_index.server.connection import ChromaServer  # noqa: E402
from footnote_index.server.generations import SharedGenerations  # noqa: E402
from footnote_index.storage.verification import find_damage  # noqa: E402

FOOTNOTE = Path(sys.executable).with_name("footnote")
SAMPLES = Path(__file__).parents[1] / "articles"
QUESTION = "What is the lucky number of the porter?"
ENDED = ("The index is rebuilt", "The index is up to date")
LEASE_ROUNDS, RACERS = 200, 4
KILLED_LEASE = 1.0
"""Seconds that the lease of a build counts which is to be killed."""

WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Shared:
    """What the processes share; picklable."""

    server: ChromaServer
    database: str

    @contextmanager
    def home(self, data: Path, **options: float) -> Iterator[SharedGenerations]:
        with closing(SharedIndex(self.database)) as records:
            yield SharedGenerations(data, self.server, records, **options)


@dataclass
class Found:
    """What has come out so far."""

    followed: list[float] = field(default_factory=list)
    answers: int = 0
    wrong: list[str] = field(default_factory=list)


class Articles:
    """The samples, and one that says which state of the index answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        shutil.copytree(SAMPLES, folder)
        self.change()

    def change(self) -> int:
        self.number += 1
        text = f"The porter\nThe lucky number of the porter is {self.number}. He lives by the gate."
        (self.folder / "porter.txt").write_text(text)
        return self.number


class Bot:
    """`footnote bot` in a fake Discord of its own."""

    def __init__(self, fake: FakeDiscord, name: str) -> None:
        self.name = name
        guild = fake.add_guild("Library")
        self.fake = fake
        self.channel = fake.add_channel(guild, "general")
        self.desk = fake.add_channel(guild, "desk")
        self.alice = fake.add_member(guild, "alice")
        self.admin = fake.add_member(guild, "admin", permissions=discord.Permissions(manage_guild=True))
        self._guild = guild

    @asynccontextmanager
    async def running(self, folder: Path, articles: Path, shared: Shared) -> AsyncIterator[None]:
        data = folder / self.name
        data.mkdir()
        environment = os.environ | {
            "DISCORD_TOKEN": self.fake.token,
            "DISCORD_API_URL": self.fake.api_url,
            "DISCORD_GATEWAY_URL": str(self.fake.gateway_url),
            "DISCORD_GUILD_IDS": str(self._guild.id),
            "FOOTNOTE_ARTICLES": str(articles),
            "FOOTNOTE_DATA": str(data),
            "FOOTNOTE_QUESTIONS_PER_MINUTE": "0",  # the two members ask more than one may
            "FOOTNOTE_SERVER_QUESTIONS_PER_MINUTE": "0",
            "CHROMA_URL": shared.server.url,
            "DATABASE_URL": shared.database,
            "NO_PROXY": "127.0.0.1",
        }
        with (folder / f"{self.name}.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(FOOTNOTE, "bot"), cwd=data, env=environment, stdout=log, stderr=log
            )
        try:
            await self.fake.wait_until_connected(timeout=WITHIN)
            yield
        finally:
            process.terminate()
            await process.wait()

    async def ask(self) -> str:
        reply = await (await self.alice.slash(self.channel, "ask", question=QUESTION)).response(timeout=WITHIN)
        shown = await self.fake.wait_for(lambda: reply if reply.buttons or reply.content else None, timeout=WITHIN)
        return str(shown.text)

    async def rebuild(self) -> str:
        """What it reports at the end: that it is done, or why not."""
        before = len(self.desk.messages)
        said = await (await self.admin.slash(self.desk, "index rebuild")).response(timeout=WITHIN)

        def last() -> Message | None:
            if said.content and not said.content.startswith("Rebuilding"):
                return said
            ended = [message for message in self.desk.messages[before:] if "Rebuilding" not in message.text]
            return ended[-1] if ended else None

        return str((await self.fake.wait_for(last, timeout=WITHIN)).text)


class Askers:
    """Somebody who asks each bot, one question after the other, from the first answer to the end."""

    def __init__(self, bots: list[Bot], articles: Articles, found: Found) -> None:
        self._bots = bots
        self._articles = articles
        self._found = found
        self._allowed = {articles.number}
        self._seen: dict[str, tuple[int, float]] = {}

    def expect(self, *numbers: int) -> None:
        """Which answers are right from now on."""
        self._allowed = {*numbers}

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(self._keep_asking(bot)) for bot in self._bots]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def until(self, bot: Bot, number: int) -> float:
        """When it has answered like that."""
        async with asyncio.timeout(WITHIN):
            while self._seen.get(bot.name, (0, 0.0))[0] != number:  # noqa: ASYNC110 - answers ring no bell
                await asyncio.sleep(0.01)
        return self._seen[bot.name][1]

    async def _keep_asking(self, bot: Bot) -> None:
        while True:
            allowed = set(self._allowed)  # by when it is asked, and by when it is answered
            text = await bot.ask()
            told = re.search(r"lucky number of the porter is (\d+)", text)
            number = int(told[1]) if told else None
            self._found.answers += 1
            if number is None or number not in allowed | self._allowed:
                self._found.wrong.append(f"{bot.name} said {text[:200]!r}, expected one of {allowed | self._allowed}")
            elif self._seen.get(bot.name, (0, 0.0))[0] != number:
                self._seen[bot.name] = number, perf_counter()


async def by_turns(bots: list[Bot], articles: Articles, askers: Askers, found: Found, rounds: int) -> int:
    """How many rebuilds worked."""
    worked = 0
    for turn in range(rounds):
        builder, other = (bots[turn % 2], bots[1 - turn % 2])
        number = articles.change()
        askers.expect(number - 1, number)
        said = await builder.rebuild()
        ended = perf_counter()
        if not said.startswith(ENDED):
            found.wrong.append(f"{builder.name} did not rebuild: {said[:200]!r}")
            continue
        worked += 1
        await askers.until(builder, number)
        found.followed.append(max(0.0, await askers.until(other, number) - ended))
        askers.expect(number)
    return worked


async def at_once(
    bots: list[Bot], articles: Articles, askers: Askers, home: SharedGenerations, rounds: int
) -> tuple[int, int]:
    """Rounds in which one generation was made, and in which one of the two learned that the other was building."""
    one, told = 0, 0
    for _ in range(rounds):
        before = await generations(home)
        number = articles.change()
        askers.expect(number - 1, number)
        said = await asyncio.gather(*(bot.rebuild() for bot in bots))
        one += len(await generations(home) - before) == 1
        told += any(re.search(r"started a rebuild at \d\d:\d\d UTC, and it is still running", line) for line in said)
        for bot in bots:
            await askers.until(bot, number)
        askers.expect(number)
    return one, told


async def killed(
    bots: list[Bot],
    articles: Articles,
    askers: Askers,
    found: Found,
    home: SharedGenerations,
    build: Builds,
    rounds: int,
) -> tuple[int, int]:
    """Builds that were killed before they had ended, and rounds after which the index was intact and was rebuilt."""
    whole = await asyncio.to_thread(build.run, None)
    chance = random.Random(7)  # noqa: S311 - a benchmark's
    cut_off, well = 0, 0
    for turn in range(rounds):
        before = await generations(home)
        number = articles.change()
        askers.expect(number - 1, number)
        await asyncio.to_thread(build.run, chance.uniform(0, 1.05) * whole)
        cut_off += await generations(home) == before
        live = await asyncio.to_thread(home.live)
        damage = await asyncio.to_thread(find_damage, live) if live else ["nothing is live"]
        await asyncio.sleep(KILLED_LEASE)
        said = await bots[turn % 2].rebuild()
        if damage or not said.startswith(ENDED):
            found.wrong.append(f"after a kill: {damage}, {said[:200]!r}")
        for bot in bots:
            await askers.until(bot, number)
        askers.expect(number)
        well += not damage and said.startswith(ENDED)
    return cut_off, well


class Builds:
    """Full builds in processes of their own, which have a data folder of their own."""

    def __init__(self, articles: Path, data: Path, shared: Shared) -> None:
        self._arguments = articles, data, shared

    def run(self, kill_after: float | None) -> float:
        """Kills it so many seconds after the build has begun; None: waits for its end. Returns how long that took."""
        context = multiprocessing.get_context("spawn")
        has_begun = context.Event()
        process = context.Process(target=_build, args=(*self._arguments, has_begun))
        process.start()
        has_begun.wait()
        began = perf_counter()
        process.join(kill_after)
        process.kill()
        process.join()
        return perf_counter() - began


def _build(articles: Path, data: Path, shared: Shared, has_begun: Event) -> None:
    embedder = MiniLM(data / "models")
    with shared.home(data, lease_seconds=KILLED_LEASE) as home, suppress(BuildRunning):
        index = Index(articles, data, lambda: embedder, reader=PassageReader(TrainedModel(data / "models")), home=home)
        has_begun.set()
        asyncio.run(index.build(full=True, started_by="The benchmark", on_progress=lambda _: None))


async def generations(home: SharedGenerations) -> set[str]:
    return {status.generation for status in await asyncio.to_thread(home.complete)}


def race_for_lease(folder: Path, shared: Shared) -> int:
    """Rounds in which one of four processes got the lease."""
    context = multiprocessing.get_context("spawn")
    barrier, won = context.Barrier(RACERS), context.Array("i", LEASE_ROUNDS)
    racers = [
        context.Process(target=_race, args=(folder / f"racer-{number}", shared, barrier, won))
        for number in range(RACERS)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return sum(won[number] == 1 for number in range(LEASE_ROUNDS))


def _race(data: Path, shared: Shared, barrier: Barrier, won: SynchronizedArray[int]) -> None:
    with shared.home(data) as home:
        for number in range(LEASE_ROUNDS):
            barrier.wait()
            with suppress(BuildRunning), home.locked("The benchmark started a race"):
                with won.get_lock():
                    won[number] += 1
                barrier.wait()
                continue
            barrier.wait()


async def run(folder: Path, shared: Shared, arguments: argparse.Namespace) -> Found:
    found, articles = Found(), Articles(folder / "articles")
    table = Table("part", "rounds", "outcome")
    one_winner = await asyncio.to_thread(race_for_lease, folder, shared)
    table.add_row(f"{RACERS} processes race for the lease", str(LEASE_ROUNDS), f"exactly one winner: {one_winner}")
    async with AsyncExitStack() as stack:
        home = stack.enter_context(shared.home(folder / "looking-on"))
        fakes = [await stack.enter_async_context(FakeDiscord()) for _ in range(2)]
        bots = [Bot(fake, name) for fake, name in zip(fakes, ("one", "two"), strict=True)]
        for bot in bots:
            await stack.enter_async_context(bot.running(folder, articles.folder, shared))
        await bots[0].rebuild()
        await asyncio.sleep(5)
        askers = Askers(bots, articles, found)
        await stack.enter_async_context(askers.asking())
        for bot in bots:
            await askers.until(bot, articles.number)
        worked = await by_turns(bots, articles, askers, found, arguments.rebuilds)
        table.add_row("the bots rebuild by turns", str(arguments.rebuilds), f"rebuilt: {worked}")
        one, told = await at_once(bots, articles, askers, home, arguments.races)
        table.add_row(
            "both rebuild at once", str(arguments.races), f"one generation made: {one}; one told who builds: {told}"
        )
        builds = Builds(articles.folder, folder / "killed", shared)
        cut_off, well = await killed(bots, articles, askers, found, home, builds, arguments.kills)
        table.add_row(
            "builds are killed", str(arguments.kills), f"killed before the end: {cut_off}; all well after: {well}"
        )
    console.print(table)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rebuilds", type=int, default=50)
    parser.add_argument("--races", type=int, default=20)
    parser.add_argument("--kills", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, postgresql_server() as url:
        folder = Path(temporary)
        (folder / "chroma").mkdir()
        chroma = RealChroma(folder / "chroma")
        chroma.start()
        databases = PostgreSQLDatabases(url)
        try:
            found = asyncio.run(run(folder, Shared(chroma.address, databases.migrated()), arguments))
        finally:
            chroma.stop()
            databases.drop()
        size = sum(file.stat().st_size for file in (folder / "chroma").rglob("*") if file.is_file())
    if found.followed:
        seconds = f"p50 {median(found.followed):.1f}, max {max(found.followed):.1f}"
        console.print(f"Seconds until the other bot answers from the new index: {seconds}")
    console.print(
        f"Answers: {found.answers:,}, wrong or failed: {len(found.wrong)}. The server's folder: {size / 1e6:.0f} MB."
    )
    for line in found.wrong[:20]:
        console.print(line, markup=False)
    sys.exit(1 if found.wrong else 0)


if __name__ == "__main__":
    main()
