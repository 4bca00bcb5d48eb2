"""Needs a person: the moderators' role is mentioned below an answer, once."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import acknowledge, tell

CALLED = N_("The moderators are mentioned below the answer.")


class NeedsPersonButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"needs-person:" + KEY):
    """It stays after it was pressed, and shows that."""

    def __init__(self, answer: AnswerKey, *, is_done: bool = False) -> None:
        label = _("Moderators notified") if is_done else _("Needs a person")
        super().__init__(ui.Button(label=label, custom_id=f"needs-person:{answer}", disabled=is_done))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if await acknowledge(interaction, ephemeral=True, thinking=True):
                await host.people.call(interaction, await shown_answer(host, interaction, self.answer))
                await tell(interaction, _(CALLED))
