"""The steps that all questions have in common, however they are asked: check, admit, ask, record, show."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import discord

from footnote.answering.questions import clean_question
from footnote.errors import FootnoteError, NoQuestion, Stopping
from footnote.models import Abstention, Answer
from footnote.ports import Asker, Turn
from footnote.records.answers import AnswerRecord, MessageRef
from footnote_bot.access.ask_limits import QuestionTurn, Turns
from footnote_bot.access.permissions import require_writer, require_writing
from footnote_bot.asking import ALONE, LONGEST_QUESTION, Asking, Inquiry, Wish
from footnote_bot.inquiries.files import Files
from footnote_bot.posts.drafts import DraftPace, shown_drafts
from footnote_bot.posts.history import History
from footnote_bot.posts.places import BelowMessage, InThinking, Place
from footnote_bot.posts.posting import Posting
from footnote_bot.posts.thinking import show_thinking
from footnote_bot.posts.threads import Threads
from footnote_bot.render.help import IN_SHORT
from footnote_bot.render.small_talk import reply_to_small_talk
from footnote_bot.translations.catalogue import N_, _, in_each_language, written
from footnote_bot.translations.language import in_public
from footnote_bot.wire.channel_queues import ChannelQueues
from footnote_bot.wire.interactions import acknowledge, error_line, offer
from footnote_bot.wire.mentions import MentionNames

HOW_TO_ASK = N_("Ask me about the articles: use /ask, or mention me with your question.")
NOT_LATER = N_(
    "Moderators review answers here before they are shown, and I could not show yours later. Ask an administrator "
    "to give me View Channel in this channel, then ask again."
)
NOT_PRIVATELY = N_(
    "Moderators review answers here before they are shown, so there are no private answers. Ask in public."
)
ONLY_PRIVATELY = N_("You cannot write in this channel. Choose the answer that only you see.")
TOO_SLOW = N_("The answer is taking too long. Please ask again later.")
HELP = N_("help")
"""The word that asks for help."""

_HOMES = (discord.TextChannel, discord.VoiceChannel, discord.StageChannel, discord.Thread)
"""Where the bot's permissions are known."""


class QuestionRefused(FootnoteError):
    """It is no question, or too long, or answering took too long."""


