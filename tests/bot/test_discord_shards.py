"""Two processes with a shard each, on one fake Discord and one database: each event is handled by exactly one of
them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from discord_stage import OPENAPI, Stage, line, until
from examples import a_citation, an_answer
from fake_discord import Channel, FakeDiscord, Guild, Message, Person
from fake_services import FakeAsk
from watched_store import WatchedStore

from footnote.adapters.database import stores_of
from footnote.records.policies import EVERYWHERE, AtDeadline, Mode, Policy
from footnote.records.sharing import Share
from footnote.review.recording import Review, utc_now
from footnote.review.verdicts import Verdicts
from footnote.stores import Asked
from footnote_bot.access.gate import ONLY_OWNER
from footnote_bot.client import FootnoteClient, point_at
from footnote_bot.settings import read_settings
from footnote_bot.shards import Shards, read_shards
from footnote_bot.wire.retrying import Retry

TELL_ME = "Tell me when this is answered"


class Server:
    """A guild with a channel, a review channel and people, and the process that has its shard."""

    def __init__(self, fake: FakeDiscord, guild: Guild, number: int) -> None:
        self.guild = guild
        self.number = number
        self.channel: Channel = fake.add_channel(guild, "general")
        self.desk: Channel = fake.add_channel(guild, "review")
        self.alice: Person = fake.add_member(guild, f"alice-{number}")
        self.admin: Person = fake.add_member(
            guild, f"admin-{number}", permissions=discord.Permissions(manage_guild=True)
        )

    async def ask(self) -> Message:
        interaction = await self.alice.slash(self.channel, "ask", question="When did it open?")
        return await interaction.response()


class Process:
    """One of two, with its own connection to the database."""

    def __init__(self, stage: Stage, share: Share) -> None:
        self._stage = stage
        self.stores = stores_of(stage.store.engine, share)
        self.ask = FakeAsk()
        self.client: FootnoteClient = stage.a_client(
            ask=self.ask,
            stores=self.stores,
            review=Review(self.stores.answers, clock=stage.now),
            verdicts=Verdicts(self.stores.answers, self.stores.verdicts, clock=stage.now),
            shards=Shards(share),
            leaves_others=False,
            answers_age=timedelta(days=30),
            digest_days=7,
            pace=stage.pace,
            timing=stage.timing,
            retry=Retry(attempts=3, first_pause=0.01),
        )

    async def catch_up(self) -> None:
        """All background work of a process, once."""
        self.client.face.upkeep.catch_up()
        await until(lambda: self.client.in_flight.is_idle)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        work = asyncio.create_task(self.client.start(self._stage.fake.token))
        try:
            async with asyncio.timeout(10):
                while not self.client.is_ready():  # noqa: ASYNC110 - its event is made by `login`
                    await asyncio.sleep(0.005)
            yield
        finally:
            await self.client.close()
            await asyncio.wait([work])


class Pair:
    """Both processes, and a server of each."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.fake = stage.fake
        self.fake.world.leave(stage.guild)  # each process has one server
        self.processes = [Process(stage, Share(frozenset({number}), 2)) for number in range(2)]
        self.servers = [Server(stage.fake, _guild_of(stage, number), number) for number in range(2)]

    async def catch_up(self) -> None:
        await asyncio.gather(*(process.catch_up() for process in self.processes))

    async def settled(self) -> None:
        await until(lambda: all(process.client.in_flight.is_idle for process in self.processes))


def _guild_of(stage: Stage, shard: int) -> Guild:
    for number in range(100):
        guild = stage.fake.add_guild(f"Shard {shard}, {number}")
        if (guild.id >> 22) % 2 == shard:
            return guild
        stage.fake.world.leave(guild)
    raise AssertionError("numbers of guilds are odd and even")


@pytest.fixture
async def pair(watched_store: WatchedStore) -> AsyncIterator[Pair]:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with FakeDiscord(openapi=OPENAPI) as fake, AsyncExitStack() as stack:
        point_at(fake.api_url, fake.gateway_url)
        pair = Pair(Stage(fake, watched_store))
        for process in pair.processes:
            await stack.enter_async_context(process.running())
        yield pair
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


def from_bot(pair: Pair, channel: Channel) -> list[Message]:
    return from_bot_in(pair.fake, channel)


def from_bot_in(fake: FakeDiscord, channel: Channel) -> list[Message]:
    return [one for one in channel.messages if one.author is fake.bot and not one.deleted]


