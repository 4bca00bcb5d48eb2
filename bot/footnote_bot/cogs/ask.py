"""Questions: /ask, and messages."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.asking import LONGEST_QUESTION, Wish
from footnote_bot.inquiries.inquiries import Inquiries
from footnote_bot.inquiries.messages import MessageQuestions
from footnote_bot.inquiries.scopes import Choices, Scopes
from footnote_bot.wire.inflight import InFlight


class AskCog(commands.Cog):
    """Receives questions."""

    def __init__(self, inquiries: Inquiries, messages: MessageQuestions, scopes: Scopes, in_flight: InFlight) -> None:
        self._inquiries = inquiries
        self._messages = messages
        self._scopes = scopes
        self._in_flight = in_flight

    @app_commands.command(name="ask", description="Ask the articles; every sentence of the answer cites its source")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.describe(
        question="What do you want to know?",
        private="Only you can see the answer",
        since="Only articles from this date or later, such as 2021-08-31",
        until="Only articles from this date or earlier, such as 2021-08-31",
        source="Only articles from this source",
        article="Only this article",
        file="A .txt, .md or .pdf file to use for this question only",
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        private: bool = False,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        article: str | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        self._in_flight.join()
        scope = await self._scopes.scope(interaction, since, until, source, article, is_private=private)
        wish = Wish(is_private=private, scope=scope)
        await self._inquiries.from_interaction(interaction, question, wish, attached=[file] if file else [])

    @ask.autocomplete("source")
    async def sources(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return await self._scopes.sources(interaction, typed)

    @ask.autocomplete("article")
    async def articles(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return await self._scopes.articles(interaction, typed)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await self._messages.take(message)
