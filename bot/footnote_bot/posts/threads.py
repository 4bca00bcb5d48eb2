"""Threads that are named after a question, in channels that are set up for them."""

from __future__ import annotations

import logging

import discord

from footnote.records.answers import MessageRef
from footnote.stores import PolicyStore
from footnote_bot.access.permissions import missing_for_threads, own_permissions
from footnote_bot.render.markdown import cut
from footnote_bot.wire.retrying import Retry, code_of, failure_in_words, is_discords

log = logging.getLogger(__name__)

_LONGEST_NAME = 100  # Discord's limit
_THREAD_EXISTS = 160004


class Threads:
    """If no thread can be opened, the answer goes to the channel."""

    def __init__(self, client: discord.Client, policies: PolicyStore, retry: Retry) -> None:
        self._client = client
        self._policies = policies
        self._retry = retry

    async def for_message(self, message: discord.Message, question: str) -> discord.Thread | None:
        """The thread that the answer to a message belongs in; None: the message's own channel."""
        if not await self._is_wanted_in(message.channel):
            return None
        return await self._opened(message, question)

    async def below(self, posted: MessageRef, channel: object, question: str) -> None:
        """Opens a thread below the answer to a command, which Discord shows where the command was used."""
        if isinstance(channel, discord.TextChannel) and await self._is_wanted_in(channel):
            await self._opened(channel.get_partial_message(posted.message_id), question)

    async def _is_wanted_in(self, channel: object) -> bool:
        if not isinstance(channel, discord.TextChannel):
            return False
        granted = own_permissions(channel)
        if missing_for_threads(granted):
            return False
        return (await self._policies.ways_of(channel.guild.id, channel.id)).in_threads

    async def _opened(self, message: discord.Message | discord.PartialMessage, question: str) -> discord.Thread | None:
        try:
            return await self._retry(lambda: message.create_thread(name=cut(question, _LONGEST_NAME)))
        except Exception as error:
            if not is_discords(error):
                raise
            if code_of(error) == _THREAD_EXISTS:  # perhaps opened by a process that has ended
                return await self._known(message.id)
            log.warning("question %d: no thread is opened: %s", message.id, failure_in_words(error))
            return None

    async def _known(self, thread_id: int) -> discord.Thread | None:
        try:
            channel = self._client.get_channel(thread_id) or await self._client.fetch_channel(thread_id)
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("thread %d is not found: %s", thread_id, failure_in_words(error))
            return None
        return channel if isinstance(channel, discord.Thread) else None
