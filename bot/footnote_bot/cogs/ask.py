"""Questions: /ask, mentions of the bot, and direct messages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import FootnoteError, NoQuestion, Stopping
from footnote.models import Abstention, Answer
from footnote.ports import Asker, Turn
from footnote.questions import clean_question
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import own_permissions, require_posting
from footnote_bot.access.turns import TooManyQuestions, Turns
from footnote_bot.asking import Asking, Inquiry
from footnote_bot.posts.drafts import Pace, shown_drafts
from footnote_bot.posts.history import History
from footnote_bot.posts.places import BelowMessage, InThinking, Place
from footnote_bot.posts.posting import Posting
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, error_line
from footnote_bot.wire.mentions import Wording, is_by_a_person, is_typed, mentions_own_role

log = logging.getLogger(__name__)

LONGEST_QUESTION = 500
HOW_TO_ASK = "Ask me about the articles: use /ask, or mention me with your question."
ROLE_MENTIONED = (
    "You mentioned my role, and Discord does not show me the text of such messages. "
    "Mention me, the member of the same name, or use /ask."
)
NOT_LATER = (
    "Moderators review answers here before they are shown, and I could not show yours later. Ask an administrator "
    "to give me View Channel in this channel, then ask again."
)

_UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError)
_TYPING_MAY_TAKE = 2.0  # seconds; it is a courtesy, not worth waiting for


class QuestionRefused(FootnoteError):
    """There is no question, it is too long, or answering took too long."""


class AskCog(commands.Cog):
    """Question -> drafts -> outcome -> record -> message."""

    def __init__(
        self,
        client: discord.Client,
        asking: Asking,
        posting: Posting,
        in_flight: InFlight,
        history: History,
        turns: Turns,
        gate: Gate,
        *,
        pace: Pace,
    ) -> None:
        self._client = client
        self._asking = asking
        self._posting = posting
        self._in_flight = in_flight
        self._history = history
        self._turns = turns
        self._gate = gate
        self._pace = pace

    @app_commands.command(name="ask", description="Ask the articles; every sentence of the answer cites its source")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.describe(question="What do you want to know?")
    async def ask(
        self, interaction: discord.Interaction[Any], question: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        self._in_flight.join()
        question = self._checked(question, interaction.user)  # before everybody sees that the bot is thinking
        channel_id = interaction.channel_id or 0  # commands always come with a channel
        await self._asking.require_channel(interaction.channel, channel_id, interaction.user)
        async with self._turns.admitted(interaction.user) as turn:
            if not await acknowledge(interaction):
                return
            place = InThinking(interaction)
            try:
                asker = await self._asking.asker(interaction.user.id, interaction.guild_id, channel_id)
                inquiry = await self._begin(question, place, asker, interaction.channel)
                await self._answer(inquiry, turn.then(self._history.before_command(interaction)), place)
            except Exception as error:  # noqa: BLE001 - `error_line` logs what it does not know
                await self._posting.replies.tell(place, error_line(error))

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if not self._concerns_us(message):
            return
        async with AsyncExitStack() as typing:
            place = BelowMessage(message, on_posted=typing.aclose)
            try:
                self._in_flight.join()
                if await self._is_question(message):
                    await self._answer_message(message, place, typing)
            except TooManyQuestions as refusal:
                await self._turns.tell_privately(message, refusal)
            except Exception as error:  # noqa: BLE001 - `error_line` logs what it does not know
                await self._posting.replies.tell(place, error_line(error))

    @property
    def _bot(self) -> discord.ClientUser:
        assert self._client.user is not None, "messages arrive after the login"  # noqa: S101 - not input
        return self._client.user

    def _concerns_us(self, message: discord.Message) -> bool:
        if not is_by_a_person(message) or not self._gate.serves(message.guild.id if message.guild else None):
            return False
        is_private = isinstance(message.channel, discord.DMChannel)
        return is_private or self._bot in message.mentions or mentions_own_role(message)

    async def _is_question(self, message: discord.Message) -> bool:
        if isinstance(message.channel, discord.DMChannel) or is_typed(message, self._bot):
            return True
        return await self._follows_an_answer(message)

    async def _follows_an_answer(self, message: discord.Message) -> bool:
        """Whether it replies to an answer on record, outside the channel where moderators talk about answers."""
        replied_to = message.reference.message_id if message.reference else None
        if replied_to is None or message.guild is None:
            return False
        review = await self._asking.store.review_channel(message.guild.id)
        if review and review[0] in (message.channel.id, getattr(message.channel, "parent_id", None)):
            return False
        return await self._asking.store.find_posted(replied_to) is not None

    async def _answer_message(self, message: discord.Message, place: Place, typing: AsyncExitStack) -> None:
        is_thread = isinstance(message.channel, discord.Thread)
        require_posting(own_permissions(message.channel), message.channel.id, in_thread=is_thread)
        if not message.content and mentions_own_role(message):
            raise QuestionRefused(ROLE_MENTIONED)
        question = self._checked(message.content, message.author, message.mentions)
        await self._asking.require_channel(message.channel, message.channel.id, message.author)
        guild_id = message.guild.id if message.guild else None
        async with self._turns.admitted(message.author) as turn:
            asker = await self._asking.asker(message.author.id, guild_id, message.channel.id)
            await _type(message.channel, until_closed=typing)
            inquiry = await self._begin(question, place, asker, message.channel)
            await self._answer(inquiry, turn.then(self._history.before_message(message)), place)

    def _checked(
        self,
        text: str,
        asker: discord.Member | discord.User,
        known: Sequence[discord.Member | discord.User] = (),
    ) -> str:
        """The question in plain words. Raises QuestionRefused."""
        try:
            question = clean_question(Wording(asker, self._bot, known)(text))
        except NoQuestion as error:
            raise QuestionRefused(HOW_TO_ASK) from error
        if len(question) > LONGEST_QUESTION:
            raise QuestionRefused(
                f"A question can have up to {LONGEST_QUESTION} characters; yours has {len(question):,}. "
                "Please shorten it."
            )
        return question

    async def _begin(self, question: str, place: Place, asker: Asker, channel: object) -> Inquiry:
        """Where answers are held the reply is on record from the start, so that none is left thinking.

        Raises QuestionRefused where a held answer could not be shown later.
        """
        policy = await self._asking.policy(asker, channel, place.channel_id)
        inquiry = self._asking.inquiry(question, asker, policy, channel_id=place.channel_id, origin=place.question_id)
        if inquiry.is_held:
            if not place.is_reachable:
                raise QuestionRefused(NOT_LATER)
            await self._asking.begin_reply(inquiry)
        return inquiry

    async def _answer(self, inquiry: Inquiry, conversation: Awaitable[Sequence[Turn]], place: Place) -> None:
        """Asks, puts the outcome on record before anybody sees it, and posts it."""
        record = await self._asking.record(inquiry, await self._outcome(inquiry, conversation, place))
        await self._posting.answer(place, record)

    async def _outcome(
        self, inquiry: Inquiry, conversation: Awaitable[Sequence[Turn]], place: Place
    ) -> Answer | Abstention:
        pace = None if inquiry.is_held else self._pace  # nobody may see what no moderator has seen
        async with shown_drafts(self._posting.replies, place, inquiry.text, pace) as on_drafting:
            try:
                return await self._asking.outcome(inquiry, conversation=conversation, on_drafting=on_drafting)
            except TimeoutError as error:
                raise QuestionRefused("The answer is taking too long. Please ask again later.") from error
            except (
                asyncio.CancelledError
            ) as cut_off:  # by the end of the process, which waits for the reply to the asker
                raise Stopping from cut_off


async def _type(channel: discord.abc.Messageable, *, until_closed: AsyncExitStack) -> None:
    """Shows that the bot is typing, unless that fails."""
    with suppress(TimeoutError, *_UNREACHABLE):
        async with asyncio.timeout(_TYPING_MAY_TAKE):
            await until_closed.enter_async_context(channel.typing())
