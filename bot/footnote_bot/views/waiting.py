"""The button under an abstention: people who press it are mentioned when the question is answered later."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.host import Host, pressed
from footnote_bot.wire.interactions import acknowledge, tell

_WAITS = N_("You will be mentioned here when the articles answer this question. Press the button again to undo this.")
_WAITS_NO_MORE = N_("You will not be mentioned.")
_ANSWERED = N_("The articles now answer this: see #{number} further down in this channel.")


class TellMeButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"tell-me:" + KEY):
    """Adds a person to those who wait, or removes them again."""

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Tell me when this is answered"), custom_id=f"tell-me:{answer}"))
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            await tell(interaction, await self._state(host, interaction))

    async def _state(self, host: Host, interaction: discord.Interaction[Any]) -> str:
        await shown_answer(host, interaction, self.answer)
        answer_id = await host.core.stores.waiting.answer_to(self.answer.id)
        if answer_id is not None:
            return _(_ANSWERED).format(number=answer_id)
        waits = await host.core.stores.waiting.toggle(self.answer.id, interaction.user.id, interaction.created_at)
        return _(_WAITS if waits else _WAITS_NO_MORE)
