"""The queue, page by page."""

from __future__ import annotations

from typing import Any

import discord

from footnote.records.overview import QueueState
from footnote.stores import Overview
from footnote_bot.access.visibility import visible_channels
from footnote_bot.render import overview as render_overview
from footnote_bot.views.host import QueuePlace
from footnote_bot.views.queue import queue_view
from footnote_bot.wire.interactions import show


class Queues:
    """Shows pages to those who may review, without what was asked in channels that they cannot read."""

    def __init__(self, overview: Overview) -> None:
        self._overview = overview

    async def visible(self, interaction: discord.Interaction[Any]) -> frozenset[int]:
        """The channels of the guild in which questions were asked, and which the member can read."""
        return await visible_channels(interaction, await self._overview.channels(interaction.guild_id or 0))

    async def show(self, interaction: discord.Interaction[Any], place: QueuePlace) -> None:
        """Replaces "thinking", or the previous page."""
        channels = await self.visible(interaction)
        if place.channel_id:
            channels &= {place.channel_id}
        found = await self._overview.queue(
            interaction.guild_id,
            QueueState(place.state),
            channels=channels,
            offset=(place.page - 1) * render_overview.PAGE,
            limit=render_overview.PAGE,
        )
        embed = render_overview.queue(found, place.state, page=place.page)
        pages = render_overview.page_count(found.total)
        await show(interaction, embed, view=queue_view(place, pages) if pages > 1 or place.page > 1 else None)
