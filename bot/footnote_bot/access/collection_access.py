"""What may be read where in Discord: the rule of models/collections.py, with Discord's channels, roles and servers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from footnote.models.collections import EVERYTHING, Readable
from footnote.records.answers import AnswerRecord
from footnote.stores import CollectionStore
from footnote_bot.access.direct_messages import DirectMessages
from footnote_bot.access.visibility import look_up

NOTHING = Readable(only=frozenset())

Person = discord.Member | discord.User


class CollectionAccess:
    """Reads the database each time: what a manager changes applies from the next question on."""

    def __init__(
        self, client: discord.Client, store: CollectionStore, direct: DirectMessages, *, sees_all: bool = True
    ) -> None:
        """`sees_all`: whether this process serves all servers that a person may share with the bot."""
        self._client = client
        self._store = store
        self._direct = direct
        self._sees_all = sees_all

    async def in_channel(self, guild_id: int, channel_id: int, *, alone: Person | None = None) -> Readable:
        """`alone` is the only person who will read it; None if others do too."""
        given = await self._store.of_server(guild_id)
        if not given:
            return EVERYTHING
        return given.readable(await self._places(guild_id, channel_id), _roles(alone, guild_id))

    async def in_direct_messages(self, user_id: int) -> Readable:
        """Nothing if other processes serve servers too: those may restrict something. Raises NotInDirectMessages when
        Discord does not say which servers the person shares with the bot.
        """
        if not self._sees_all:
            return NOTHING
        servers = {one.id: await self._store.of_server(one.id) for one in self._direct.servers}
        members = await self._direct.memberships(user_id, [number for number, given in servers.items() if given])
        readable = EVERYTHING
        for member in members:
            readable &= servers[member.guild.id].readable(roles=_roles(member, member.guild.id))
        return readable

    async def here(self, interaction: discord.Interaction[Any], *, is_private: bool) -> Readable:
        """Where a command is used. Raises the same as `in_direct_messages`."""
        if interaction.guild_id is None:
            return await self.in_direct_messages(interaction.user.id)
        alone = interaction.user if is_private else None
        return await self.in_channel(interaction.guild_id, interaction.channel_id or 0, alone=alone)

    async def of(self, record: AnswerRecord, reader: Person | None = None) -> Readable:
        """Where an answer was given, by the current settings. `reader` is the person who wants to see it; for a private
        one, its asker.
        """
        if record.guild_id is not None:
            alone = reader if record.is_private else None
            return await self.in_channel(record.guild_id, record.channel_id, alone=alone)
        return NOTHING if reader is None else await self.in_direct_messages(reader.id)

    async def _places(self, guild_id: int, channel_id: int) -> Sequence[int]:
        """The channel (for a thread, its parent), and then its category."""
        guild = self._client.get_guild(guild_id)
        known = guild.get_channel_or_thread(channel_id) if guild else None
        channel = await look_up(guild, channel_id) if guild and known is None else known
        if isinstance(channel, discord.Thread):
            channel_id, channel = channel.parent_id, channel.parent
        category_id = channel.category_id if channel else None
        return [channel_id] if category_id is None else [channel_id, category_id]


def _roles(person: Person | None, guild_id: int) -> list[int]:
    if not isinstance(person, discord.Member) or person.guild.id != guild_id:
        return []
    return [role.id for role in person.roles]
