"""The one message that a question gets in reply: drafts, then the answer or a line that says why there is none.

The database comes first, the message second: a reply is on record from before it is posted until it is done, so that
`repair` finds what a killed process has left.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import discord

from footnote.records.answers import AnswerRecord, MessageRef
from footnote.records.replies import Reply
from footnote.review.recording import Review
from footnote_bot.access.languages import Languages
from footnote_bot.page_links import Links
from footnote_bot.posts.finding import find_reply
from footnote_bot.posts.late import ELSEWHERE, HERE_IT_IS, NOT_SHOWN, Late, WaitingInteraction, is_token_lost
from footnote_bot.posts.late import RESTARTED as RESTARTED_LATE
from footnote_bot.posts.places import Content, Place
from footnote_bot.render import answers as render
from footnote_bot.timing import Timing
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import speaking
from footnote_bot.views.answer import answer_view
from footnote_bot.wire.editing import Editing, Outcome
from footnote_bot.wire.mentions import mention
from footnote_bot.wire.retrying import UNREACHABLE, Retry, failure_in_words, is_passing

log = logging.getLogger(__name__)

RESTARTED = N_("Footnote was restarted while it was answering this. Please ask again.")
TOKEN_LIVES = timedelta(minutes=15)
"""How long an interaction can be answered."""

_LONGEST_LINE = 2000
_FOR_MENTION = 100


class Replies:
    """Shows replies, and finishes abandoned ones."""

    def __init__(
        self,
        client: discord.Client,
        review: Review,
        retry: Retry,
        languages: Languages,
        links: Links | None = None,
        *,
        timing: Timing,
    ) -> None:
        self._client = client
        self._review = review
        self._store = review.store
        self._retry = retry
        self.languages = languages
        self._edit = Editing(client, retry)
        self._timing = timing
        self._late = Late(client, retry)
        self._links = links

    async def expect(self, place: Place) -> None:
        """Records that somebody waits there. Not for a private reply, which another process could not show."""
        if not place.is_private:
            await self._begin(place)

    async def drop(self, place: Place) -> None:
        """Records that nobody waits there."""
        await self._store.forget_reply(place.question_id)

    async def draft(self, place: Place, embed: discord.Embed) -> None:
        """Shows the progress of an answer, in one attempt."""
        is_new = place.message_id is None
        if is_new:
            await self._begin(place)
        try:
            async with asyncio.timeout(self._timing.for_draft):
                message_id = await place.show(Content.of(embed))
        except TimeoutError:
            place.has_late_draft = True
            raise
        if is_new:
            await self._begin(place, message_id)

    async def answer(self, place: Place, record: AnswerRecord) -> MessageRef | None:
        """Returns the message that shows the answer now; None when it is gone, when only the asker sees it, or when it
        is left to `repair`.
        """
        content = self.content_of(record)
        try:
            message_id = await self._retry(lambda: place.show(content))
            if place.has_late_draft:  # which may still arrive, and replace the answer
                await asyncio.sleep(self._timing.for_late_draft)
                message_id = await self._retry(lambda: place.show(content))
            return None if place.is_private else MessageRef(place.channel_id, message_id)
        except Exception as error:  # noqa: BLE001 - errors that are not Discord's are raised there
            return await self._answer_after(error, place, record)

    async def _answer_after(self, error: Exception, place: Place, record: AnswerRecord) -> MessageRef | None:
        """Handles a reply that could not be shown. Raises the error if it is not one of Discord's."""
        if is_token_lost(error) and place.asker_id and not place.is_private:
            return await self._show_late(
                WaitingInteraction(place.question_id, place.channel_id, place.asker_id), record
            )
        if isinstance(error, discord.NotFound) or place.is_private:
            log.info("answer %d: it cannot be shown to the asker: %s", record.id, failure_in_words(error))
            await self._store.forget_reply(place.question_id)
            return None
        if not is_passing(error):
            raise error
        if place.message_id is None:
            return MessageRef(place.channel_id, await _found_after(error, place))
        log.warning("answer %d: its draft is not replaced yet: %s", record.id, failure_in_words(error))
        return None

    def content_of(self, record: AnswerRecord, *, led_by: str | None = None) -> Content:
        """An answer as everybody sees it, with links to the reading room if it is on."""
        return content_of(record, self._links, led_by=led_by)

    async def tell(self, place: Place, line: str) -> None:
        """Shows one line instead of an answer, replacing what was shown so far."""
        content = Content(line[:_LONGEST_LINE])
        try:
            await self._retry(lambda: place.show(content))
        except UNREACHABLE as error:
            if is_token_lost(error) and place.asker_id and not place.is_private:
                await self._tell_late(WaitingInteraction(place.question_id, place.channel_id, place.asker_id), line)
                return
            log.info("question %d could not be answered: %s", place.question_id, failure_in_words(error))
            if is_passing(error):
                return
        await self._store.forget_reply(place.question_id)

    async def repair(self) -> list[tuple[AnswerRecord, MessageRef]]:
        """Finishes abandoned replies: with their answer, if there is one, or else with a line. Returns the answers
        shown.
        """
        repaired = []
        for reply in await self._review.abandoned_replies():
            if await self._review.claim_reply(reply):
                record = await self._store.get(reply.answer_id) if reply.answer_id is not None else None
                with speaking(self._language_of(reply, record)):
                    shown = await self._repair(reply, record)
                if shown:
                    repaired.append(shown)
                else:
                    await self._review.release_reply(reply)
        return repaired

    def _language_of(self, reply: Reply, record: AnswerRecord | None) -> str:
        """A record names its server, even if Discord has not reported the reply's thread yet."""
        if record is not None:
            return self.languages.of_readers(record)
        return self.languages.of_channel(reply.channel_id, reply.asker_id)

    async def _repair(self, reply: Reply, record: AnswerRecord | None) -> tuple[AnswerRecord, MessageRef] | None:
        place, outcome = await find_reply(self._client, self._retry, reply)
        if place and not self._is_stale(reply):
            content = self.content_of(record) if record else Content(_(RESTARTED))
            outcome = await self._edit(place, lambda message: message.edit(**content._asdict()))
            if record and outcome is Outcome.DONE:
                return record, place
        if outcome is Outcome.LATER:
            return None
        if reply.asker_id is not None and (place is None or outcome is not Outcome.DONE or self._is_stale(reply)):
            return await self._end_late(reply, record, place)
        await self._store.forget_reply(reply.question_id)
        return None

    def _is_stale(self, reply: Reply) -> bool:
        """Whether its "thinking" has become "did not respond": the asker would not notice an edit."""
        was_thinking = reply.asker_id is not None and reply.message_id is None
        return was_thinking and self._review.now() - reply.begun_at > TOKEN_LIVES

    async def _end_late(
        self, reply: Reply, record: AnswerRecord | None, stale: MessageRef | None
    ) -> tuple[AnswerRecord, MessageRef] | None:
        awaited = WaitingInteraction(reply.question_id, reply.channel_id, reply.asker_id or 0)
        if stale:
            await self._edit(stale, lambda message: message.delete())
        if record is None:
            await self._tell_late(awaited, RESTARTED_LATE)
            return None
        posted = await self._show_late(awaited, record)
        return (record, posted) if posted else None

    async def _show_late(self, awaited: WaitingInteraction, record: AnswerRecord) -> MessageRef | None:
        """Left to `repair` while Discord is unavailable. In direct messages, a held answer could not be shown later."""
        posted_as = self.content_of(record, led_by=f"{mention(awaited.asker_id)} {_(HERE_IT_IS)}")
        with self.languages.privately(awaited.asker_id):
            directly = self._directly(awaited, record)
        try:
            posted = await self._late.post(awaited, posted_as, directly=directly)
        except UNREACHABLE as error:
            log.warning("answer %d: it cannot be shown yet: %s", record.id, failure_in_words(error))
            return None
        if posted is None:
            await self._store.forget_reply(awaited.question_id)
        return posted

    def _directly(self, awaited: WaitingInteraction, record: AnswerRecord) -> Content:
        """An answer for direct messages, or why there is none."""
        where = _(ELSEWHERE).format(awaited.channel_id)
        if record.is_withheld:
            return Content(f"{where} {_(NOT_SHOWN)}")
        here_it_is = _(HERE_IT_IS)
        return self.content_of(record, led_by=f"{where} {here_it_is[:1].upper()}{here_it_is[1:]}")._replace(view=None)

    async def _tell_late(self, awaited: WaitingInteraction, line: str) -> None:
        """Translates a line into the asker's own language, if only they read it."""
        try:
            said = Content(f"{mention(awaited.asker_id)} {_shortened(line)}")
            with self.languages.privately(awaited.asker_id):
                directly = Content(f"{_(ELSEWHERE).format(awaited.channel_id)} {_shortened(line)}")
            await self._late.post(awaited, said, directly=directly)
        except UNREACHABLE as error:
            log.warning("question %d: nobody can be notified yet: %s", awaited.question_id, failure_in_words(error))
            return
        await self._store.forget_reply(awaited.question_id)

    async def _begin(self, place: Place, message_id: int | None = None) -> None:
        await self._review.begin_reply(
            place.question_id, place.channel_id, message_id=message_id, asker_id=place.asker_id
        )


async def _found_after(error: Exception, place: Place) -> int:
    """Perhaps the edits arrived, and only their responses were lost."""
    message_id = await place.find_answer()
    if message_id is None:
        raise error
    return message_id


def _shortened(line: str) -> str:
    return _(line)[: _LONGEST_LINE - _FOR_MENTION]


def content_of(record: AnswerRecord, links: Links | None = None, *, led_by: str | None = None) -> Content:
    """An answer as everybody sees it; without buttons while it is held."""
    linked = links.with_links(record) if links else record
    return Content.of(render.answer(linked), None if record.is_withheld else answer_view(record), led_by=led_by)
