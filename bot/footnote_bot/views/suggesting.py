"""What can be asked next, each a button whose label is the question."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote.records import AnswerKey
from footnote_bot.access.gate import Gated
from footnote_bot.access.own_messages import KEY, answer_of
from footnote_bot.asking import Wish
from footnote_bot.views.answer_button import shown_answer
from footnote_bot.views.host import pressed


class SuggestionButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"suggestion:(?P<number>[0-2]):" + KEY):
    """Asks one of the questions."""

    def __init__(self, answer: AnswerKey, number: int, *, question: str = "Ask", row: int | None = None) -> None:
        super().__init__(ui.Button(label=question, custom_id=f"suggestion:{number}:{answer}", row=row))
        self.answer = answer
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(answer_of(match), int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            record = await shown_answer(host, interaction, self.answer)
            wish = Wish(is_private=record.is_private)
            await host.inquiries.from_interaction(interaction, record.suggestions[self.number], wish)
