"""Answers and review cards as Discord messages: posted once, edited later, caught up after a restart.

The database comes first, the message second. Whatever a message does not show yet is found again by `catch_up`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from footnote.models import AnswerRecord, MessageRef
from footnote.ports import AnswerStore
from footnote_bot import render
from footnote_bot.permissions import own_permissions
from footnote_bot.retrying import Retry
from footnote_bot.views.answer import answer_view
from footnote_bot.views.card import card_view

log = logging.getLogger(__name__)


class Posting:
    """Posts answers and cards, and keeps both in step with the verdicts."""

    def __init__(self, client: discord.Client, store: AnswerStore, retry: Retry) -> None:
        self._client = client
        self._store = store
        self._retry = retry
        self._catching_up = asyncio.Lock()

    async def answer_interaction(self, record: AnswerRecord, interaction: discord.Interaction[Any]) -> None:
        """Puts the answer in the place of "thinking". An edit may be repeated: it never shows twice."""
        embed, view = render.answer(record), answer_view(record.id)
        try:
            message = await self._retry(lambda: interaction.edit_original_response(embed=embed, view=view))
        except discord.NotFound:
            log.info("answer %d: the message that waited for it is gone", record.id)
            return
        await self._after_posting(record, message.id)

    async def answer_message(self, record: AnswerRecord, question: discord.Message) -> None:
        """Replies with the answer. The enforced nonce keeps a repeated post from showing twice."""
        embed, view = render.answer(record), answer_view(record.id)
        reply, nonce = reply_to(question), f"answer-{record.id}"
        message = await self._retry(lambda: reply(embed=embed, view=view, nonce=nonce))
        await self._after_posting(record, message.id)

    async def show_verdict(self, record: AnswerRecord) -> None:
        """Edits the card and the posted answer to show the record's verdict; what fails is left to `catch_up`."""
        if record.verdict is None:
            return
        shown = [
            await self._edit(record.card, lambda card: card.edit(embed=render.card(record), view=card_view(record))),
            await self._edit(record.posted, lambda answer: answer.edit(embed=render.answer(record))),
        ]
        if all(shown):
            await self._store.set_shown(record.id, record.verdict.decision)

    async def catch_up(self, guild_ids: Iterable[int]) -> None:
        """Shows verdicts and posts cards that a crash or a broken connection has kept back."""
        if self._catching_up.locked():
            return
        async with self._catching_up:
            for record in await self._store.unshown():
                await self.show_verdict(record)
            for guild_id in guild_ids:
                await self._post_missing_cards(guild_id)

    async def _after_posting(self, record: AnswerRecord, message_id: int) -> None:
        posted = MessageRef(record.channel_id, message_id)
        try:
            await self._store.set_posted(record.id, posted)
            await self._post_card(replace(record, posted=posted))
        except Exception:  # The asker has the answer; nothing that fails now may take its place.
            log.exception("answer %d: posted, but its record or card is not complete", record.id)

    async def _post_missing_cards(self, guild_id: int) -> None:
        review = await self._store.review_channel(guild_id)
        if review is None:
            return
        _, since = review
        for record in await self._store.without_card(guild_id, since=since):
            await self._post_card(record)

    async def _post_card(self, record: AnswerRecord) -> None:
        review = await self._store.review_channel(record.guild_id) if record.guild_id is not None else None
        if review is None:
            return
        channel = self._client.get_partial_messageable(review[0], guild_id=record.guild_id)
        embed, view = render.card(record), card_view(record)
        try:
            card = await self._retry(lambda: channel.send(embed=embed, view=view, nonce=f"card-{record.id}"))
        except Exception:
            log.warning("answer %d: no card in channel %d yet", record.id, channel.id, exc_info=True)
            return
        await self._store.set_card(record.id, MessageRef(channel.id, card.id))

    async def _edit(
        self, place: MessageRef | None, edit: Callable[[discord.PartialMessage], Awaitable[object]]
    ) -> bool:
        """Whether the edit is made, or there is no message that it could be made to."""
        if place is None:
            return True
        message = self._client.get_partial_messageable(place.channel_id).get_partial_message(place.message_id)
        try:
            await self._retry(lambda: edit(message))
        except discord.NotFound:
            log.info("message %d is gone", place.message_id)
        except Exception:
            log.warning("message %d in channel %d is not edited yet", place.message_id, place.channel_id, exc_info=True)
            return False
        return True


def reply_to(message: discord.Message) -> Callable[..., Awaitable[discord.Message]]:
    """`send` as a reply; as a plain post where the bot may not read the history: there Discord refuses replies."""
    if not own_permissions(message).read_message_history:
        return message.channel.send
    return partial(message.channel.send, reference=message.to_reference(fail_if_not_exists=False))
