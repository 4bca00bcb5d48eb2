"""The button under the answer to a question that was deleted."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey
from footnote_bot.access.own_messages import KEY
from footnote_bot.access.permissions import NotAllowed, is_moderator
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.answer_button import AnswerButton, shown_answer
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import acknowledge, tell

ONLY_ASKERS = N_("Only the person who asked, and moderators, can delete this answer.")


class DeleteButton(AnswerButton, ui.DynamicItem[ui.Button[Any]], template=r"delete:" + KEY):
    """Deletes the answer."""

    def __init__(self, answer: AnswerKey) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("Delete this answer"), style=discord.ButtonStyle.danger, custom_id=f"delete:{answer}"
        )
        super().__init__(button)
        self.answer = answer

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await shown_answer(host, interaction, self.answer)
            policies = host.core.stores.policies
            is_own = record.asker_id == interaction.user.id
            if not is_own and not await is_moderator(interaction, policies, asked_in=record.channel_id):
                raise NotAllowed(_(ONLY_ASKERS))
            await host.posting.withdraw(record, with_message=True)
            await tell(interaction, _("The answer is deleted."))
