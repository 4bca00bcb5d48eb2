"""Two processes with a shard each: `python benchmarks/shards.py [--questions N] [--verdicts N] [--waiting N]`.

Both are real `footnote bot` processes on one fake Discord, with four servers, one real PostgreSQL and one real `chroma
run`. People ask, some of them wait for an answer, moderators decide, and the index is rebuilt. In the end everything
must be there exactly once: each reply, each card, each verdict, each answer that somebody waited for.
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
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot"), str(TESTS / "index")]

import discord  # noqa: E402
from databases import PostgreSQLDatabases, postgresql_server  # noqa: E402
from fake_discord import Channel, FakeDiscord, Guild, Message  # noqa: E402
from real_chroma import RealChroma  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402
from sqlalchemy import func, select  # noqa: E402
from sqlalchemy.ext.asyncio import AsyncEngine  # noqa: E402

from footnote.adapters.database import open_engine, stores_of  # noqa: E402
from footnote.adapters.database.tables import AnswerRow, VerdictRow, WaitingRow  # noqa: E402
from footnote.review.recording import Review  # noqa: E402

FOOTNOTE = Path(sys.executable).with_name("footnote")
SAMPLES = Path(__file__).parents[1] / "articles"
QUESTION = "Who leads the resistance in Panjshir?"
LATER = "What is the lucky number of the porter?"
PORTER = "The porter\nThe lucky number of the porter is 7. He lives by the gate."
TELL_ME = "Tell me when this is answered"
PROCESSES, SERVERS, AT_ONCE = 2, 4, 8
WITHIN = 120.0


class Server:
    """A guild with people."""

    def __init__(self, fake: FakeDiscord, guild: Guild, number: int) -> None:
        self.guild = guild
        self.shard = (guild.id >> 22) % PROCESSES
        self.channel: Channel = fake.add_channel(guild, "general")
        self.desk: Channel = fake.add_channel(guild, "desk")
        self.alice = fake.add_member(guild, f"alice-{number}")
        self.manager = fake.add_member(
            guild, f"manager-{number}", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
        )
        self.replies: list[Message] = []

    async def ask(self, fake: FakeDiscord, question: str, *, by_command: bool) -> float:
        """Seconds until the reply has its buttons."""
        began = perf_counter()
        if by_command:
            reply = await (await self.alice.slash(self.channel, "ask", question=question)).response(timeout=WITHIN)
        else:
            asked = await self.alice.say(self.channel, f"{fake.bot.mention} {question}")
            reply = await fake.wait_for(lambda: self._reply_to(asked), timeout=WITHIN)
        await fake.wait_for(lambda: bool(reply.buttons), timeout=WITHIN)
        self.replies.append(reply)
        return perf_counter() - began

    def _reply_to(self, asked: Message) -> Message | None:
        return next((one for one in self.channel.messages if one.reply_to is asked), None)

    def cards(self) -> list[Message]:
        return [one for one in self.desk.messages if any(button["label"] == "Sources" for button in one.buttons)]


def servers_on(fake: FakeDiscord) -> list[Server]:
    """As many on each shard."""
    found: list[Server] = []
    number = 0
    while len(found) < SERVERS:
        guild, number = fake.add_guild(f"Library {number}"), number + 1
        if sum((guild.id >> 22) % PROCESSES == one.shard for one in found) < SERVERS // PROCESSES:
            found.append(Server(fake, guild, number))
        else:
            fake.world.leave(guild)
    return found


@asynccontextmanager
async def process(number: int, folder: Path, fake: FakeDiscord, settings: dict[str, str]) -> AsyncIterator[None]:
    data = folder / f"process-{number}"
    data.mkdir()
    own = {"DISCORD_SHARDS": f"{number}/{PROCESSES}", "FOOTNOTE_DATA": str(data)}
    with (folder / f"{number}.log").open("wb") as log:
        started = await asyncio.create_subprocess_exec(
            *(FOOTNOTE, "bot"), cwd=data, env=os.environ | settings | own, stdout=log, stderr=log
        )
    try:
        await fake.wait_for(lambda: fake.gateway.identifies > number, timeout=WITHIN)
        yield
    finally:
        started.terminate()
        await started.wait()
        console.print((folder / f"{number}.log").read_text()[-2000:] if started.returncode else "", markup=False)


async def rebuilt(fake: FakeDiscord, server: Server) -> None:
    before = len(server.desk.messages)
    await (await server.manager.slash(server.desk, "index rebuild")).response(timeout=WITHIN)
    ended = ("The index is rebuilt", "The index is up to date")
    await fake.wait_for(
        lambda: any(word in one.text for one in server.desk.messages[before:] for word in ended), timeout=WITHIN
    )


async def asked(fake: FakeDiscord, servers: list[Server], count: int) -> list[float]:
    """Before anybody has decided: what is approved is given again."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> float:
        async with turns:
            server = servers[number % len(servers)]
            return await server.ask(fake, QUESTION, by_command=number % 8 < len(servers))

    return list(await asyncio.gather(*map(one, range(count))))


async def decided(servers: list[Server], count: int) -> None:
    cards = [(server, card) for server in servers for card in server.cards() if "Approve" in labels(card)]
    for number, (server, card) in enumerate(cards[:count]):
        await (await server.manager.click(card, "Reject" if number % 5 == 0 else "Approve")).acknowledgement(
            timeout=WITHIN
        )


