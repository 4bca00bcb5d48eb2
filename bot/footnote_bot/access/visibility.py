"""Which channels somebody can read, as far as Discord says: what was asked elsewhere is not for them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import aiohttp
import discord

from footnote.records.answers import AnswerRecord
from footnote_bot.access.permissions import is_open_to_all, member_permissions

MOST_LOOKED_UP = 20
"""How many unknown channels (archived threads) are requested from Discord at once, newest first."""

_UNREACHABLE = (discord.HTTPException, discord.InvalidData, aiohttp.ClientError, OSError)

_Known = discord.abc.GuildChannel | discord.Thread
_Channels = dict[int, _Known | None]


async def visible_channels(interaction: discord.Interaction[Any], channel_ids: Iterable[int]) -> frozenset[int]:
    """The channels of the guild that the member can read now. Nobody can read a channel that is no longer known."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return frozenset()
    known: _Channels = {channel_id: guild.get_channel_or_thread(channel_id) for channel_id in channel_ids}
    unknown = sorted(channel_id for channel_id, channel in known.items() if channel is None)[-MOST_LOOKED_UP:]
    found = await asyncio.gather(*(look_up(guild, channel_id) for channel_id in unknown))
    known |= dict(zip(unknown, found, strict=True))
    return frozenset(channel_id for channel_id, channel in known.items() if channel and may_read(member, channel))


async def can_see(interaction: discord.Interaction[Any], channel_id: int) -> bool:
    """Whether they can read the channel; the one that they are in counts."""
    return channel_id == interaction.channel_id or bool(await visible_channels(interaction, [channel_id]))


async def look_up(guild: discord.Guild, channel_id: int) -> _Known | None:
    """A channel or thread that is not in discord.py's cache; None when Discord does not say."""
    try:
        return await guild.fetch_channel(channel_id)
    except _UNREACHABLE:
        return None


def may_read(member: discord.Member, channel: _Known) -> bool:
    granted = member_permissions(member, channel)
    return granted.view_channel and granted.read_message_history


def is_public(client: discord.Client, record: AnswerRecord) -> bool:
    """Whether every member of its server can read an answer, as far as is known: not if it was asked privately. One
    that quotes an attached file stays where it was asked.
    """
    if record.is_private or record.guild_id is None or any(one.is_attached for one in record.citations):
        return False
    return is_open_to_all(client.get_guild(record.guild_id), record.channel_id)
