"""Questions that people wait for: asked again of each new generation, and answered where somebody asked for that.

The database comes first, the message second: which answer they are to be told of is on record before it is posted.
"""

from __future__ import annotations

import asyncio
import logging

import discord

from footnote.errors import EmptyIndex, FootnoteError
from footnote.models import Abstention, Answer
from footnote.ports import Asker
from footnote.records import AnswerRecord, Awaited, MessageRef
from footnote.review import Review
from footnote.stores import Waiting
from footnote_bot.below_abstention import BelowAbstention
from footnote_bot.posting import Posting
from footnote_bot.retrying import in_words, is_discords, is_passing
from footnote_bot.services import AskService, IndexService

log = logging.getLogger(__name__)

QUESTIONS_AT_ONCE = 50
"""In one pass; the next goes on. They are asked one by one, so that people who ask meanwhile come first."""


class Awaiting:
    """Tells people of answers that they wait for, each of them once."""

    def __init__(
        self,
        client: discord.Client,
        ask: AskService,
        index: IndexService,
        review: Review,
        waiting: Waiting,
        posting: Posting,
        *,
        time_limit: float,
    ) -> None:
        self._client = client
        self._ask = ask
        self._index = index
        self._review = review
        self._store = review.store
        self._waiting = waiting
        self._posting = posting
        self._time_limit = time_limit
        self._looking = asyncio.Lock()
        self._is_due = False

    async def look(self) -> None:
        """Asks what was not asked in the live generation yet. Called again meanwhile, it looks for more in the end."""
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
            await self._tell(awaited)

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
            log.warning("questions that people wait for are not asked again: %s", error)

    async def _ask_for(self, awaited: Awaited) -> None:
        abstention = await self._store.get(awaited.answer_id)
        outcome = await self._outcome(abstention, Asker(awaited.people[0], abstention.guild_id))
        if not isinstance(outcome, Answer):
            return
        answer = await self._record(outcome, abstention, asker_id=awaited.people[0])
        if await self._waiting.answer(abstention.id, answer.id):
            log.info("answer %d: answers %d, for which people wait", answer.id, abstention.id)
            await self._tell_all()

    async def _outcome(self, abstention: AnswerRecord, asker: Asker) -> Answer | Abstention | None:
        """None where it takes too long, or trips over the question: with that one, the others should not have to wait.

        Raises FootnoteError.
        """
        try:
            async with asyncio.timeout(self._time_limit):
                return await self._ask(abstention.understood or abstention.question, asker=asker)
        except FootnoteError:
            raise
        except Exception:
            log.exception("answer %d: its question could not be asked again", abstention.id)
            return None

    async def _record(self, outcome: Answer, abstention: AnswerRecord, *, asker_id: int) -> AnswerRecord:
        """The one place where it is decided how such an answer is handled: at once, and reviewed."""
        return await self._review.record(
            outcome, asker_id=asker_id, guild_id=abstention.guild_id, channel_id=abstention.channel_id
        )

    async def _tell(self, awaited: Awaited) -> None:
        abstention = await self._store.get(awaited.answer_id)
        answer = await self._store.get(awaited.answered_by or 0)
        if answer.posted or abstention.posted is None or await self._is_over(abstention.posted, awaited, answer):
            await self._waiting.set_told(answer.id, self._review.now())

    async def _is_over(self, abstention: MessageRef, awaited: Awaited, answer: AnswerRecord) -> bool:
        """Posts the answer. False when the next pass has to look again; what Discord refuses is over, for the channel
        is gone, or the bot may not write there any more.
        """
        place = BelowAbstention(self._client, abstention, awaited, answer)
        try:
            await self._posting.answer(place, answer)
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("answer %d: nobody is told of it: %s", answer.id, in_words(error))
            return not is_passing(error)
        return place.message_id is None or (await self._store.get(answer.id)).posted is not None
