"""The button below the explanation of /forget-me."""

from __future__ import annotations

import logging
import re
from typing import Any, Self

import discord
from discord import ui

from footnote_bot.access.gate import Gated
from footnote_bot.translations.catalogue import _, plural
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import acknowledge, offer

log = logging.getLogger(__name__)


class ForgetButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"forget-me"):
    """Forgets the person who presses it."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=_("Forget me"), style=discord.ButtonStyle.danger, custom_id="forget-me"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction):
                return
            questions = await host.core.stores.forgetting.forget(interaction.user.id, now=host.core.review.now())
            await host.on_forgotten()
            log.info("a person has been forgotten, with %d questions", questions)
            host.show_changes(interaction.guild_id)
            done = plural(
                "Footnote has forgotten you and {n} question of yours. Messages that show it change within minutes.",
                "Footnote has forgotten you and {n} questions of yours. Messages that show them change within minutes.",
                questions,
            )
            await offer(interaction, done, None)
