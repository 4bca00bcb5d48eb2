"""Mentions that were sent while the bot was away, for some minutes: answered as soon as it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import discord
from discord.utils import time_snowflake

from footnote.stores import RunningStore
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import own_permissions
from footnote_bot.inquiries.messages import MessageQuestions
from footnote_bot.wire.retrying import UNREACHABLE

log = logging.getLogger(__name__)

AWAY_AT_MOST = timedelta(minutes=10)
"""Older mentions are not answered: nobody waits for an answer any longer."""

_NOTICED_LATE = timedelta(seconds=90)
"""How long a connection may be dead before anybody notices."""

_CHANNELS, _MESSAGES = 50, 500
_READ_AT_ONCE = 5

_Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class Missed:
    """Reads channels in which somebody has written meanwhile, if the bot may read the history.

    Each shard disconnects and comes back separately, and has its own servers; without shards, everything is shard 0.
    The recorded time is when messages may first be unanswered: a bot that is killed while some wait finds them at the
    next start.
    """

    def __init__(
        self,
        client: discord.Client,
        messages: MessageQuestions,
        store: RunningStore,
        gate: Gate,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self.messages = messages
        self._store = store
        self._gate = gate
        self._clock = clock
        self._connected: set[int] = set()
        self._catching_up_since: list[datetime] = []

    async def run(self, *, seconds: float) -> None:
        """Records at intervals (in seconds) how far it has come, and once more when it is cancelled."""
        try:
            while True:
                await asyncio.sleep(seconds)
                await self._note()
        finally:
            await self._note()

    def disconnected(self, shard: int) -> None:
        self._connected.discard(shard)

    async def connected(self, shard: int, *, has_missed_some: bool) -> None:
        """Discord replays missed events only to a session that is resumed."""
        bot = self._client.user
        last = await self._store.last_connected(bot.id, shard) if bot and has_missed_some else None
        self._connected.add(shard)
        if last is not None:
            self._catching_up_since.append(last)
        await self._note()
        if last is not None:
            try:
                await self._catch_up(shard, max(last - _NOTICED_LATE, self._clock() - AWAY_AT_MOST))
            finally:
                self._catching_up_since.remove(last)

    async def _note(self) -> None:
        if self._connected and self._client.user:
            waiting = self.messages.oldest_in_hand
            moments = [self._clock(), *([waiting] if waiting else []), *self._catching_up_since]
            await self._store.connected(self._client.user.id, self._connected, min(moments))

    async def _catch_up(self, shard: int, since: datetime) -> None:
        after = time_snowflake(since)
        channels = [*self._written_in(shard, after)][:_CHANNELS]
        for start in range(0, len(channels), _READ_AT_ONCE):
            await asyncio.gather(*(self._answer_in(one, after) for one in channels[start : start + _READ_AT_ONCE]))

    def _written_in(self, shard: int, after: int) -> Iterator[_Readable]:
        for guild in self._client.guilds:
            if guild.shard_id == shard and self._gate.serves(guild.id):
                channels: list[_Readable] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels]
                for channel in [*channels, *guild.threads]:
                    permissions = own_permissions(channel)
                    is_readable = permissions.view_channel and permissions.read_message_history
                    if is_readable and (channel.last_message_id or 0) > after:
                        yield channel

    async def _answer_in(self, channel: _Readable, after: int) -> None:
        """In the order in which they arrived. Failures are only logged."""
        try:
            found = [each async for each in channel.history(after=discord.Object(after), limit=_MESSAGES)]
        except UNREACHABLE as error:
            log.info("channel %d: missed mentions could not be read: %s", channel.id, type(error).__name__)
            return
        own = [each for each in found if each.author == self._client.user]
        answered = {each.reference.message_id for each in own if each.reference}
        for message in sorted(found, key=lambda one: one.id):
            has_reaction = any(one.me for one in message.reactions)
            if message.id not in answered and not has_reaction and await self.messages.is_open(message):
                with suppress(discord.HTTPException):  # somebody who has left the server
                    message.author = await channel.guild.fetch_member(message.author.id)
                    log.info("question %d: it came while the bot was away", message.id)
                    await self.messages.take(message)
