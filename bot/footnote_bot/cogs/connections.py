"""Connections to Discord that break and come back: each of them has missed different events."""

from __future__ import annotations

import discord
from discord.ext import commands

from footnote_bot.inquiries.missed import Missed

_ONLY = 0
"""The shard of a client without shards."""


class ConnectionsCog(commands.Cog):
    """discord.py reports each shard separately, and all of them as one; only the former says which shard it was."""

    def __init__(self, client: discord.Client, missed: Missed) -> None:
        self._is_sharded = isinstance(client, discord.AutoShardedClient)
        self._missed = missed

    @commands.Cog.listener()
    async def on_shard_ready(self, shard: int) -> None:
        await self._missed.connected(shard, has_missed_some=True)

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard: int) -> None:
        await self._missed.connected(shard, has_missed_some=False)

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard: int) -> None:
        self._missed.disconnected(shard)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        if not self._is_sharded:
            await self._missed.connected(_ONLY, has_missed_some=True)

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        if not self._is_sharded:
            await self._missed.connected(_ONLY, has_missed_some=False)

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        if not self._is_sharded:
            self._missed.disconnected(_ONLY)