class Inquiries:
    """Asks on behalf of people. Errors appear where the answer would be."""

    def __init__(
        self,
        client: discord.Client,
        asking: Asking,
        posting: Posting,
        history: History,
        turns: Turns,
        threads: Threads,
        files: Files,
        *,
        pace: DraftPace,
    ) -> None:
        self._client = client
        self.asking = asking
        self.posting = posting
        self.history = history
        self.turns = turns
        self.threads = threads
        self.files = files
        self._pace = pace
        self.lines = ChannelQueues()

    @property
    def bot(self) -> discord.ClientUser:
        assert self._client.user is not None, "people ask after the login"  # noqa: S101 - not input
        return self._client.user

    def checked(
        self,
        text: str,
        asker: discord.Member | discord.User,
        known: Sequence[discord.Member | discord.User] = (),
    ) -> str:
        """The question in plain words. Raises QuestionRefused."""
        try:
            question = clean_question(MentionNames(asker, self.bot, known)(text))
        except NoQuestion as error:
            raise QuestionRefused(HOW_TO_ASK) from error
        if question.casefold().strip(" !?./") in in_each_language(HELP):
            raise QuestionRefused(IN_SHORT)
        if reply := reply_to_small_talk(question):
            raise QuestionRefused(reply)
        if len(question) > LONGEST_QUESTION:
            line = _("A question can have up to {most} characters; yours has {length}. Please shorten it.")
            raise QuestionRefused(line.format(most=written(LONGEST_QUESTION), length=written(len(question))))
        return question

    async def from_interaction(
        self,
        interaction: discord.Interaction[Any],
        text: str,
        wish: Wish = ALONE,
        *,
        attached: Sequence[discord.Attachment] = (),
    ) -> None:
        """For a command, button or form that nothing has responded to yet. Until then, it raises FootnoteError, so that
        only the asker sees a refusal.
        """
        if not (wish.is_private or interaction.type is discord.InteractionType.application_command):
            require_writer(interaction)  # Discord checks that for commands
        file = self.files.chosen(attached)
        question = self.checked(text, interaction.user)
        channel_id = interaction.channel_id or 0  # commands always come with a channel
        await self.asking.require_channel(interaction.channel, channel_id, interaction.user)
        async with self.turns.admitted(interaction.user) as turn:
            place = InThinking(interaction, is_private=wish.is_private)
            if not await show_thinking(interaction, place, self.posting.replies):
                return
            with nullcontext() if wish.is_private else in_public():
                posted = await self._in_thinking(interaction, place, question, wish, file, turn)
            if posted:
                await self.threads.below(posted, interaction.channel, question)

    async def _in_thinking(
        self,
        interaction: discord.Interaction[Any],
        place: InThinking,
        question: str,
        wish: Wish,
        file: discord.Attachment | None,
        turn: QuestionTurn,
    ) -> MessageRef | None:
        user = interaction.user
        try:
            alone = user if wish.is_private else None
            asker = await self.asking.asker(user.id, interaction.guild_id, place.channel_id, alone=alone)
            if file:
                wish = replace(wish, attached=await self.files.read(file))
            inquiry = await self.begin(question, place, asker, interaction.channel, wish)
            before = self.history.up_to(wish.follows) if wish.follows else self.history.before_command(interaction)
            return await self.answer(inquiry, before, place, turn)
        except Exception as error:  # noqa: BLE001 - `error_line` logs unknown errors
            await self.posting.replies.tell(place, error_line(error))
            return None

    async def below(self, interaction: discord.Interaction[Any], text: str, message_id: int) -> None:
        """Replies to a message that somebody else wrote, for a button that only the asker sees. Nobody is pinged."""
        require_writing(interaction, ONLY_PRIVATELY)
        channel, user = interaction.channel, interaction.user
        channel_id = interaction.channel_id or 0
        question = self.checked(text, user)
        await self.asking.require_channel(channel, channel_id, user)
        async with self.turns.admitted(user) as turn:
            if not await acknowledge(interaction):
                return
            asker = await self.asking.asker(user.id, interaction.guild_id, channel_id)
            home = channel if isinstance(channel, _HOMES) else self._client.get_partial_messageable(channel_id)
            message = home.get_partial_message(message_id)
            with self.lines.spot(channel_id) as spot:
                place = BelowMessage(message, spot, asked_by=interaction.id)
                try:
                    inquiry = await self.begin(question, place, asker, channel)
                    with in_public():
                        await self.answer(inquiry, _nothing_before(), place, turn)
                except Exception as error:
                    if place.message_id is None and not place.has_late_draft:
                        raise  # nothing is posted, so only the asker needs to know
                    with in_public():
                        await self.posting.replies.tell(place, error_line(error))
                    return
            await offer(interaction, _("Answered below that message."), None)

    async def begin(self, question: str, place: Place, asker: Asker, channel: object, wish: Wish = ALONE) -> Inquiry:
        """Held replies are on record from the start.

        Raises QuestionRefused if a held answer could not be shown later.
        """
        policy = await self.asking.policy(asker, channel, place.channel_id)
        inquiry = self.asking.inquiry(
            question,
            asker,
            policy,
            channel_id=place.channel_id,
            origin=place.question_id,
            wish=wish,
        )
        if inquiry.is_held and not place.is_reachable:
            raise QuestionRefused(NOT_LATER)
        if inquiry.is_held and inquiry.is_private:
            raise QuestionRefused(NOT_PRIVATELY)
        calls_people = await self.asking.calls_people(asker, channel, place.channel_id)
        inquiry = replace(inquiry, calls_people=calls_people)
        if inquiry.is_held:
            await self.asking.begin_reply(inquiry)
        return inquiry

    async def answer(
        self,
        inquiry: Inquiry,
        before: Coroutine[Any, Any, Sequence[Turn]],
        place: Place,
        turn: QuestionTurn,
        *,
        instead_of: AnswerRecord | None = None,
        unless: Callable[[], Awaitable[bool]] | None = None,
    ) -> MessageRef | None:
        """Asks, records the outcome before anybody sees it, and posts it, perhaps replacing another answer. If `unless`
        is true in the end, nothing is posted.
        """
        pace = self._pace if unless is None else None
        outcome = await self._outcome(inquiry, turn.then(before), place, pace)
        turn.end()  # others may begin while this one waits for its place in the channel
        if unless and await unless():
            return None
        record = await self.asking.record(inquiry, outcome)
        if instead_of:
            await self.posting.withdraw(instead_of)
        return await self.posting.answer(place, record)

    async def _outcome(
        self, inquiry: Inquiry, conversation: Awaitable[Sequence[Turn]], place: Place, pace: DraftPace | None
    ) -> Answer | Abstention:
        pace = None if inquiry.is_held else pace  # nobody may see what no moderator has seen
        async with shown_drafts(self.posting.replies, place, inquiry.text, pace) as on_drafting:
            try:
                return await self.asking.outcome(inquiry, conversation=conversation, on_drafting=on_drafting)
            except TimeoutError as error:
                raise QuestionRefused(TOO_SLOW) from error
            except (
                asyncio.CancelledError
            ) as cut_off:  # by the end of the process, which waits for the reply to the asker
                raise Stopping from cut_off


async def _nothing_before() -> Sequence[Turn]:
    return ()
