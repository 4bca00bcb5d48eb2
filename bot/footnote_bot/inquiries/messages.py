"""Questions that are messages; rules.py says which."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from functools import partial

import discord

from footnote.errors import FootnoteError
from footnote.records.answers import AnswerRecord, MessageRef
from footnote.stores import QuestionStore
from footnote_bot.access.ask_limits import TooManyQuestions
from footnote_bot.access.languages import Languages
from footnote_bot.asking import ALONE, LONGEST_QUESTION, Wish
from footnote_bot.inquiries.files import FileRefused
from footnote_bot.inquiries.hints import ThreadHints
from footnote_bot.inquiries.inquiries import Inquiries, QuestionRefused
from footnote_bot.inquiries.rules import FoundQuestion, QuestionRules, Way
from footnote_bot.inquiries.unwritable import CannotWrite, require_answering, tell_otherwise
from footnote_bot.posts.at_answer import AtAnswer
from footnote_bot.posts.places import BelowMessage, Place
from footnote_bot.translations.catalogue import N_
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import error_line
from footnote_bot.wire.mentions import mentions_own_role
from footnote_bot.wire.retrying import UNREACHABLE

log = logging.getLogger(__name__)

ROLE_MENTIONED = N_(
    "You mentioned my role, and Discord does not show me the text of such messages. "
    "Mention me, the member of the same name, or use /ask."
)
_REMEMBERED = 1000  # messages
_TYPING_MAY_TAKE = 2.0  # seconds; it is a courtesy, and not worth waiting for


class MessageQuestions:
    """Answers messages, in each channel in the order in which they arrived."""

    def __init__(
        self,
        client: discord.Client,
        inquiries: Inquiries,
        questions: QuestionStore,
        in_flight: InFlight,
        rules: QuestionRules,
        hints: ThreadHints,
        languages: Languages,
    ) -> None:
        self._client = client
        self._inquiries = inquiries
        self._questions = questions
        self._in_flight = in_flight
        self._rules = rules
        self._hints = hints
        self._languages = languages
        self._taken: deque[int] = deque(maxlen=_REMEMBERED)
        self._refused: deque[tuple[int, MessageRef]] = deque(maxlen=_REMEMBERED)
        self._in_hand: dict[int, datetime] = {}

    @property
    def oldest_in_hand(self) -> datetime | None:
        """When the first message was sent that still waits for its turn or is being answered."""
        return min(self._in_hand.values(), default=None)

    async def settled(self, message_id: int, channel_id: int) -> None:
        """Returns when the message is not being answered, or no longer."""
        if message_id in self._in_hand:
            with self._inquiries.lines.spot(channel_id) as spot:
                await spot.comes()

    async def take(self, message: discord.Message) -> None:
        """Answers the message if it is a question, once: Discord may report it again after reconnecting."""
        if not self._rules.may_concern_us(message) or message.id in self._taken:
            return
        self._taken.append(message.id)
        self._in_hand[message.id] = message.created_at
        try:
            await self._take(message)
        finally:
            del self._in_hand[message.id]

    async def _take(self, message: discord.Message) -> None:
        self._languages.read(message)
        with self._inquiries.lines.spot(message.channel.id) as spot:
            async with AsyncExitStack() as typing:
                refusal = dict(self._refused).get(message.id)
                below = BelowMessage(message, spot, on_posted=typing.aclose)
                place = AtAnswer(self._client, message.id, refusal) if refusal else below
                found = None
                try:
                    self._in_flight.join()
                    found = await self._rules.question_in(message)
                    if found and not await self._is_answered_before(message, found):
                        await self._answer(message, found, place, typing)
                except Exception as error:  # noqa: BLE001 - `_tell` reports unknown errors
                    await self._tell(message, found, place, error)
                if found is None:
                    with suppress(ValueError):
                        self._taken.remove(message.id)  # once it is edited, it may be a question
                    await self._hints.after(message)

    async def take_again(self, message: discord.Message) -> None:
        """Handles an edited message: the answer to its old text is replaced; one that was not a question, or was
        refused, may be answered now.
        """
        if not self._rules.may_concern_us(message):
            return
        if await self._is_known(message):
            self._languages.read(message)
            with self._inquiries.lines.spot(message.channel.id) as spot:
                self._in_flight.join()
                await spot.comes()  # its old text may still be in progress
                await self._replace(message)
        if not await self._is_known(message):
            await self.take(message)

    async def _is_known(self, message: discord.Message) -> bool:
        return message.id in self._taken or await self._questions.find(message.id) is not None

    async def is_open(self, message: discord.Message) -> bool:
        """Whether it is a question that has not been answered yet."""
        if not self._rules.may_concern_us(message) or await self._questions.find(message.id):
            return False
        return await self._rules.question_in(message) is not None

    async def _replace(self, message: discord.Message) -> None:
        """Leaves the answer as it is if the question has not changed or is no longer one, or if a moderator has
        decided.
        """
        record = await self._questions.find(message.id)
        if record is None or record.posted is None or not _may_be_replaced(record, message.author.id):
            return
        found = await self._rules.question_in(message)
        if found is None:
            return
        place = AtAnswer(self._client, message.id, record.posted)
        async with AsyncExitStack() as typing:
            try:
                if self._checked(message, found) != record.question:
                    await self._answer(message, found, place, typing, instead_of=record)
            except TooManyQuestions as refusal:
                with self._languages.privately(message.author.id):
                    await self._inquiries.turns.tell_privately(message, refusal)
            except FootnoteError as error:
                log.info("question %d: the edited question is not answered: %s", message.id, type(error).__name__)

    async def _answer(
        self,
        message: discord.Message,
        found: FoundQuestion,
        place: BelowMessage | AtAnswer,
        typing: AsyncExitStack,
        *,
        instead_of: AnswerRecord | None = None,
    ) -> None:
        require_answering(message)
        if not message.content and mentions_own_role(message):
            raise QuestionRefused(ROLE_MENTIONED)
        inquiries = self._inquiries
        question, file = self._checked(message, found), self._file_of(message, found)
        await inquiries.asking.require_channel(message.channel, message.channel.id, message.author)
        guild_id = message.guild.id if message.guild else None
        async with inquiries.turns.admitted(message.author) as turn:
            channel = await self._home(message, question, place)
            asker = await inquiries.asking.asker(message.author.id, guild_id, channel.id)
            await _type(channel, until_closed=typing)
            wish = Wish(attached=await inquiries.files.read(file)) if file else ALONE
            inquiry = await inquiries.begin(question, place, asker, channel, wish)
            before = inquiries.history.before_message(message)
            unless = self._unless_left_to_people(message, found)
            await inquiries.answer(inquiry, before, place, turn, instead_of=instead_of, unless=unless)

    def _checked(self, message: discord.Message, found: FoundQuestion) -> str:
        """Raises QuestionRefused. Of a long post, only the beginning is used."""
        text = found.text[:LONGEST_QUESTION] if found.way is Way.POST else found.text
        return self._inquiries.checked(text, message.author, message.mentions)

    def _file_of(self, message: discord.Message, found: FoundQuestion) -> discord.Attachment | None:
        """Raises FileRefused if somebody has asked the bot; otherwise, attachments that are not text are ignored."""
        try:
            return self._inquiries.files.chosen(message.attachments)
        except FileRefused:
            if found.expects_reply:
                raise
            return None

    async def _home(
        self, message: discord.Message, question: str, place: BelowMessage | AtAnswer
    ) -> discord.abc.MessageableChannel:
        """The channel that the answer goes to."""
        if isinstance(place, BelowMessage):
            thread = await self._inquiries.threads.for_message(message, question)
            if thread is not None:
                place.move_into(thread)
                return thread
        return message.channel

    def _unless_left_to_people(
        self, message: discord.Message, found: FoundQuestion
    ) -> Callable[[], Awaitable[bool]] | None:
        if found.way is not Way.POST or not isinstance(message.channel, discord.Thread):
            return None
        return partial(self._rules.is_left_to_people, message.channel)

    async def _is_answered_before(self, message: discord.Message, found: FoundQuestion) -> bool:
        """A post is answered only once, even after a restart."""
        return found.way is Way.POST and await self._questions.find(message.id) is not None

    async def _tell(
        self, message: discord.Message, found: FoundQuestion | None, place: Place, error: Exception
    ) -> None:
        """If nobody has asked the bot, it does not say why there is no answer."""
        if not (found.expects_reply if found else self._rules.is_to_us(message)):
            log.info("question %d: no reply is posted: %s", message.id, type(error).__name__)
            if not isinstance(error, FootnoteError):
                error_line(error)
        elif isinstance(error, TooManyQuestions):
            with self._languages.privately(message.author.id):
                await self._inquiries.turns.tell_privately(message, error)
        elif isinstance(error, CannotWrite):
            with self._languages.privately(message.author.id):
                await tell_otherwise(message)
        else:
            await self._inquiries.posting.replies.tell(place, error_line(error))
            if isinstance(error, FootnoteError) and place.message_id:
                with suppress(ValueError):
                    self._taken.remove(message.id)  # once it is edited, it may be answered there
                self._refused.append((message.id, MessageRef(place.channel_id, place.message_id)))


def _may_be_replaced(record: AnswerRecord, asker_id: int) -> bool:
    """Whether nobody has decided about the answer, and no moderator has to see it first."""
    is_open = record.verdict is None and record.hold is None and record.revision == 0 and not record.rulings
    return is_open and record.asker_id == asker_id


async def _type(channel: discord.abc.Messageable, *, until_closed: AsyncExitStack) -> None:
    """Shows that the bot is typing, unless that fails."""
    with suppress(TimeoutError, *UNREACHABLE):
        async with asyncio.timeout(_TYPING_MAY_TAKE):
            await until_closed.enter_async_context(channel.typing())
