"""Questions that are edited or deleted after they were answered."""

from __future__ import annotations

import logging
from datetime import timedelta

import discord

from footnote.stores import QuestionStore
from footnote_bot.inquiries.messages import MessageQuestions
from footnote_bot.posts.posting import Posting
from footnote_bot.wire.inflight import InFlight

log = logging.getLogger(__name__)

EDITED_WITHIN = timedelta(minutes=5)
"""After asking; later, others have read the answer, and perhaps replied to it."""


class ChangedQuestions:
    """Answers an edited question again, in the same place. Adds a button to the answer of a deleted question."""

    def __init__(
        self,
        messages: MessageQuestions,
        questions: QuestionStore,
        posting: Posting,
        in_flight: InFlight,
    ) -> None:
        self._messages = messages
        self._questions = questions
        self._posting = posting
        self._in_flight = in_flight

    async def edited(self, message: discord.Message) -> None:
        """Discord also reports edits that nobody made, such as when it adds a link preview."""
        if message.edited_at is None or message.edited_at - message.created_at > EDITED_WITHIN:
            return
        await self._messages.take_again(message)

    async def deleted(self, question_id: int, channel_id: int) -> None:
        self._in_flight.join()
        await self._messages.settled(question_id, channel_id)
        record = await self._questions.find(question_id)
        if record is not None and not record.is_withheld:
            log.info("answer %d: its question is deleted", record.id)
            if marked := await self._questions.set_deleted(question_id):
                await self._posting.show_verdict(marked)
