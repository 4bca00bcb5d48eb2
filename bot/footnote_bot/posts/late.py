"""Replies to commands that cannot be shown in time: the asker gets a separate message."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import discord

from footnote.records.answers import MessageRef
from footnote_bot.posts.places import Content
from footnote_bot.translations.catalogue import N_
from footnote_bot.wire.retrying import Retry, code_of, failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)

HERE_IT_IS = N_("here is the answer to your question.")
RESTARTED = N_("Footnote was restarted while it was answering your question. Please ask again.")
ELSEWHERE = N_("You asked in <#{}>, where I cannot write.")
NOT_SHOWN = N_("I could not show the answer to your question. Please ask again.")

_INVALID_TOKEN, _UNKNOWN_WEBHOOK = 50027, 10015


@dataclass(frozen=True, slots=True)
class WaitingInteraction:
    """Who waits for the reply to an interaction, and where."""

    question_id: int
    channel_id: int
    asker_id: int


def is_token_lost(error: Exception) -> bool:
    """Whether an interaction has expired: its token lives for 15 minutes."""
    return code_of(error) in (_INVALID_TOKEN, _UNKNOWN_WEBHOOK)


class Late:
    """Posts in the channel with a mention of the asker, or in direct messages if the bot may not write there."""

    def __init__(self, client: discord.Client, retry: Retry) -> None:
        self._client = client
        self._retry = retry

    async def post(self, awaited: WaitingInteraction, content: Content, *, directly: Content) -> MessageRef | None:
        """Where it is in the channel; None when it was posted elsewhere or nowhere. `directly`: what direct messages
        get instead, since buttons would belong to another channel there.

        Raises what Discord raises when it is unavailable: then it may be tried again.
        """
        if not awaited.asker_id:  # forgotten meanwhile
            return None
        channel = self._client.get_partial_messageable(awaited.channel_id)
        try:
            message = await self._retry(lambda: self._send(channel, awaited, content))
        except Exception as error:
            if not is_discords(error) or is_passing(error):
                raise
            log.info("question %d: no late reply in its channel: %s", awaited.question_id, failure_in_words(error))
            await self._tell_directly(awaited, directly)
            return None
        return MessageRef(awaited.channel_id, message.id)

    async def _tell_directly(self, awaited: WaitingInteraction, content: Content) -> None:
        try:
            direct = await self._retry(lambda: self._client.create_dm(discord.Object(awaited.asker_id)))
            await self._retry(lambda: self._send(direct, awaited, content))
        except Exception as error:
            if not is_discords(error) or is_passing(error):
                raise
            log.info("question %d: no late reply in direct messages: %s", awaited.question_id, failure_in_words(error))

    async def _send(
        self, channel: discord.abc.Messageable, awaited: WaitingInteraction, content: Content
    ) -> discord.Message:
        return await channel.send(
            content.content,
            embeds=[content.embed] if content.embed else [],
            view=content.view or discord.utils.MISSING,
            nonce=f"late-{awaited.question_id:x}",
            allowed_mentions=discord.AllowedMentions(
                everyone=False, roles=False, replied_user=False, users=[discord.Object(awaited.asker_id)]
            ),
        )
