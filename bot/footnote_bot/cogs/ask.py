"""Questions: /ask, and messages."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.asking import LONGEST_QUESTION
from footnote_bot.inquiries.inquiries import Inquiries
from footnote_bot.inquiries.messages import MessageQuestions
from footnote_bot.inquiries.missed import Missed
from footnote_bot.wire.inflight import InFlight


class AskCog(commands.Cog):
    """Brings questions in."""

    def __init__(self, inquiries: Inquiries, messages: MessageQuestions, missed: Missed, in_flight: InFlight) -> None:
        self._inquiries = inquiries
        self._messages = messages
        self._missed = missed
        self._in_flight = in_flight

    @app_commands.command(name="ask", description="Ask the articles; every sentence of the answer cites its source")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.describe(question="What do you want to know?")
    async def ask(
        self, interaction: discord.Interaction[Any], question: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        self._in_flight.join()
        await self._inquiries.from_interaction(interaction, question)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        await self._messages.take(message)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        await self._missed.connected(has_missed_some=True)

    @commands.Cog.listener()
    async def on_resumed(self) -> None:
        await self._missed.connected(has_missed_some=False)

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        self._missed.disconnected()
