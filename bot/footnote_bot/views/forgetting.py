"""The button below the explanation of /forget-me."""

from __future__ import annotations

import logging
import re
from typing import Any, Protocol, Self

import discord
from discord import ui

from footnote.review import Review
from footnote.stores import Stores
from footnote_bot.access.gate import Gated
from footnote_bot.citation_format import counted
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, errors_reported, offer

log = logging.getLogger(__name__)


class ForgettingHost(Protocol):
    """What the button needs of the client."""

    @property
    def review(self) -> Review: ...

    @property
    def stores(self) -> Stores: ...

    @property
    def in_flight(self) -> InFlight: ...

    async def on_forgotten(self) -> None:
        """Questions that are kept in memory go from there as well."""

    def show_changes(self, guild_id: int | None) -> None: ...


class ForgetButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"forget-me"):
    """Forgets whoever presses it."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Forget me", style=discord.ButtonStyle.danger, custom_id="forget-me"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with errors_reported(interaction):
            host: ForgettingHost = interaction.client
            host.in_flight.join()
            if not await acknowledge(interaction):
                return
            questions = await host.stores.forgetting.forget(interaction.user.id, now=host.review.now())
            await host.on_forgotten()
            log.info("somebody is forgotten, with %d questions", questions)
            host.show_changes(interaction.guild_id)
            done = f"You are forgotten, together with {counted(questions, 'question')}."
            await offer(interaction, f"{done} Messages that show them are changed within minutes.", None)
