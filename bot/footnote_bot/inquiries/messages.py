"""Questions that are messages: mentions of the bot, replies to its answers, and direct messages."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import AsyncExitStack, suppress

import aiohttp
import discord

from footnote.errors import FootnoteError
from footnote.records import AnswerRecord
from footnote.stores import QuestionStore
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import NotAllowed, own_permissions, require_posting
from footnote_bot.access.turns import TooManyQuestions
from footnote_bot.inquiries.inquiries import Inquiries, QuestionRefused
from footnote_bot.posts.at_answer import AtAnswer
from footnote_bot.posts.places import BelowMessage, Place
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import error_line
from footnote_bot.wire.mentions import is_by_a_person, is_typed, mentions_own_role

log = logging.getLogger(__name__)

ROLE_MENTIONED = (
    "You mentioned my role, and Discord does not show me the text of such messages. "
    "Mention me, the member of the same name, or use /ask."
)
CANNOT_WRITE = "🔇"
"""The reaction to a mention where the bot may not write."""

_UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError)
_REMEMBERED = 1000  # messages
_TYPING_MAY_TAKE = 2.0  # seconds; it is a courtesy, not worth waiting for


class CannotWrite(NotAllowed):
    """The bot may not write a word in the channel."""


class MessageQuestions:
    """Answers messages, those of one channel in the order in which they came."""

    def __init__(
        self,
        client: discord.Client,
        inquiries: Inquiries,
        questions: QuestionStore,
        in_flight: InFlight,
        gate: Gate,
    ) -> None:
        self._client = client
        self._inquiries = inquiries
        self._questions = questions
        self._in_flight = in_flight
        self._gate = gate
        self._taken: deque[int] = deque(maxlen=_REMEMBERED)

    async def take(self, message: discord.Message) -> None:
        """Answers the message if it is a question, once: Discord may tell of it again after a new connection."""
        if not self.concerns_us(message) or message.id in self._taken:
            return
        self._taken.append(message.id)
        with self._inquiries.lines.spot(message.channel.id) as spot:
            async with AsyncExitStack() as typing:
                place = BelowMessage(message, spot, on_posted=typing.aclose)
                try:
                    self._in_flight.join()
                    if await self._is_question(message):
                        await self._answer(message, place, typing)
                except TooManyQuestions as refusal:
                    await self._inquiries.turns.tell_privately(message, refusal)
                except CannotWrite as refusal:
                    await _tell_otherwise(message, refusal)
                except Exception as error:  # noqa: BLE001 - `error_line` logs what it does not know
                    await self._inquiries.posting.replies.tell(place, error_line(error))

    async def take_again(self, message: discord.Message) -> None:
        """A message that was edited: the answer to what it said before is replaced; one that was no question may be one
        now.
        """
        if not self.concerns_us(message):
            return
        if message.id not in self._taken and await self._questions.find(message.id) is None:
            await self.take(message)
            return
        with self._inquiries.lines.spot(message.channel.id) as spot:
            self._in_flight.join()
            await spot.comes()  # what it said before may still be under way
            await self._replace(message)

    async def _replace(self, message: discord.Message) -> None:
        """Leaves the answer as it is where the question is the same, or is none any more, or somebody has decided."""
        record = await self._questions.find(message.id)
        if record is None or record.posted is None or not _may_be_replaced(record, message.author.id):
            return
        place = AtAnswer(self._client, message.id, record.posted)
        async with AsyncExitStack() as typing:
            try:
                if self._inquiries.checked(message.content, message.author, message.mentions) != record.question:
                    await self._answer(message, place, typing, instead_of=record)
            except TooManyQuestions as refusal:
                await self._inquiries.turns.tell_privately(message, refusal)
            except FootnoteError as error:
                log.info("question %d: its new words are not answered: %s", message.id, type(error).__name__)

    def concerns_us(self, message: discord.Message) -> bool:
        if not is_by_a_person(message) or not self._gate.serves(message.guild.id if message.guild else None):
            return False
        is_direct = isinstance(message.channel, discord.DMChannel)
        return is_direct or self._inquiries.bot in message.mentions or mentions_own_role(message)

    async def _is_question(self, message: discord.Message) -> bool:
        if isinstance(message.channel, discord.DMChannel) or is_typed(message, self._inquiries.bot):
            return True
        return await self._follows_an_answer(message)

    async def _follows_an_answer(self, message: discord.Message) -> bool:
        """Whether it replies to an answer on record, outside the channel where moderators talk about answers."""
        replied_to = message.reference.message_id if message.reference else None
        if replied_to is None or message.guild is None:
            return False
        store = self._inquiries.asking.store
        review = await store.review_channel(message.guild.id)
        if review and review[0] in (message.channel.id, getattr(message.channel, "parent_id", None)):
            return False
        return await store.find_posted(replied_to) is not None

    async def _answer(
        self,
        message: discord.Message,
        place: Place,
        typing: AsyncExitStack,
        *,
        instead_of: AnswerRecord | None = None,
    ) -> None:
        _require_posting(message)
        if not message.content and mentions_own_role(message):
            raise QuestionRefused(ROLE_MENTIONED)
        inquiries, channel = self._inquiries, message.channel
        question = inquiries.checked(message.content, message.author, message.mentions)
        await inquiries.asking.require_channel(channel, channel.id, message.author)
        guild_id = message.guild.id if message.guild else None
        async with inquiries.turns.admitted(message.author) as turn:
            asker = await inquiries.asking.asker(message.author.id, guild_id, channel.id)
            await _type(channel, until_closed=typing)
            inquiry = await inquiries.begin(question, place, asker, channel)
            before = inquiries.history.before_message(message)
            await inquiries.answer(inquiry, before, place, turn, instead_of=instead_of)


def _may_be_replaced(record: AnswerRecord, asker_id: int) -> bool:
    """Nobody has decided about the answer, and no moderator has to see it first."""
    is_open = record.verdict is None and record.hold is None and record.revision == 0 and not record.rulings
    return is_open and record.asker_id == asker_id


def _require_posting(message: discord.Message) -> None:
    """Raises CannotWrite where nothing can be said at all, NotAllowed where only an answer cannot be shown."""
    channel, permissions = message.channel, own_permissions(message.channel)
    is_thread = isinstance(channel, discord.Thread)
    may_write = permissions.send_messages_in_threads if is_thread else permissions.send_messages
    try:
        require_posting(permissions, channel.id, in_thread=is_thread)
    except NotAllowed as refusal:
        if not may_write:
            raise CannotWrite(str(refusal)) from refusal
        raise


async def _tell_otherwise(message: discord.Message, refusal: CannotWrite) -> None:
    """By a reaction, where the bot may add one; else in a direct message."""
    permissions = own_permissions(message.channel)
    log.info("question %d cannot be answered: no permission to write in channel %d", message.id, message.channel.id)
    if permissions.add_reactions and permissions.read_message_history:
        with suppress(*_UNREACHABLE):
            await message.add_reaction(CANNOT_WRITE)
            return
    with suppress(*_UNREACHABLE):  # some take no direct messages
        await message.author.send(str(refusal))


async def _type(channel: discord.abc.Messageable, *, until_closed: AsyncExitStack) -> None:
    """Shows that the bot is typing, unless that fails."""
    with suppress(TimeoutError, *_UNREACHABLE):
        async with asyncio.timeout(_TYPING_MAY_TAKE):
            await until_closed.enter_async_context(channel.typing())
