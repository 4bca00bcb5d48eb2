"""Mentions in channels where the bot may not write."""

from __future__ import annotations

import logging
from contextlib import suppress

import discord

from footnote_bot.access.permissions import NotAllowed, own_permissions, require_posting
from footnote_bot.wire.retrying import UNREACHABLE

log = logging.getLogger(__name__)

CANNOT_WRITE = "🔇"
"""The reaction to a mention where the bot may not write."""


class CannotWrite(NotAllowed):
    """The bot may not write a word in the channel."""


def require_answering(message: discord.Message) -> None:
    """Raises CannotWrite if nothing can be posted at all, NotAllowed if only an answer cannot be shown."""
    channel, permissions = message.channel, own_permissions(message.channel)
    is_thread = isinstance(channel, discord.Thread)
    may_write = permissions.send_messages_in_threads if is_thread else permissions.send_messages
    try:
        require_posting(permissions, channel.id, in_thread=is_thread)
    except NotAllowed as refusal:
        if not may_write:
            raise CannotWrite(str(refusal)) from refusal
        raise


async def tell_otherwise(message: discord.Message) -> None:
    """With a reaction, if the bot may add one, or else in a direct message."""
    permissions = own_permissions(message.channel)
    log.info("question %d cannot be answered: no permission to write in channel %d", message.id, message.channel.id)
    if permissions.add_reactions and permissions.read_message_history:
        with suppress(*UNREACHABLE):
            await message.add_reaction(CANNOT_WRITE)
            return
    try:
        require_answering(message)
    except NotAllowed as refusal:  # translated again: the member's language may differ from the server's
        with suppress(*UNREACHABLE):  # some accept no direct messages
            await message.author.send(str(refusal))
