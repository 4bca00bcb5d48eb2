"""Answers and review cards as Discord messages: posted once, edited later, caught up after a restart.

The database comes first, the message second. Whatever a message does not show yet is found again by `catch_up`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from weakref import WeakValueDictionary

import discord

from footnote.records.answers import AnswerRecord, MessageRef
from footnote.review.recording import Review
from footnote.stores import Stores
from footnote_bot.access.privacy import Privacy
from footnote_bot.cited_contexts import Contexts
from footnote_bot.posts.lost_review import UNKNOWN_CHANNEL, LostReview
from footnote_bot.posts.notices import Notices
from footnote_bot.posts.places import Place
from footnote_bot.posts.replies import Replies
from footnote_bot.render.cards import card as render_card
from footnote_bot.render.cards import hidden_card
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import speaking
from footnote_bot.views.card import card_view, hidden_card_view
from footnote_bot.wire.editing import Editing, Outcome
from footnote_bot.wire.retrying import Retry, code_of, failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)

CARDS_PER_PASS = 50
NOT_EDITED = N_("The answer itself could not be edited: I cannot see that channel. Delete it by hand.")


class Posting:
    """Posts answers and cards, and keeps both in step with the verdicts."""

    def __init__(
        self,
        client: discord.Client,
        review: Review,
        stores: Stores,
        contexts: Contexts,
        retry: Retry,
        privacy: Privacy,
        lost_review: LostReview,
        replies: Replies,
    ) -> None:
        self._client = client
        self._review = review
        self._store = review.store
        self._contexts = contexts
        self._retry = retry
        self._privacy = privacy
        self.lost_review = lost_review
        self._questions = stores.questions
        self.edit = Editing(client, retry)
        self.replies = replies
        self.languages = replies.languages
        self.notices = Notices(client, review.store, stores.notices, retry, self.edit)
        self._catching_up = asyncio.Lock()
        self._throttles: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, place: Place, record: AnswerRecord) -> MessageRef | None:
        """Shows the answer, and its card if there is review. Returns where everybody sees it now."""
        with speaking(self.languages.of_readers(record)):
            posted = await self.replies.answer(place, record)
            if posted is not None:
                await self._after_posting(record, posted)
        return posted

    async def withdraw(self, record: AnswerRecord, *, with_message: bool = False) -> None:
        """Withdraws the answer and its card. `with_message`: the message is deleted too."""
        await self._questions.withdraw(record.id)
        for message in filter(None, [record.card, record.posted if with_message else None]):
            await self.edit(message, lambda one: one.delete())

    async def show_verdict(self, record: AnswerRecord) -> None:
        """Edits the card and the posted answer to show the record's verdict, the status of its citations, and other
        changes, and notifies the asker; what fails is left to `catch_up`, or to `Ageing.show`.
        """
        async with self._throttles.setdefault(record.id, asyncio.Lock()):
            # Of two changes in quick succession, the one that is shown last should be the one that was made last.
            latest = await self._store.get(record.id)
            with speaking(self.languages.of_readers(latest)):
                await self._show(latest)

    async def _show(self, record: AnswerRecord) -> None:
        outcomes = [await self._edit_card(record.card, record)] if record.card else []
        if record.posted:
            content = self.replies.content_of(record)
            outcome = await self.edit(record.posted, lambda answer: answer.edit(**content._asdict()))
            outcomes.append(outcome)
            if outcome is Outcome.REFUSED and record.card and outcomes[0] is Outcome.DONE:
                outcomes.append(await self._edit_card(record.card, record, note=_(NOT_EDITED)))
            elif outcome is Outcome.DONE and Outcome.LATER not in outcomes:
                outcomes.append(await self.notices.tell(record))
        if Outcome.LATER not in outcomes:
            shown = record.verdict.decision if record.verdict else None
            await self._store.set_shown(record.id, shown, changes=record.changes)

    async def catch_up(self, guild_ids: Iterable[int]) -> None:
        """Shows verdicts, cards and answers that a crash or a broken connection has kept back."""
        if self._catching_up.locked():
            return
        async with self._catching_up:
            for record in await self._store.unshown():
                await self.show_verdict(record)
            guild_ids = [*guild_ids]
            await self.lost_review.look(guild_ids)
            for guild_id in guild_ids:
                await self.post_missing_cards(guild_id)
            for record, posted in await self.replies.repair():
                with speaking(self.languages.of_readers(record)):
                    await self._after_posting(record, posted)

    async def _edit_card(self, card: MessageRef, record: AnswerRecord, *, note: str | None = None) -> Outcome:
        embed, view = await self._card(record, card.channel_id)
        outcome = await self.edit(card, lambda message: message.edit(content=note, embed=embed, view=view))
        if outcome is Outcome.GONE and card == record.card and record.verdict is None:
            await self._post_again(record)
        return outcome

    async def _post_again(self, record: AnswerRecord) -> None:
        """Posts a card again that was deleted, if there is something to decide."""
        await self._store.set_card(record.id, None)
        if record.guild_id is not None:
            await self.post_missing_cards(record.guild_id)

    async def _after_posting(self, record: AnswerRecord, posted: MessageRef) -> None:
        try:
            await self._store.set_posted(record.id, posted)
            if record.guild_id is not None and self._client.get_guild(record.guild_id) is None:
                return  # repaired for another process, which has that server and posts the card
            review = await self._store.review_channel(record.guild_id) if record.guild_id is not None else None
            if review is not None and record.is_for_review:
                await self._post_card(replace(record, posted=posted), review[0])
        except Exception:  # The asker has the answer; a failure from here on must not replace it.
            log.exception("answer %d: posted, but its record or card is not complete", record.id)

    async def post_missing_cards(self, guild_id: int) -> None:
        """Cards for answers that need review, as many as one pass handles."""
        review = await self._store.review_channel(guild_id)
        if review is None:
            return
        channel_id, since = review
        with speaking(self.languages.of_server(guild_id)):
            for record in await self._store.without_card(guild_id, since=since, limit=CARDS_PER_PASS):
                if not await self._post_card(record, channel_id):
                    return

    async def _card(self, record: AnswerRecord, channel_id: int) -> tuple[discord.Embed, discord.ui.View]:
        if await self._privacy.hides(record, channel_id):
            return hidden_card(record), hidden_card_view(record)
        return render_card(record, await self._contexts.of(record, record.citations)), card_view(record)

    async def _post_card(self, record: AnswerRecord, channel_id: int) -> bool:
        """Whether the channel accepts cards now. A deleted channel switches review off."""
        channel = self._client.get_partial_messageable(channel_id, guild_id=record.guild_id)
        embed, view = await self._card(record, channel_id)
        nonce = _nonce(record)
        try:
            card = await self._retry(lambda: channel.send(embed=embed, view=view, nonce=nonce))
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("answer %d: no card in channel %d: %s", record.id, channel_id, failure_in_words(error))
            if code_of(error) == UNKNOWN_CHANNEL and record.guild_id is not None:
                await self.lost_review.is_lost(record.guild_id, channel_id)
            return not (is_passing(error) or isinstance(error, discord.Forbidden | discord.NotFound))
        await self._store.set_card(record.id, MessageRef(channel_id, card.id))
        return True


def _nonce(record: AnswerRecord) -> str:
    """The nonce of a card. It stays the same after a restart, and differs in a later round of review and in a new
    database.

    Discord accepts up to 25 characters.
    """
    round_mark = f"-{record.round}" if record.round > 1 else ""
    return f"card-{record.id}-{int(record.asked_at.timestamp()):x}{round_mark}"[:25]
