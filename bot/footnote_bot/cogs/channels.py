"""Channels that are deleted."""

from __future__ import annotations

from collections.abc import Callable

import discord
from discord.ext import commands

from footnote_bot.posts.lost_review import LostReview
from footnote_bot.wire.inflight import InFlight


class ChannelsCog(commands.Cog):
    """`show_changes`: something has changed on record in a guild."""

    def __init__(
        self, lost_review: LostReview, in_flight: InFlight, *, show_changes: Callable[[int | None], None]
    ) -> None:
        self._lost_review = lost_review
        self._in_flight = in_flight
        self._show_changes = show_changes

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self._in_flight.join()
        if await self._lost_review.is_lost(channel.guild.id, channel.id):
            self._show_changes(channel.guild.id)
