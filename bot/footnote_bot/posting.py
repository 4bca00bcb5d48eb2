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
from footnote.review import Review
from footnote_bot import render
from footnote_bot.editing import Editing, Outcome
from footnote_bot.permissions import own_permissions
from footnote_bot.retrying import Retry, code_of, in_words, is_discords, is_passing
from footnote_bot.views.answer import answer_view
from footnote_bot.views.card import card_view

log = logging.getLogger(__name__)

CARDS_PER_PASS = 50
NOT_EDITED = "The answer itself could not be edited: I cannot see that channel. Delete it by hand."
_UNKNOWN_CHANNEL = 10003


class Posting:
    """Posts answers and cards, and keeps both in step with the verdicts."""

    def __init__(self, client: discord.Client, review: Review, retry: Retry) -> None:
        self._client = client
        self._review = review
        self._store = review.store
        self._retry = retry
        self._edit = Editing(client, retry)
        self._catching_up = asyncio.Lock()

    async def answer_interaction(self, record: AnswerRecord, interaction: discord.Interaction[Any]) -> None:
        """Puts the answer in the place of "thinking". An edit may be repeated: it never shows twice."""
        try:
            message_id = await self._show_answer(record, interaction)
        except discord.NotFound:
            log.info("answer %d: the message that waited for it is gone", record.id)
            return
        await self._after_posting(record, message_id)

    async def answer_message(self, record: AnswerRecord, question: discord.Message) -> None:
        """Replies with the answer. The enforced nonce keeps a repeated post from showing twice."""
        embed, view = render.answer(record), answer_view(record.id)
        reply, nonce = reply_to(question), _nonce("answer", record)
        message = await self._retry(lambda: reply(embed=embed, view=view, nonce=nonce))
        await self._after_posting(record, message.id)

    async def show_verdict(self, record: AnswerRecord, *, clicked: MessageRef | None = None) -> None:
        """Edits the card and the posted answer to show the record's verdict; what fails is left to `catch_up`.

        `clicked` is the card that the verdict was given on: after a crash there may be one that is not on record.
        """
        if record.verdict is None:
            return
        cards = {card for card in (record.card, clicked) if card}
        outcomes = [await self._edit_card(card, record) for card in cards]
        if record.posted:
            embed = render.answer(record)
            outcomes.append(await self._edit(record.posted, lambda answer: answer.edit(embed=embed)))
            if outcomes[-1] is Outcome.REFUSED:
                outcomes += [await self._edit_card(card, record, note=NOT_EDITED) for card in cards]
        if Outcome.LATER not in outcomes:
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

    async def _show_answer(self, record: AnswerRecord, interaction: discord.Interaction[Any]) -> int:
        """The message's id."""
        embed, view = render.answer(record), answer_view(record.id)
        try:
            return (await self._retry(lambda: interaction.edit_original_response(embed=embed, view=view))).id
        except Exception as error:
            if not is_passing(error):
                raise
            # Perhaps the edits arrived, and only their replies were lost.
            shown = await interaction.original_response()
            if not shown.embeds:
                raise
            return shown.id

    async def _edit_card(self, card: MessageRef, record: AnswerRecord, *, note: str | None = None) -> Outcome:
        embed, view = render.card(record), card_view(record)
        return await self._edit(card, lambda message: message.edit(content=note, embed=embed, view=view))

    async def _after_posting(self, record: AnswerRecord, message_id: int) -> None:
        posted = MessageRef(record.channel_id, message_id)
        try:
            await self._store.set_posted(record.id, posted)
            review = await self._store.review_channel(record.guild_id) if record.guild_id is not None else None
            if review is not None:
                await self._post_card(replace(record, posted=posted), review[0])
        except Exception:  # The asker has the answer; nothing that fails now may take its place.
            log.exception("answer %d: posted, but its record or card is not complete", record.id)

    async def _post_missing_cards(self, guild_id: int) -> None:
        review = await self._store.review_channel(guild_id)
        if review is None:
            return
        channel_id, since = review
        for record in await self._store.without_card(guild_id, since=since, limit=CARDS_PER_PASS):
            if not await self._post_card(record, channel_id):
                return

    async def _post_card(self, record: AnswerRecord, channel_id: int) -> bool:
        """Whether the channel takes cards now. One that is deleted switches review off."""
        channel = self._client.get_partial_messageable(channel_id, guild_id=record.guild_id)
        embed, view, nonce = render.card(record), card_view(record), _nonce("card", record)
        try:
            card = await self._retry(lambda: channel.send(embed=embed, view=view, nonce=nonce))
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("answer %d: no card in channel %d: %s", record.id, channel_id, in_words(error))
            if code_of(error) == _UNKNOWN_CHANNEL and record.guild_id is not None:
                await self._review.set_review_channel(record.guild_id, None)
            return not (is_passing(error) or isinstance(error, discord.Forbidden | discord.NotFound))
        await self._store.set_card(record.id, MessageRef(channel_id, card.id))
        return True


def reply_to(message: discord.Message) -> Callable[..., Awaitable[discord.Message]]:
    """`send` as a reply; as a plain post where the bot may not read the history: there Discord refuses replies."""
    if not own_permissions(message.channel).read_message_history:
        return message.channel.send
    return partial(message.channel.send, reference=message.to_reference(fail_if_not_exists=False))


def _nonce(kind: str, record: AnswerRecord) -> str:
    """The same for the same post, also after a restart; another one for the same number in a new database.

    Discord takes up to 25 characters.
    """
    return f"{kind}-{record.id}-{int(record.asked_at.timestamp()):x}"[:25]
