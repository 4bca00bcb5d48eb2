"""Who asks a question and who will read the answer, since they must not see what was written for others."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from footnote.ports import Asker
from footnote_bot.access.collection_access import CollectionAccess
from footnote_bot.access.direct_messages import DirectMessages
from footnote_bot.access.privacy import Privacy
from footnote_bot.access.visibility import may_read


@dataclass(frozen=True, slots=True)
class InChannel:
    """Everybody who can read a channel of a server."""

    channel_id: int
    privacy: Privacy

    async def can_read(self, channel_id: int) -> bool:
        return not await self.privacy.hides_from(channel_id, self.channel_id)


@dataclass(frozen=True, slots=True)
class InDirectMessages:
    """One member of a server, in direct messages."""

    channel_id: int
    member: discord.Member

    async def can_read(self, channel_id: int) -> bool:
        channel = self.member.guild.get_channel_or_thread(channel_id)
        return channel is not None and may_read(self.member, channel)


class Askers:
    """Works out who asks a question."""

    def __init__(self, privacy: Privacy, direct: DirectMessages, collections: CollectionAccess) -> None:
        self._privacy = privacy
        self._direct = direct
        self._collections = collections

    async def asker(
        self, user_id: int, guild_id: int | None, channel_id: int, *, alone: discord.Member | discord.User | None = None
    ) -> Asker:
        """Without a guild, the question is asked in direct messages. `alone` is the asker if nobody else reads the
        answer.

        Raises NotInDirectMessages.
        """
        if guild_id is not None:
            readable = await self._collections.in_channel(guild_id, channel_id, alone=alone)
            return Asker(user_id, guild_id, InChannel(channel_id, self._privacy), readable=readable)
        member = await self._direct.member(user_id)
        readable = await self._collections.in_direct_messages(user_id)
        audience = InDirectMessages(channel_id, member)
        return Asker(user_id, member.guild.id, audience, is_direct=True, readable=readable)
