"""The real client on a fake Discord, with fake services behind it and people around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from fake_discord import Channel, FakeDiscord, Guild, Interaction, Message, Person
from fake_services import FakeAsk, FakeIndex, FlatEmbedder
from sqlalchemy import select
from watched_store import WatchedStore, WatchedVerdicts
from word_reader import WordReader

from footnote.adapters.database import stores_of
from footnote.adapters.database.tables import AuditRow
from footnote.review.recording import Review, utc_now
from footnote.review.revisions import Revisions
from footnote.review.verdicts import Verdicts
from footnote_bot.client import FootnoteClient, point_at
from footnote_bot.cogs.ask import AskCog
from footnote_bot.discord_app import make_client
from footnote_bot.discord_services import Core
from footnote_bot.operator_choices import Access, Habits, QuestionUse
from footnote_bot.posts.drafts import DraftPace
from footnote_bot.timing import Timing
from footnote_bot.web.pictures import PagePictures
from footnote_bot.wire.retrying import Retry
from footnote_index.article_folder import ArticleFolder
from footnote_index.attached import AttachedFiles
from footnote_index.web.crawl_limits import CrawlLimits
from footnote_index.web.source_list import SourceList

COMMANDS = [
    *("ask", "index", "setup", "review", "why", "forget-me", "privacy", "help", "about", "status", "audit"),
    *("Answer from the articles", "Check this", "Add to articles"),
]
TIMING = Timing(between_edits=0.01, between_aged=0.0, between_deadlines=0.5, for_guilds=0.0, to_settle=2.0)
OPENAPI = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"


class Stage:
    """A guild with two channels and a few people, the services, and the bot once it is started."""

    def __init__(self, fake: FakeDiscord, store: WatchedStore) -> None:
        self.fake = fake
        self.guild: Guild = fake.add_guild("Library")
        self.channel: Channel = fake.add_channel(self.guild, "general")
        self.desk: Channel = fake.add_channel(self.guild, "review")
        self.alice: Person = fake.add_member(self.guild, "alice")
        self.admin = fake.add_member(self.guild, "admin", permissions=discord.Permissions(manage_guild=True))
        self.mod = fake.add_member(self.guild, "mod", permissions=discord.Permissions(manage_messages=True))
        self.other_mod = fake.add_member(self.guild, "other", permissions=discord.Permissions(manage_messages=True))
        self.store = store
        self.ask = self.beside = FakeAsk()
        self.index = FakeIndex()
        self.files = AttachedFiles(FlatEmbedder)
        self.review = Review(self.store, clock=self.now)
        self.stores = replace(stores_of(store.engine), answers=store, verdicts=WatchedVerdicts(store))
        self.policies = self.stores.policies
        self.verdicts = Verdicts(store, self.stores.verdicts, clock=self.now)
        self.revisions = Revisions(store, self.stores.verdicts, self.index, WordReader(), clock=self.now)
        self.articles = store.folder / "articles"
        self.articles.mkdir(exist_ok=True)
        self.data = store.folder / "var"
        self.pictures = PagePictures(self.articles)
        self.later = timedelta()
        self.timing = TIMING
        self.pace = DraftPace(first=60.0)  # no drafts, however busy the machine is
        self.client: FootnoteClient

    def now(self) -> datetime:
        return utc_now() + self.later

    def offer_commands_to_everybody(self) -> None:
        """As a manager can under Server Settings > Integrations."""
        for offered in self.fake.commands.of(self.guild):
            offered["default_member_permissions"] = None

    @asynccontextmanager
    async def running(self, **options: Any) -> AsyncIterator[FootnoteClient]:
        """The bot from start to stop; start it again to see what it remembers."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        point_at(self.fake.api_url, self.fake.gateway_url)
        quick: dict[str, Any] = {
            "guild_ids": (self.guild.id,),
            "pace": self.pace,
            "answers_age": timedelta(days=30),
            "timing": self.timing,
            "retry": Retry(attempts=3, first_pause=0.01),
        }
        self.client = client = self.a_client(**quick | options)
        work = asyncio.create_task(client.start(self.fake.token))
        try:
            await self.fake.wait_until_connected()
            await client.wait_until_ready()
            yield client
        finally:
            await client.close()
            await asyncio.wait([work])
            self.pictures.close()
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    def a_client(self, **options: Any) -> FootnoteClient:
        """`options` are fields of Core, Access, Habits and QuestionUse."""
        services: dict[str, Any] = {
            "ask": self.ask,
            "suggest": self.beside.suggest,
            "fact_check": self.beside.fact_check,
            "files": self.files,
            "index": self.index,
            "review": self.review,
            "verdicts": self.verdicts,
            "revisions": self.revisions,
            "stores": self.stores,
            "articles": ArticleFolder(self.articles),
            "pictures": self.pictures,
            "sources": SourceList(self.articles, self.data, allow_private=True, crawl_limits=CrawlLimits(delay=0)),
        }
        core, access, habits, questions = (
            {field.name: options.pop(field.name) for field in fields(kind) if field.name in options}
            for kind in (Core, Access, Habits, QuestionUse)
        )
        assert not options, "each belongs to one of them"
        return make_client(
            Core(**services | core),
            access=Access(**access),
            habits=Habits(**{"answer_within": 40.0} | habits),
            questions=QuestionUse(**questions),
        )

    @property
    def ask_cog(self) -> AskCog:
        cog = self.client.get_cog("AskCog")
        assert isinstance(cog, AskCog)
        return cog

    async def acts(self) -> list[str]:
        """What is on record of people's acts, oldest first."""
        async with self.store.engine.connect() as connection:
            rows = (await connection.execute(select(AuditRow.__table__).order_by(AuditRow.id))).all()
        names = {person.id: person.name for person in (self.alice, self.admin, self.mod, self.other_mod)}
        assert all(row.guild_id == self.guild.id for row in rows)
        return [f"{names[row.user_id]}, {row.action}: {row.detail}" for row in rows]

    async def slash_ask(
        self, question: str = "When did the bridge open?", *, channel: Channel | None = None
    ) -> Message:
        return await (await self.alice.slash(channel or self.channel, "ask", question=question)).response()

    async def set_up_review(self) -> None:
        await self.review.set_review_channel(self.guild.id, self.desk.id)

    async def card(self) -> Message:
        """The newest card, as soon as its place is on record."""
        await until(lambda: bool(self.store.records) and all(record.card for record in self.store.records.values()))
        return self.desk.messages[-1]

    async def shown(self, answer_id: int = 1) -> None:
        """Waits until the verdict on an answer is shown."""
        await until(lambda: self.store.records[answer_id].shown is not None)


async def line(interaction: Interaction) -> str:
    """The one ephemeral line that an interaction was answered with."""
    message = await interaction.response()
    assert message.is_ephemeral
    return message.content


async def until(is_so: Callable[[], bool], *, seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - what is waited for knows nothing of events
            await asyncio.sleep(0.002)
