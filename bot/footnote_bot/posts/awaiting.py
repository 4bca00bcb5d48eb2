"""Questions that people wait for: asked again in each new generation, and answered where people wait.

The database comes first, the message second: which answer they get is recorded before it is posted.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import replace

import discord

from footnote.errors import EmptyIndex, FootnoteError
from footnote.models import Abstention, Answer
from footnote.records.answers import AnswerRecord, Awaited, Hold, MessageRef
from footnote.review.recording import Review
from footnote.stores import Waiting
from footnote_bot.access.direct_messages import NotInDirectMessages
from footnote_bot.asking import Asking, Inquiry
from footnote_bot.discord_services import IndexService
from footnote_bot.posts.below_recorded import BelowRecorded
from footnote_bot.posts.places import Content
from footnote_bot.posts.posting import Posting
from footnote_bot.translations.language import speaking
from footnote_bot.wire.retrying import Retry, failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)

QUESTIONS_AT_ONCE = 50
"""How many in one pass; the next pass continues. They are asked one by one, so that people who ask meanwhile come
first.
"""


class Awaiting:
    """Notifies people of answers that they wait for, each person once."""

    def __init__(
        self,
        client: discord.Client,
        asking: Asking,
        index: IndexService,
        review: Review,
        waiting: Waiting,
        posting: Posting,
        retry: Retry,
    ) -> None:
        self._client = client
        self._asking = asking
        self._index = index
        self._review = review
        self._store = review.store
        self._waiting = waiting
        self._posting = posting
        self._retry = retry
        self._looking = asyncio.Lock()
        self._is_due = False

    async def run_once(self) -> None:
        """Asks what was not asked in the live generation yet. If it is called again meanwhile, it looks for more at the
        end.
        """
        self._is_due = True
        if self._looking.locked():
            return
        async with self._looking:
            while self._is_due:
                self._is_due = False
                await self._tell_all()
                await self._ask_again()

    async def _tell_all(self) -> None:
        for awaited in await self._waiting.untold():
            await self._tell_in_their_language(awaited)

    async def _ask_again(self) -> None:
        try:
            live = (await self._index.status()).generation
            for awaited in await self._waiting.due(live, limit=QUESTIONS_AT_ONCE):
                if (await self._index.status()).generation != live:
                    return
                await self._ask_for(awaited)
                await self._store.set_checked([awaited.answer_id], live)
        except EmptyIndex:
            return
        except FootnoteError as error:
            log.warning("questions that people wait for could not be asked again: %s", error)
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("questions that people wait for could not be asked again: %s", failure_in_words(error))

    async def _ask_for(self, awaited: Awaited) -> None:
        abstention = await self._store.get(awaited.answer_id)
        inquiry = await self._inquiry(abstention, awaited.people[0])
        if inquiry is None:
            await self._waiting.give_up(abstention.id)
            return
        outcome = await self._outcome(abstention, inquiry)
        if not isinstance(outcome, Answer):
            return
        answer = await self._asking.record(inquiry, outcome)
        if await self._waiting.answer(abstention.id, answer.id):
            log.info("answer %d: answers %d, for which people wait", answer.id, abstention.id)
            await self._tell_all()

    async def _inquiry(self, abstention: AnswerRecord, asker_id: int) -> Inquiry | None:
        """None when the channel is gone, or the asker is no longer answered in direct messages."""
        try:
            channel = await self._channel(abstention)
            asker = await self._asking.asker(asker_id, abstention.guild_id, abstention.channel_id)
        except (discord.NotFound, discord.Forbidden) as error:
            log.info("answer %d: its channel is gone: %s", abstention.id, failure_in_words(error))
            return None
        except NotInDirectMessages as refused:
            log.info("answer %d: no notice was posted: %s", abstention.id, refused)
            return None
        policy = await self._asking.policy(asker, channel, abstention.channel_id)
        text = abstention.understood or abstention.question
        inquiry = self._asking.inquiry(
            text, asker, policy, channel_id=abstention.channel_id, origin=abstention.id, is_reply=False
        )
        calls_people = await self._asking.calls_people(asker, channel, abstention.channel_id)
        return replace(inquiry, calls_people=calls_people)

    async def _channel(self, abstention: AnswerRecord) -> object:
        """None in direct messages. Raises discord's NotFound and Forbidden."""
        if abstention.guild_id is None:
            return None
        known = self._client.get_channel(abstention.channel_id)
        return known or await self._retry(lambda: self._client.fetch_channel(abstention.channel_id))

    async def _outcome(self, abstention: AnswerRecord, inquiry: Inquiry) -> Answer | Abstention | None:
        """None if it takes too long or fails on the question, so that the others do not have to wait.

        Raises FootnoteError.
        """
        try:
            return await self._asking.outcome(inquiry)
        except FootnoteError:
            raise
        except Exception:
            log.exception("answer %d: its question could not be asked again", abstention.id)
            return None

    async def _tell_in_their_language(self, awaited: Awaited) -> None:
        abstention = await self._store.get(awaited.answer_id)
        with speaking(self._posting.languages.of_readers(abstention)):
            await self._tell(awaited)

    async def _tell(self, awaited: Awaited) -> None:
        """In a channel that holds its answers, the mention comes in its own message when the answer is released: an
        edited message mentions nobody. `Notices` notifies the asker, who is the first of them.
        """
        abstention, answer = await self._store.get(awaited.answer_id), await self._store.get(awaited.answered_by or 0)
        if abstention.posted and not answer.posted:
            people = () if answer.is_withheld else awaited.people
            place = BelowRecorded(self._client, abstention.posted, answer, people)
            if not await self._is_done(answer, self._posting.answer(place, answer)):
                return
            answer = await self._store.get(answer.id)
            if place.message_id and not answer.posted:
                return
        if answer.posted and answer.hold:
            if answer.hold is Hold.WAITING:
                return
            others = [person for person in awaited.people if person != answer.asker_id and not answer.is_withheld]
            place = BelowRecorded(self._client, answer.posted, answer, others)
            if others and not await self._is_done(answer, self._retry(lambda: place.show(Content()))):
                return
            if place.line and place.message_id:
                message = MessageRef(answer.posted.channel_id, place.message_id)
                await self._posting.notices.note(message, answer.id, place.line)
        await self._waiting.set_told(answer.id, self._review.now())

    async def _is_done(self, answer: AnswerRecord, telling: Awaitable[object]) -> bool:
        """False when the next pass has to do it. If Discord refuses, it is done: the channel is gone, or the bot may no
        longer write there.
        """
        try:
            await telling
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("answer %d: no notice of it was posted: %s", answer.id, failure_in_words(error))
            return not is_passing(error)
        return True
