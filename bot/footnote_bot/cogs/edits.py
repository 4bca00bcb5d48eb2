"""Forms of edited answers as they come back from Discord."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord.ext import commands

from footnote_bot.access.gate import Gate
from footnote_bot.views.edit import FORM, take_form


class EditsCog(commands.Cog):
    """discord.py knows a form only as long as the process lives; who writes for half an hour should not lose that."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Mapping[str, object] = interaction.data or {}
        filled_in = FORM.fullmatch(str(data.get("custom_id")))
        if filled_in and await self._gate.admits(interaction):
            await take_form(interaction, filled_in)
