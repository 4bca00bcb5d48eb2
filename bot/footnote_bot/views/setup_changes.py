"""Carries out a choice on a panel of /setup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from footnote_bot.access.permissions import require_manage_guild
from footnote_bot.audit import Actor, actor_of
from footnote_bot.server_records.server_setup import ServerSetup
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import acknowledge

SetupChange = Callable[[ServerSetup, Actor, discord.Guild], Awaitable[None]]
Show = Callable[[discord.Interaction[Any], ServerSetup, discord.Guild], Awaitable[None]]


async def carry_out(interaction: discord.Interaction[Any], change: SetupChange, show: Show) -> None:
    """Stores the choice, and shows the current settings on the panel, even if it was refused."""
    async with pressed(interaction) as host:
        require_manage_guild(interaction)
        if interaction.guild is None or not await acknowledge(interaction):
            return
        try:
            await change(host.server_setup, actor_of(interaction), interaction.guild)
        finally:
            await show(interaction, host.server_setup, interaction.guild)
