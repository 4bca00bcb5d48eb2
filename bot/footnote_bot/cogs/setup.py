"""/setup: where review cards go."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import FootnoteError
from footnote.review import Review
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import acknowledge, tell
from footnote_bot.permissions import is_open_to_all, own_permissions, require_manage_guild, require_posting


class SetupRefused(FootnoteError):
    """The options contradict each other."""


class SetupCog(commands.Cog):
    """A server's settings."""

    def __init__(self, review: Review, in_flight: InFlight) -> None:
        self._review = review
        self._in_flight = in_flight

    @app_commands.command(name="setup", description="Choose the channel in which moderators review answers")
    @app_commands.describe(
        review_channel="Review cards are posted here; leave empty to see what is set", off="Post no review cards"
    )
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(
        self,
        interaction: discord.Interaction[Any],
        review_channel: discord.TextChannel | None = None,
        off: bool = False,
    ) -> None:
        self._in_flight.join()
        require_manage_guild(interaction)
        if review_channel and off:
            raise SetupRefused("Choose a review channel or off, not both.")
        if review_channel:
            require_posting(own_permissions(review_channel), review_channel.id)
        if await acknowledge(interaction, ephemeral=True):
            guild_id = interaction.guild_id or 0  # guild only
            if review_channel or off:
                await self._review.set_review_channel(guild_id, review_channel.id if review_channel else None)
            await tell(interaction, await self._state(guild_id, interaction.guild))

    async def _state(self, guild_id: int, guild: discord.Guild | None) -> str:
        review = await self._review.store.review_channel(guild_id)
        if review is None:
            return "Review is off: answers are posted without review cards. `/setup review_channel` switches it on."
        line = f"Review is on: every answer gets a card in <#{review[0]}>. `/setup off:True` switches it off."
        if not is_open_to_all(guild, review[0]):
            return line
        return f"{line}\n⚠️ Everybody can read <#{review[0]}>: cards repeat questions from other channels there."