async def test_each_question_is_answered_by_the_process_that_has_its_server_and_once(pair: Pair) -> None:
    for server in pair.servers:
        await server.ask()
        await server.alice.say(server.channel, f"{pair.fake.bot.mention} when did it open?")
    await until(lambda: all(len(process.ask.questions) == 2 for process in pair.processes))
    await pair.settled()
    assert [len(from_bot(pair, server.channel)) for server in pair.servers] == [2, 2]


async def test_each_answer_has_one_card_however_often_both_look(pair: Pair) -> None:
    for server in pair.servers:
        await pair.stage.review.set_review_channel(server.guild.id, server.desk.id)
        await server.ask()
    await pair.settled()
    for _ in range(3):
        await pair.catch_up()
    assert [len(from_bot(pair, server.desk)) for server in pair.servers] == [1, 1]
    for server in pair.servers:
        (card,) = from_bot(pair, server.desk)
        assert "When did it open?" in card.text, "the process that shows it knows who may read its channel"


async def test_each_waited_for_question_is_answered_once(pair: Pair) -> None:
    asked = []
    for server, process in zip(pair.servers, pair.processes, strict=True):
        process.ask.abstain(a_citation())
        message = await server.ask()
        await pair.settled()
        await line(await server.alice.click(message, TELL_ME))
        asked.append(message)
    pair.stage.index.live = replace(pair.stage.index.live, generation="g2")  # type: ignore[type-var]
    for process in pair.processes:
        process.ask.outcome = an_answer
        process.ask.questions.clear()
    for _ in range(3):
        await pair.catch_up()
    assert [len(process.ask.questions) for process in pair.processes] == [1, 1]
    told = [[one for one in server.channel.messages if one.reply_to in asked] for server in pair.servers]
    assert [[one.pinged for one in each] for each in told] == [[{"alice-0"}], [{"alice-1"}]]


async def test_each_hold_is_ended_once_and_shown(pair: Pair) -> None:
    for server in pair.servers:
        policy = Policy(Mode.HOLD, minutes=5, at_deadline=AtDeadline.SAY)
        await pair.stage.policies.set_policy(server.guild.id, EVERYWHERE, policy)
        await pair.stage.review.set_review_channel(server.guild.id, server.desk.id)
        await server.ask()
    await pair.settled()
    pair.stage.later = timedelta(minutes=6)

    def notices() -> list[int]:
        texts = [[one.content for one in server.channel.messages] for server in pair.servers]
        return [sum("no moderator reviewed" in text for text in each) for each in texts]

    await until(lambda: notices() == [1, 1])
    for _ in range(2):
        await pair.catch_up()
    assert notices() == [1, 1]


async def test_a_reply_that_a_killed_process_left_is_ended_once(pair: Pair) -> None:
    server = pair.servers[0]
    said = await server.alice.say(server.channel, "Somebody asked something.")
    left = await server.alice.say(server.channel, "And more.")
    await pair.stage.review.begin_reply(said.id, server.channel.id, asker_id=server.alice.id)
    assert left
    pair.stage.later = timedelta(minutes=20)
    await asyncio.gather(*(process.client.face.upkeep.posting.replies.repair() for process in pair.processes))
    assert len([one for one in from_bot(pair, server.channel) if "restarted" in one.content]) == 1


async def test_a_digest_is_posted_once(pair: Pair) -> None:
    begun = utc_now() - timedelta(days=8)
    for server in pair.servers:
        await pair.stage.stores.answers.set_review_channel(server.guild.id, server.desk.id, begun)
        await pair.stage.stores.answers.add(
            an_answer(), Asked(server.alice.id, server.guild.id, server.channel.id, utc_now())
        )
    loops = [loop for process in pair.processes for loop in process.client.face.loops]
    digests = [loop.func.__self__ for loop in loops if "Digest.run" in repr(loop)]  # type: ignore[attr-defined]
    for _ in range(2):
        await asyncio.gather(*(digest.run_once() for digest in digests))
    titles = [[one.embeds[0].get("title") for one in from_bot(pair, server.desk)] for server in pair.servers]
    assert len(digests) == 2
    assert titles == [["Digest: the last 7 days"], ["Digest: the last 7 days"]]


