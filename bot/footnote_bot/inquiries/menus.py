"""The entries in a message's menu: answer its text as a question, or check its statements against the articles."""

from __future__ import annotations

from typing import Any

import discord

from footnote.grounding.fact_check import FactCheck
from footnote.models.collections import Readable
from footnote.records.policies import Mode
from footnote_bot.discord_services import FactCheckService
from footnote_bot.inquiries.inquiries import NOT_PRIVATELY, Inquiries, QuestionRefused
from footnote_bot.render.fact_check import checked
from footnote_bot.translations.catalogue import N_
from footnote_bot.views.menus import offer_answer
from footnote_bot.wire.interactions import acknowledge, show
from footnote_bot.wire.mentions import MentionNames

LONGEST_CHECKED = 4000
NO_TEXT = N_("That message has no text.")


class MessageMenus:
    """Members see the text of the message anyway, and Discord includes it."""

    def __init__(self, inquiries: Inquiries, fact_check: FactCheckService) -> None:
        self._inquiries = inquiries
        self._asking = inquiries.asking
        self._fact_check = fact_check

    async def answer(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Asks first who should see the answer."""
        if not message.content:
            raise QuestionRefused(NO_TEXT)
        question = self._inquiries.checked(message.content, interaction.user, message.mentions)
        await self._require_channel(interaction)
        if await acknowledge(interaction, ephemeral=True):
            await offer_answer(interaction, question, message.id)

    async def check(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Only the person who asked sees the result, because it is about somebody else's words."""
        if not message.content:
            raise QuestionRefused(NO_TEXT)
        await self._require_channel(interaction)
        async with self._inquiries.turns.admitted(interaction.user) as turn:
            if not await acknowledge(interaction, ephemeral=True):
                return
            user, channel_id = interaction.user, interaction.channel_id or 0
            asker = await self._asking.asker(user.id, interaction.guild_id, channel_id, alone=user)
            policy = await self._asking.policy(asker, interaction.channel, channel_id)
            if policy.mode is Mode.HOLD:
                raise QuestionRefused(NOT_PRIVATELY)
            wording = MentionNames(interaction.user, self._inquiries.bot, message.mentions)
            text = wording(message.content)[:LONGEST_CHECKED]
            await show(interaction, checked(await turn.then(self._checked(text, asker.readable))))

    async def _checked(self, text: str, readable: Readable) -> FactCheck:
        return await self._fact_check(text, readable=readable)

    async def _require_channel(self, interaction: discord.Interaction[Any]) -> None:
        await self._asking.require_channel(interaction.channel, interaction.channel_id or 0, interaction.user)
