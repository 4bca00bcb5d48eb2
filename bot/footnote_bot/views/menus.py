"""Who should see the answer to a message: two buttons below its text."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote.errors import FootnoteError
from footnote_bot.access.gate import Gated
from footnote_bot.asking import Wish
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import show

_LABELS = {"reply": N_("Reply to the message"), "private": N_("Show it only to me")}


class AnswerMessageButton(
    Gated, ui.DynamicItem[ui.Button[Any]], template=r"answer-message:(?P<how>reply|private):(?P<message>[0-9]{15,20})"
):
    """Asks the question above it, also after a restart."""

    def __init__(self, how: str, message_id: int) -> None:
        super().__init__(ui.Button(label=_(_LABELS[how]), custom_id=f"answer-message:{how}:{message_id}"))
        self.how = how
        self.message_id = message_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["how"], int(match["message"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            question = _question_above(interaction)
            if self.how == "private":
                await host.inquiries.from_interaction(interaction, question, Wish(is_private=True))
            else:
                await host.inquiries.below(interaction, question, self.message_id)


async def offer_answer(interaction: discord.Interaction[Any], question: str, message_id: int) -> None:
    """The question is in the message itself, so that the buttons find it."""
    view = ui.View(timeout=None)
    for how in _LABELS:
        view.add_item(AnswerMessageButton(how, message_id))
    title = _("Answer this from the articles?")
    await show(interaction, discord.Embed(title=title, description=question), view=view)


def _question_above(interaction: discord.Interaction[Any]) -> str:
    embeds = interaction.message.embeds if interaction.message and interaction.message.flags.ephemeral else []
    if not embeds or not embeds[0].description:
        raise FootnoteError(_("This button has lost its question. Use the message's menu again."))
    return embeds[0].description
