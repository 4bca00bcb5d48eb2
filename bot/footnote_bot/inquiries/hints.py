"""A hint how to continue in the bot's own thread: posted once, when somebody writes a message that the bot cannot
read.
"""

from __future__ import annotations

import logging
from collections import deque

import discord

from footnote_bot.inquiries.rules import QuestionRules
from footnote_bot.translations.catalogue import N_, _, in_each_language
from footnote_bot.wire.mentions import is_by_a_person
from footnote_bot.wire.retrying import failure_in_words, is_discords

log = logging.getLogger(__name__)

HINT = N_(
    "I only see messages here that mention me. For a follow-up question, mention me, reply to my answer, or press "
    "*Ask further*."
)
_MESSAGES = 50
_REMEMBERED = 1000  # threads


class ThreadHints:
    """Needed only without the Message Content intent."""

    def __init__(self, client: discord.Client, rules: QuestionRules) -> None:
        self._client = client
        self._rules = rules
        self._hinted: deque[int] = deque(maxlen=_REMEMBERED)

    async def after(self, message: discord.Message) -> None:
        """For a message that does not look like a question to the bot."""
        thread = message.channel
        if self._client.intents.message_content or not isinstance(thread, discord.Thread):
            return
        is_unseen = is_by_a_person(message) and not (message.content or self._rules.is_to_us(message))
        if not is_unseen or not self._rules.is_own_thread(thread) or thread.id in self._hinted:
            return
        self._hinted.append(thread.id)
        try:
            if not await self._rules.is_left_to_people(thread) and not await self._has_hint(thread):
                await thread.send(_(HINT), nonce=f"hint-{thread.id:x}")
        except Exception as error:
            if not is_discords(error):
                raise
            log.info("thread %d: the hint about follow-ups is not posted: %s", thread.id, failure_in_words(error))

    async def _has_hint(self, thread: discord.Thread) -> bool:
        """Whether the hint was posted before a restart."""
        hints = in_each_language(HINT)
        return any(
            [
                message.author == self._client.user and message.content in hints
                async for message in thread.history(limit=_MESSAGES)
            ]
        )
