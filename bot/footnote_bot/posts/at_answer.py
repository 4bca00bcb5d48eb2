"""The place of an existing answer that is answered again."""

from __future__ import annotations

import discord

from footnote.records.answers import MessageRef
from footnote_bot.posts.places import Content


class AtAnswer:
    """Its message is edited. It shows no drafts: a killed process would leave one instead of the answer."""

    has_late_draft = False
    is_reachable = True
    is_private = False
    is_next = False
    asker_id = None

    def __init__(self, client: discord.Client, question_id: int, posted: MessageRef) -> None:
        channel = client.get_partial_messageable(posted.channel_id)
        self._message = channel.get_partial_message(posted.message_id)
        self.question_id = question_id
        self.channel_id = posted.channel_id
        self.message_id: int | None = posted.message_id

    async def show(self, content: Content) -> int:
        await self._message.edit(**content._asdict())
        return self._message.id

    async def find_answer(self) -> int | None:
        return None