def labels(message: Message) -> list[str]:
    return [str(button["label"]) for button in message.buttons]


async def counted(engine: AsyncEngine) -> Counter[str]:
    async with engine.connect() as connection:
        answers = await connection.scalar(select(func.count()).select_from(AnswerRow))
        verdicts = await connection.scalar(select(func.count()).select_from(VerdictRow))
        told = await connection.scalar(select(func.count()).where(WaitingRow.told_at.is_not(None)))
        cards = await connection.scalar(select(func.count()).where(AnswerRow.card_message_id.is_not(None)))
    return Counter(answers=answers or 0, verdicts=verdicts or 0, told=told or 0, cards=cards or 0)


async def run(folder: Path, database: str, chroma: str, arguments: argparse.Namespace) -> bool:
    articles = folder / "articles"
    shutil.copytree(SAMPLES, articles)
    async with FakeDiscord() as fake, AsyncExitStack() as stack:
        servers = servers_on(fake)
        engine = open_engine(database)
        stack.push_async_callback(engine.dispose)
        for server in servers:
            await Review(stores_of(engine).answers).set_review_channel(server.guild.id, server.desk.id)
        settings = {
            "DISCORD_TOKEN": fake.token,
            "DISCORD_API_URL": fake.api_url,
            "DISCORD_GATEWAY_URL": str(fake.gateway_url),
            "DISCORD_GUILD_IDS": ",".join(str(server.guild.id) for server in servers),
            "FOOTNOTE_ARTICLES": str(articles),
            "CHROMA_URL": chroma,
            "DATABASE_URL": database,
            "NO_PROXY": "127.0.0.1",
        } | dict.fromkeys(NO_LIMITS, "0")
        for number in range(PROCESSES):
            await stack.enter_async_context(process(number, folder, fake, settings))
        await fake.wait_for(lambda: all(fake.commands.of(server.guild) for server in servers), timeout=WITHIN)
        await rebuilt(fake, servers[0])
        await asyncio.sleep(5)  # the other process follows
        for number in range(arguments.waiting):
            server = servers[number % len(servers)]
            await server.ask(fake, LATER, by_command=True)
            await (await server.alice.click(server.replies[-1], TELL_ME)).response(timeout=WITHIN)
        began = perf_counter()
        seconds = await asked(fake, servers, arguments.questions)
        took = perf_counter() - began
        answers = arguments.questions + arguments.waiting
        await fake.wait_for(lambda: sum(len(server.cards()) for server in servers) >= answers, timeout=WITHIN)
        await decided(servers, arguments.verdicts)
        (articles / "porter.txt").write_text(PORTER)
        await rebuilt(fake, servers[1])

        def told() -> list[Message]:
            return [
                one for server in servers for one in server.channel.messages if "The articles now answer" in one.content
            ]

        await fake.wait_for(lambda: len(told()) >= arguments.waiting, timeout=WITHIN)
        await asyncio.sleep(5)  # for what would come twice
        return show(servers, await counted(engine), told(), arguments, seconds, took)


NO_LIMITS = (
    "FOOTNOTE_QUESTIONS_PER_MINUTE",
    "FOOTNOTE_QUESTIONS_AT_ONCE",
    "FOOTNOTE_SERVER_QUESTIONS_PER_MINUTE",
    "FOOTNOTE_SERVER_QUESTIONS_AT_ONCE",
)


def show(
    servers: list[Server],
    kept: Counter[str],
    told: list[Message],
    arguments: argparse.Namespace,
    seconds: list[float],
    took: float,
) -> bool:
    """Whether everything is there once."""
    replies = sum(1 for server in servers for one in server.channel.messages if "Ask further" in labels(one))
    cards = sum(len(server.cards()) for server in servers)
    asked_in_all = arguments.questions + arguments.waiting
    expected = {
        "replies in Discord": (asked_in_all + arguments.waiting, replies),
        "answers on record": (asked_in_all + arguments.waiting, kept["answers"]),
        "cards in Discord": (asked_in_all + arguments.waiting, cards),
        "cards on record": (asked_in_all + arguments.waiting, kept["cards"]),
        "verdicts": (arguments.verdicts, kept["verdicts"]),
        "waited for, told in Discord": (arguments.waiting, len(told)),
        "waited for, on record": (arguments.waiting, kept["told"]),
    }
    table = Table("what", "expected", "found")
    for what, (wanted, found) in expected.items():
        table.add_row(what, str(wanted), str(found))
    console.print(table)
    console.print(
        f"{arguments.questions / took:.1f} questions a second; seconds to an answer: {median(seconds):.1f} (p50)"
    )
    return all(wanted == found for wanted, found in expected.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--verdicts", type=int, default=50)
    parser.add_argument("--waiting", type=int, default=8)
    arguments = parser.parse_args()
    with postgresql_server() as url, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "chroma").mkdir()
        chroma = RealChroma(folder / "chroma")
        chroma.start()
        databases = PostgreSQLDatabases(url)
        try:
            is_right = asyncio.run(run(folder, databases.migrated(), chroma.address.url, arguments))
        finally:
            chroma.stop()
            databases.drop()
    sys.exit(0 if is_right else 1)


if __name__ == "__main__":
    main()
