"""Finds the reply to a question if a killed process could not record which message it is."""

from __future__ import annotations

import discord

from footnote.records.answers import MessageRef
from footnote.records.replies import Reply
from footnote_bot.wire.editing import Outcome
from footnote_bot.wire.retrying import Retry, is_discords, is_passing

_MESSAGES_SEARCHED = 100  # after the question; a draft comes within seconds


async def find_reply(client: discord.Client, retry: Retry, reply: Reply) -> tuple[MessageRef | None, Outcome]:
    """The message, or why there is none."""
    try:
        message_id = reply.message_id or await retry(lambda: _search(client, reply))
    except Exception as error:
        if not is_discords(error):
            raise
        return None, Outcome.LATER if is_passing(error) else Outcome.REFUSED
    return (MessageRef(reply.channel_id, message_id), Outcome.DONE) if message_id else (None, Outcome.GONE)


async def _search(client: discord.Client, reply: Reply) -> int | None:
    channel = client.get_partial_messageable(reply.channel_id)
    after = discord.Object(reply.question_id)
    async for message in channel.history(after=after, limit=_MESSAGES_SEARCHED):
        if message.author == client.user and reply.question_id in _questions(message):
            return message.id
    return None


def _questions(message: discord.Message) -> set[int | None]:
    """What a message replies to: in a thread that was started from a question, that question."""
    return {
        message.reference.message_id if message.reference else message.channel.id,
        message.interaction_metadata.id if message.interaction_metadata else None,
    }
