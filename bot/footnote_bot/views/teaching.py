"""What the articles do not say, a person may: a button for the asker, and one that turns answers into articles."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY
from footnote_bot.access.permissions import NotAllowed
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.host import pressed
from footnote_bot.views.reviewing import Press, ReviewControl
from footnote_bot.wire.interactions import acknowledge, tell

ASKED = N_("The moderators can see your question now. You will be mentioned here when one of them answers.")
ASKED_BY_OTHERS = N_(
    "The moderators can see the question now. The person who asked it will be mentioned when one of them answers."
)
NOBODY_THERE = N_("Nobody reviews answers here at the moment, so there is nobody to ask.")
ANSWERED = N_("A moderator has decided about this already.")


class AskPersonButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"ask-person:" + KEY):
    """Sends a question that the articles do not answer to the moderators, as *Flag* does with an answer."""

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Ask a person"), custom_id=f"ask-person:{answer}"))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await shown_answer(host, interaction, self.answer)
            if not record.has_reviewers:
                raise NotAllowed(_(NOBODY_THERE))
            if record.verdict is not None:
                raise NotAllowed(_(ANSWERED))
            feedback, at = host.core.stores.feedback, interaction.created_at
            await feedback.ask_person(record.id, interaction.user.id, at)
            host.show_changes(interaction.guild_id)
            await tell(interaction, _(ASKED if record.asker_id == interaction.user.id else ASKED_BY_OTHERS))


class TeachButton(ReviewControl, ui.DynamicItem[ui.Button[Any]], template=r"teach:" + KEY):
    """Turns an answer that a moderator has given in their own name into an article."""

    is_private = True

    def __init__(self, answer: AnswerKey) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("Add to articles"), style=discord.ButtonStyle.primary, custom_id=f"teach:{answer}"
        )
        super().__init__(button)
        self.answer = answer

    async def act(self, press: Press) -> None:
        await press.host.builds.articles.add_answer(press.interaction, press.record)
