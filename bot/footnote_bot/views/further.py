"""Asking further: a button under each answer that opens a form. Replies to answers of /ask never reach a bot."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey, AnswerRecord
from footnote_bot.access.own_messages import KEY, answer_of
from footnote_bot.access.permissions import require_writer
from footnote_bot.asking import LONGEST_QUESTION, Wish
from footnote_bot.translations.catalogue import _
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.forms import typed_into
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import open_form

FORM = re.compile(r"further:" + KEY)
"""The custom id of a submitted form."""

_FIELD = "question"


class FurtherButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"ask-further:" + KEY):
    """Opens a form for the next question."""

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Ask further"), custom_id=f"ask-further:{answer}"))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            record = await shown_answer(host, interaction, self.answer)
            if not record.is_private:
                require_writer(interaction)
            await open_form(interaction, _form(record))


async def take_form(interaction: discord.Interaction[Any], filled_in: re.Match[str]) -> None:
    """The text is answered like any question, as a follow-up to the answer above."""
    async with pressed(interaction) as host:
        record = await shown_answer(host, interaction, answer_of(filled_in))
        wish = Wish(follows=record, is_private=record.is_private)
        await host.inquiries.from_interaction(interaction, typed_into(interaction, _FIELD), wish)


def _form(record: AnswerRecord) -> ui.Modal:
    form = ui.Modal(title=_("Ask further"), custom_id=f"further:{record.key}")
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=_FIELD, style=discord.TextStyle.paragraph, max_length=LONGEST_QUESTION
    )
    description = _("It may refer to the answer above.")
    form.add_item(ui.Label(text=_("Your question"), description=description, component=field))
    form.stop()
    return form
