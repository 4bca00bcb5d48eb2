"""Questions: /ask, mentions of the bot, and direct messages."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import FootnoteError
from footnote.models import AnswerRecord
from footnote.review import Review
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import acknowledge, error_line
from footnote_bot.permissions import own_permissions, require_posting
from footnote_bot.posting import Posting, reply_to
from footnote_bot.services import AskService

log = logging.getLogger(__name__)

LONGEST_QUESTION = 500
HOW_TO_ASK = "Ask me about the articles: use /ask, or mention me together with your question."

_TYPED_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)
_UNREACHABLE = (discord.HTTPException, aiohttp.ClientError, OSError)
_TYPING_MAY_TAKE = 2.0  # seconds; it is a courtesy, not worth waiting for


class QuestionRefused(FootnoteError):
    """There is no question, it is too long, or answering took too long."""


class AskCog(commands.Cog):
    """Question -> outcome -> record -> message."""

    def __init__(
        self,
        client: discord.Client,
        ask: AskService,
        review: Review,
        posting: Posting,
        in_flight: InFlight,
        *,
        time_limit: float,
    ) -> None:
        self._client = client
        self._ask = ask
        self._review = review
        self._posting = posting
        self._in_flight = in_flight
        self._time_limit = time_limit

    @app_commands.command(name="ask", description="Ask the articles; every sentence of the answer names its source")
    @app_commands.describe(question="What do you want to know?")
    async def ask(
        self, interaction: discord.Interaction[Any], question: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        with self._in_flight.current():
            if not await acknowledge(interaction):
                return
            record = await self._answer(
                question,
                asker_id=interaction.user.id,
                guild_id=interaction.guild_id,
                channel_id=interaction.channel_id or 0,  # commands always come with a channel
            )
            await self._posting.answer_interaction(record, interaction)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        if not self._is_question(message):
            return
        with self._in_flight.current():
            try:
                await self._answer_message(message)
            except Exception as error:  # noqa: BLE001 - `error_line` logs what it does not know
                await _reply(message, error_line(error))

    def _is_question(self, message: discord.Message) -> bool:
        if message.author.bot or message.webhook_id is not None or message.type not in _TYPED_BY_PEOPLE:
            return False
        return isinstance(message.channel, discord.DMChannel) or self._client.user in message.mentions

    async def _answer_message(self, message: discord.Message) -> None:
        is_thread = isinstance(message.channel, discord.Thread)
        require_posting(own_permissions(message), message.channel.id, in_thread=is_thread)
        async with _typing(message.channel):
            record = await self._answer(
                self._without_mention(message.content),
                asker_id=message.author.id,
                guild_id=message.guild.id if message.guild else None,
                channel_id=message.channel.id,
            )
        await self._posting.answer_message(record, message)

    def _without_mention(self, content: str) -> str:
        return re.sub(rf"<@!?{self._client.user.id}>", " ", content) if self._client.user else content

    async def _answer(self, question: str, *, asker_id: int, guild_id: int | None, channel_id: int) -> AnswerRecord:
        """Asks, and puts the outcome on record before anybody sees it."""
        question = _checked(question)
        try:
            async with asyncio.timeout(self._time_limit):
                outcome = await self._ask(question)
        except TimeoutError as error:
            raise QuestionRefused("Finding the answer takes too long right now. Please ask again later.") from error
        record = await self._review.record(outcome, asker_id=asker_id, guild_id=guild_id, channel_id=channel_id)
        log.info("answer %d: recorded in channel %d", record.id, channel_id)
        return record


def _checked(question: str) -> str:
    question = " ".join(question.split())
    if not question:
        raise QuestionRefused(HOW_TO_ASK)
    if len(question) > LONGEST_QUESTION:
        raise QuestionRefused(
            f"A question can have up to {LONGEST_QUESTION} characters; yours has {len(question):,}. Please shorten it."
        )
    return question


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Shows that the bot is typing, unless that fails."""
    async with AsyncExitStack() as stack:
        with suppress(TimeoutError, *_UNREACHABLE):
            async with asyncio.timeout(_TYPING_MAY_TAKE):
                await stack.enter_async_context(channel.typing())
        yield


async def _reply(message: discord.Message, line: str) -> None:
    try:
        await reply_to(message)(line)
    except _UNREACHABLE as error:
        log.info("message %d could not be answered: %s", message.id, type(error).__name__)
