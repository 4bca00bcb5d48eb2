"""Submitted forms."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord
from discord.ext import commands

from footnote_bot.access.gate import Gate
from footnote_bot.views import edit, further

_Take = Callable[[discord.Interaction[Any], re.Match[str]], Awaitable[None]]

_FORMS: tuple[tuple[re.Pattern[str], _Take], ...] = (
    (edit.FORM, edit.take_form),
    (further.FORM, further.take_form),
)


class FormsCog(commands.Cog):
    """discord.py only knows a form as long as the process lives; somebody who has written for half an hour should not
    lose the text.
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Mapping[str, object] = interaction.data or {}
        for form, take in _FORMS:
            filled_in = form.fullmatch(str(data.get("custom_id")))
            if filled_in and await self._gate.admits(interaction):
                await take(interaction, filled_in)
