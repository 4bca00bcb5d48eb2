"""Questions that people edit or delete."""

from __future__ import annotations

import discord
from discord.ext import commands

from footnote_bot.access.gate import Gate
from footnote_bot.inquiries.changed import ChangedQuestions


class ChangedQuestionsCog(commands.Cog):
    """Raw events, because Discord also reports messages that are not in the bot's cache."""

    def __init__(self, changed: ChangedQuestions, gate: Gate) -> None:
        self._changed = changed
        self._gate = gate

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        await self._changed.edited(event.message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        if self._gate.serves(event.guild_id):
            await self._changed.deleted(event.message_id, event.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        if self._gate.serves(event.guild_id):
            for message_id in event.message_ids:
                await self._changed.deleted(message_id, event.channel_id)
