"""/help, /about and /status: what the bot can do here, what it answers from, and whether it works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import EmptyIndex
from footnote.models.collections import EVERYTHING
from footnote.records.overview import QueueState
from footnote.records.policies import Mode
from footnote.review.recording import utc_now
from footnote_bot.access.ask_channels import parent_channel_of
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.permissions import missing_to_answer, missing_to_review, require_manage_guild
from footnote_bot.discord_services import Core
from footnote_bot.render.help import Here, Vital, about_embed, help_embed, status_embed
from footnote_bot.translations.catalogue import _
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, show
from footnote_index.building.reports import Status


class HelpCog(commands.Cog):
    """`model_host`: where a language model is, if one is used."""

    def __init__(
        self, core: Core, collections: CollectionAccess, in_flight: InFlight, *, model_host: str | None
    ) -> None:
        self._core = core
        self._collections = collections
        self._in_flight = in_flight
        self._model_host = model_host

    @app_commands.command(name="help", description="What you can ask, and how")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        if await self._begins(interaction):
            here = await self._here(interaction)
            await show(interaction, help_embed(await self._titles(interaction), here, day=utc_now().toordinal()))

    @app_commands.command(name="about", description="What the answers come from")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def about(self, interaction: discord.Interaction[Any]) -> None:
        if await self._begins(interaction):
            room = self._core.links.base if self._core.links else None
            await show(
                interaction, about_embed(await self._status_here(interaction), model=self._model_host, room=room)
            )

    @app_commands.command(name="status", description="Check whether the bot has everything it needs here")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        if await self._begins(interaction):
            require_manage_guild(interaction)
            await show(interaction, status_embed(await self._status(), await self._vital(interaction)))

    async def _begins(self, interaction: discord.Interaction[Any]) -> bool:
        self._in_flight.join()
        return await acknowledge(interaction, ephemeral=True)

    async def _titles(self, interaction: discord.Interaction[Any]) -> Mapping[str, str]:
        """Examples of what is answered here, in public."""
        readable = await self._collections.here(interaction, is_private=False)
        try:
            return await self._core.index.titles(readable=readable)
        except EmptyIndex:
            return {}

    async def _status_here(self, interaction: discord.Interaction[Any]) -> Status | None:
        """Counts only the articles that this channel is answered from."""
        status, readable = await self._status(), await self._collections.here(interaction, is_private=False)
        if status is None or readable == EVERYTHING:
            return status
        return replace(status, articles=len(await self._core.index.titles(readable=readable)))

    async def _status(self) -> Status | None:
        try:
            return await self._core.index.status()
        except EmptyIndex:
            return None

    async def _here(self, interaction: discord.Interaction[Any]) -> Here:
        if interaction.guild_id is None:
            return Here(is_answered=True)
        policies = self._core.stores.policies
        asks_in = await policies.ask_channels(interaction.guild_id)
        channel_id = parent_channel_of(interaction.channel, interaction.channel_id or 0)
        policy = await policies.policy_of(interaction.guild_id, channel_id)
        return Here(not asks_in or channel_id in asks_in, asks_in, is_held=policy.mode is Mode.HOLD)

    async def _vital(self, interaction: discord.Interaction[Any]) -> Vital:
        client, guild = interaction.client, interaction.guild
        assert guild is not None, "it is a command of servers"  # noqa: S101 - not input
        queue = await self._core.stores.overview.queue(guild.id, QueueState.OPEN, limit=1)
        flags = client.application.flags if client.application else discord.ApplicationFlags()
        return Vital(
            client.latency * 1000,
            queue.total,
            has_content=flags.gateway_message_content or flags.gateway_message_content_limited,
            problems=(*await self._review_problems(guild), *await self._asking_problems(guild)),
        )

    async def _review_problems(self, guild: discord.Guild) -> list[str]:
        review = await self._core.review.store.review_channel(guild.id)
        if review is None:
            return [_("No review channel is set. Choose one with `/setup`.")]
        channel = guild.get_channel(review[0])
        if channel is None:
            return [_("The review channel was deleted, or I cannot see it. Choose another with `/setup`.")]
        lacks = missing_to_review(channel.permissions_for(guild.me))
        return [_lacking(channel.id, lacks)] if lacks else []

    async def _asking_problems(self, guild: discord.Guild) -> list[str]:
        problems = []
        for channel_id in await self._core.stores.policies.ask_channels(guild.id):
            channel = guild.get_channel(channel_id)
            lacks = missing_to_answer(channel, channel.permissions_for(guild.me)) if channel else [_("View Channel")]
            if lacks:
                problems.append(_lacking(channel_id, lacks))
        return problems


def _lacking(channel_id: int, permissions: Sequence[str]) -> str:
    needed = _("In <#{channel}> I need {permissions}.")
    return needed.format(channel=channel_id, permissions=", ".join(permissions))