async def test_commands_are_synced_by_one_process(pair: Pair) -> None:
    synced = [one for one in pair.fake.requests if one.method == "PUT" and one.path.endswith("/commands")]
    assert len(synced) == 1


async def test_a_process_that_sees_one_of_several_servers_lets_no_manager_change_the_index(pair: Pair) -> None:
    server = pair.servers[1]
    assert len(pair.processes[1].client.guilds) == 1
    assert await line(await server.admin.slash(server.channel, "index rebuild")) == ONLY_OWNER


async def test_direct_messages_are_refused_where_other_processes_know_the_askers_servers(pair: Pair) -> None:
    await pair.servers[0].alice.dm("When did it open?")
    await pair.settled()
    assert [process.ask.questions for process in pair.processes] == [[], []]


async def _at_once(_shard_id: int | None, *, initial: bool = False) -> None:
    """Instead of the seconds that discord.py waits, since Discord limits how often a bot may identify."""


async def test_a_shard_that_comes_back_catches_up_for_its_own_servers(empty: Stage) -> None:
    """Another one that runs meanwhile does not matter."""
    fake = empty.fake
    fake.world.leave(empty.guild)
    servers = [Server(fake, _guild_of(empty, number), number) for number in range(2)]
    both = Shards(Share(frozenset({0, 1}), 2))
    async with empty.running(shards=both, guild_ids=tuple(server.guild.id for server in servers)) as client:
        client.before_identify_hook = _at_once  # type: ignore[method-assign,assignment]
        heard = await servers[0].alice.mention_bot(servers[0].channel, "Heard?")
        await fake.wait_for_reply(heard)
        fake.gateway.shut_out(1)
        await until(lambda: fake.gateway.is_waiting(1))
        fake.skip(200)
        empty.later = timedelta(seconds=200)
        missed = await servers[1].alice.mention_bot(servers[1].channel, "Missed?")
        fake.skip(200)
        empty.later = timedelta(seconds=400)
        fake.gateway.ask_to_reconnect(0)
        await fake.wait_for(lambda: fake.gateway.resumes == 1)
        await until(lambda: client.in_flight.is_idle)
        read = len(fake.requests_to("GET", rf"/channels/{servers[0].channel.id}/messages$"))
        fake.gateway.let_in(1)
        await fake.wait_for_reply(missed)
        await until(lambda: client.in_flight.is_idle)
        assert len(fake.requests_to("GET", rf"/channels/{servers[0].channel.id}/messages$")) == read
        assert len(from_bot_in(fake, servers[0].channel)) == 1


async def test_all_shards_in_one_process_are_one_bot(empty: Stage) -> None:
    """As many as Discord advises."""
    async with empty.running(shards=Shards()) as client:
        assert isinstance(client, discord.AutoShardedClient)
        assert "The bridge opened in 1932." in (await empty.slash_ask()).text


# --- the setting


@pytest.mark.parametrize(
    ("text", "shards"),
    [
        ("auto", Shards()),
        ("1", Shards(Share(frozenset({0}), 1))),
        ("3", Shards(Share(frozenset({0, 1, 2}), 3))),
        ("0-3/8", Shards(Share(frozenset({0, 1, 2, 3}), 8))),
        ("7/8", Shards(Share(frozenset({7}), 8))),
    ],
)
def test_shards_are_read(text: str, shards: Shards) -> None:
    assert read_shards(text) == shards


@pytest.mark.parametrize("text", ["0", "8/8", "3-1/8", "0-8/8", "-1/8", "a", "1/0", "0-3", "1,2/8", "٣"])
def test_other_words_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_SHARDS", text)
    with pytest.raises(Exception, match=r"DISCORD_SHARDS is not valid: write auto, a number of shards such as 8"):
        read_settings()


@pytest.mark.parametrize(
    ("shards", "database", "is_refused"),
    [
        ("0-3/8", None, True),
        ("0-3/8", "sqlite:///footnote.db", True),
        ("0-3/8", "postgresql://host/footnote", False),
        ("0-7/8", None, False),
        ("auto", None, False),
    ],
)
def test_a_part_of_the_shards_needs_a_database_for_all(
    shards: str, database: str | None, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_SHARDS", shards)
    if database:
        monkeypatch.setenv("DATABASE_URL", database)
    settings = read_settings()
    if is_refused:
        with pytest.raises(Exception, match="Set DATABASE_URL to it for all of them"):
            _ = settings.share
    else:
        assert settings.share.has(None)
