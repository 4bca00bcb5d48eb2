"""The Discord face: lifecycle and dispatch, nothing else."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from footnote.review import Review
from footnote_bot.cogs.ask import AskCog
from footnote_bot.cogs.index import IndexCog
from footnote_bot.cogs.setup import SetupCog
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import report_error
from footnote_bot.posting import Posting
from footnote_bot.retrying import Retry
from footnote_bot.services import AskService, IndexService
from footnote_bot.syncing import sync_commands
from footnote_bot.views.answer import SourcesButton
from footnote_bot.views.card import VerdictButton

log = logging.getLogger(__name__)


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Sends discord.py to a REST proxy or a test server; None keeps Discord's own.

    To be called before a client is made. `api_url` includes the version: `https://discord.com/api/v10`.
    """
    if api_url is not None:
        Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


class FootnoteClient(commands.Bot):
    """Footnote in Discord: `async with FootnoteClient(...) as client: await client.start(token)`."""

    def __init__(
        self,
        *,
        ask: AskService,
        index: IndexService,
        review: Review,
        guild_ids: Sequence[int] = (),
        answer_within: float = 30.0,
        seconds_between_edits: float = 2.5,
        seconds_to_settle: float = 5.0,
        seconds_for_guilds: float = 2.0,
        retry: Retry | None = None,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            guild_ready_timeout=seconds_for_guilds,
        )
        self.index = index
        self.review = review
        self._retry = retry or Retry()
        self.posting = Posting(self, review.store, self._retry)
        self._in_flight = InFlight()
        self._ask = ask
        self._guild_ids = tuple(guild_ids)
        self._answer_within = answer_within
        self._seconds_between_edits = seconds_between_edits
        self._seconds_to_settle = seconds_to_settle

    async def setup_hook(self) -> None:
        self.tree.error(report_error)
        self.add_dynamic_items(SourcesButton, VerdictButton)
        await self.add_cog(
            AskCog(self, self._ask, self.review, self.posting, self._in_flight, time_limit=self._answer_within)
        )
        await self.add_cog(IndexCog(self, self.index, self._retry, seconds_between_edits=self._seconds_between_edits))
        await self.add_cog(SetupCog(self.review))
        await sync_commands(self.tree, self.review.store, self._guild_ids, self._retry)

    async def on_ready(self) -> None:
        log.info("ready in %d guilds", len(self.guilds))
        self._catch_up()

    async def on_resumed(self) -> None:
        self._catch_up()

    async def on_message(self, message: discord.Message, /) -> None:
        """Commands are slash commands: nothing to parse here. AskCog listens for questions."""

    async def close(self) -> None:
        """Leaves Discord, after a few seconds for what is in flight: once Discord is left, no answer can be posted.

        What the services hold is closed later, by whoever made them: events arrive until Discord is left.
        """
        await self._in_flight.settle(seconds=self._seconds_to_settle)
        await super().close()

    def _catch_up(self) -> None:
        guild_ids = [guild.id for guild in self.guilds]
        self._in_flight.start(self.posting.catch_up(guild_ids), name="catching up")
