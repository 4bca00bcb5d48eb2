"""What can be asked next, each a button whose label is the question."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY
from footnote_bot.asking import Wish
from footnote_bot.translations.catalogue import _
from footnote_bot.views.answer_button import NumberedButton, shown_answer
from footnote_bot.views.host import pressed


class SuggestionButton(NumberedButton, ui.DynamicItem[ui.Button[Any]], template=r"suggestion:(?P<number>[0-2]):" + KEY):
    """Asks one of the questions."""

    def __init__(self, answer: AnswerKey, number: int, *, question: str = "", row: int | None = None) -> None:
        super().__init__(ui.Button(label=question or _("Ask"), custom_id=f"suggestion:{number}:{answer}", row=row))
        self.answer = answer
        self.number = number

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            record = await shown_answer(host, interaction, self.answer)
            wish = Wish(is_private=record.is_private)
            await host.inquiries.from_interaction(interaction, record.suggestions[self.number], wish)
