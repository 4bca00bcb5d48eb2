"""/setup: where questions are answered, how answers are reviewed, and who reviews them."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.access.permissions import require_manage_guild
from footnote_bot.audit import actor_of
from footnote_bot.server_records.server_setup import ServerSetup, SetupRefused
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import NAMES
from footnote_bot.views.setup import show_panel
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge

_AS_DISCORD_SAYS = "discord"


class QuestionChannel(app_commands.Transformer):
    """A channel that questions are asked in. discord.py's own annotation of a forum also includes media channels, which
    Discord's API specification does not have.
    """

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(self, _interaction: discord.Interaction[Any], value: Any, /) -> int:  # noqa: ANN401 - the base's
        return int(value.id)


class SetupCog(commands.Cog):
    """A server's settings."""

    def __init__(self, setup: ServerSetup, in_flight: InFlight) -> None:
        self._setup = setup
        self._in_flight = in_flight

    @app_commands.command(
        name="setup", description="Choose how answers are reviewed, who reviews them, and where to ask"
    )
    @app_commands.describe(
        review_channel="Where review cards are posted; leave empty to see the settings",
        off="Switch review cards off",
        channel="Only change how answers in this channel are reviewed",
        language="What I speak in public here; members read private messages in their own language",
    )
    @app_commands.choices(
        language=[
            app_commands.Choice(name="The server's language in Discord", value=_AS_DISCORD_SAYS),
            *(app_commands.Choice(name=name, value=code) for code, name in NAMES.items()),
        ]
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self,
        interaction: discord.Interaction[Any],
        review_channel: discord.TextChannel | None = None,
        off: bool = False,
        channel: app_commands.Transform[int, QuestionChannel] | None = None,
        language: str | None = None,
    ) -> None:
        self._in_flight.join()
        require_manage_guild(interaction)
        if review_channel and off:
            raise SetupRefused(_("Choose a review channel or off, not both."))
        if channel and (review_channel or off):
            raise SetupRefused(_("The review channel is for the whole server. Leave channel empty to choose it."))
        guild = interaction.guild
        assert guild is not None, "it is offered in servers only"  # noqa: S101 - not input
        if not await acknowledge(interaction, ephemeral=True):
            return
        if review_channel or off:
            chosen = review_channel.id if review_channel else None
            await self._setup.set_review_channel(actor_of(interaction), guild, chosen)
        if language:
            spoken = None if language == _AS_DISCORD_SAYS else language
            await self._setup.set_language(actor_of(interaction), guild, spoken)
        await show_panel(interaction, self._setup, guild, page=channel)
