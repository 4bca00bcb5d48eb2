"""The Discord client: lifecycle and dispatch, nothing else."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from footnote.errors import SettingsError
from footnote.records.sharing import Share
from footnote_bot.access.gate import Gate, GatedTree
from footnote_bot.timing import Timing
from footnote_bot.upkeep import Loop, Upkeep
from footnote_bot.views.controls import CONTROLS
from footnote_bot.views.host import Host
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import report_error
from footnote_bot.wire.retrying import Retry
from footnote_bot.wire.syncing import sync_commands

log = logging.getLogger(__name__)


NO_MESSAGE_CONTENT = (
    "Discord rejected the Message Content intent. Switch it on under Privileged Gateway Intents, on the bot's page in "
    "the developer portal, or set FOOTNOTE_MESSAGE_CONTENT to false."
)


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Points discord.py to a REST proxy or a test server; None keeps Discord's own.

    Call it before a client is created. `api_url` includes the version: `https://discord.com/api/v10`.
    """
    if api_url is not None:
        Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


async def serve(client: FootnoteClient, token: str) -> None:
    """Runs Footnote in Discord until it is stopped. Raises SettingsError when Discord rejects it or cannot be
    reached.
    """
    async with client:
        try:
            await client.login(token)
        except discord.LoginFailure as error:
            raise SettingsError("Discord rejected DISCORD_TOKEN. Copy it again from the developer portal.") from error
        except discord.HTTPException as error:
            raise SettingsError(f"Discord rejected the bot: {error.text or error.status}.") from error
        except aiohttp.ClientConnectionError as error:
            raise _out_of_reach(error) from error
        try:
            await client.connect()
        except discord.PrivilegedIntentsRequired as error:
            raise SettingsError(NO_MESSAGE_CONTENT) from error
        except AttributeError as error:
            # discord.py 2.7.1 fails on its own missing socket when the very first connection to the gateway fails.
            if client.ws is not None or error.__context__ is None:
                raise
            raise _out_of_reach(error.__context__) from error


def _out_of_reach(cause: BaseException) -> SettingsError:
    log.debug("no connection to Discord", exc_info=cause)
    return SettingsError("Discord cannot be reached. Check the network, DISCORD_API_URL and DISCORD_GATEWAY_URL.")


@dataclass(frozen=True, slots=True)
class Face:
    """Everything around a client (see discord_app.py). `leaves_others`: whether it leaves servers that are not served.
    `syncs_commands`: one of several processes does.
    """

    gate: Gate
    leaves_others: bool
    syncs_commands: bool
    host: Host
    cogs: tuple[commands.Cog, ...]
    upkeep: Upkeep
    loops: tuple[Loop, ...]
    in_flight: InFlight
    retry: Retry


class FootnoteClient(commands.Bot):
    """The client with its commands, buttons and background work."""

    def __init__(
        self,
        make_face: Callable[[Self], Face],
        *,
        timing: Timing,
        reads_messages: bool,
        share: Share | None = None,
    ) -> None:
        """`make_face` is called at once: what is around a client has to know it. `reads_messages`: see `Access`.
        `share`: for shards.
        """
        sharding: dict[str, Any] = {}
        if share:
            sharding = {"shard_count": share.count, "shard_ids": sorted(share.shards)}
        super().__init__(
            command_prefix=commands.when_mentioned,
            tree_cls=GatedTree,
            help_command=None,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads_messages),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            max_messages=None,
            guild_ready_timeout=timing.for_guilds,
            **sharding,
        )
        self._seconds_to_settle = timing.to_settle
        self.face = make_face(self)
        self._is_leaving = False

    @property
    def gate(self) -> Gate:
        return self.face.gate

    @property
    def host(self) -> Host:
        return self.face.host

    @property
    def in_flight(self) -> InFlight:
        return self.face.in_flight

    async def setup_hook(self) -> None:
        face = self.face
        self.tree.error(report_error)
        self.add_dynamic_items(*CONTROLS)
        await face.gate.languages.load(face.host.core.stores.policies)
        for cog in face.cogs:
            await self.add_cog(cog)
        if face.syncs_commands:
            await sync_commands(self.tree, face.host.core.review.store, face.gate.guild_ids, face.retry)
        face.upkeep.start(face.loops)

    async def on_ready(self) -> None:
        log.info("ready in %d guilds", len(self.guilds))
        self.gate.tell_rules()
        for guild in self.guilds:
            self._leave_unless_served(guild)
        self.face.upkeep.catch_up()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self._leave_unless_served(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server that was away while the bot started."""
        self._leave_unless_served(guild)

    async def on_resumed(self) -> None:
        self.face.upkeep.catch_up()

    async def on_message(self, message: discord.Message, /) -> None:
        """Does nothing: commands are slash commands, and AskCog listens for questions."""

    async def close(self) -> None:
        """Disconnects from Discord, after a few seconds for work in flight: after that, no answer can be posted.

        Builds are stopped after that, when discord.py unloads the cogs. The creator of the services closes them later,
        because events arrive until the end.
        """
        self._is_leaving = True
        self.face.upkeep.stop()
        await self.in_flight.settle(seconds=self._seconds_to_settle)
        await self.face.upkeep.stopped()
        await super().close()
        await self._events_settled()

    async def _events_settled(self) -> None:
        """Waits for events that are being handled: they use the services, which are closed next."""
        handling = {task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py: on_")}
        if handling := handling - {asyncio.current_task()}:
            await asyncio.wait(handling, timeout=self._seconds_to_settle)

    def _leave_unless_served(self, guild: discord.Guild) -> None:
        if self.face.leaves_others and not self._is_leaving:
            self.in_flight.start(self.gate.leave_unless_served(guild, self.face.retry), name="leaving a server")


class ShardedClient(FootnoteClient, discord.AutoShardedClient):
    """The same with several connections, each for some of the servers; without `share`, as many as Discord
    recommends.
    """
