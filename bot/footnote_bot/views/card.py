"""The buttons under a review card."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self

import discord
from discord import ui

from footnote.models import AnswerRecord, Decision, MessageRef
from footnote.review import AlreadyDecided, Review
from footnote_bot import render
from footnote_bot.interactions import acknowledge, errors_reported, tell
from footnote_bot.permissions import NotAllowed, require_manage_messages


class ShowsVerdicts(Protocol):
    """Whoever keeps the messages in step with the verdicts."""

    async def show_verdict(self, record: AnswerRecord, /) -> None: ...


class VerdictHost(Protocol):
    """What the buttons need of the client."""

    @property
    def review(self) -> Review: ...

    @property
    def posting(self) -> ShowsVerdicts: ...


class VerdictButton(
    ui.DynamicItem[ui.Button[Any]], template=r"verdict:(?P<decision>approved|rejected):(?P<id>[0-9]{1,18})"
):
    """Approves or rejects an answer. The verdict is stored before any message changes."""

    def __init__(self, answer_id: int, decision: Decision, *, is_open: bool = True) -> None:
        approves = decision is Decision.APPROVED
        button: ui.Button[Any] = ui.Button(
            label="Approve" if approves else "Reject",
            style=discord.ButtonStyle.success if approves else discord.ButtonStyle.danger,
            custom_id=f"verdict:{decision.value}:{answer_id}",
            disabled=not is_open,
        )
        super().__init__(button)
        self.answer_id = answer_id
        self.decision = decision

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]), Decision(match["decision"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with errors_reported(interaction):
            require_manage_messages(interaction)
            await acknowledge(interaction)
            host: VerdictHost = interaction.client
            await self._require_own_guild(interaction, host)
            try:
                record = await host.review.decide(self.answer_id, self.decision, moderator_id=interaction.user.id)
            except AlreadyDecided as decided:
                await tell(interaction, render.first_verdict(decided.verdict))
                record = await host.review.store.get(self.answer_id)
            if record.shown is None:
                await host.posting.show_verdict(record)

    async def _require_own_guild(self, interaction: discord.Interaction[Any], host: VerdictHost) -> None:
        record = await host.review.store.get(self.answer_id)
        if record.guild_id is None or record.guild_id != interaction.guild_id:
            raise NotAllowed("This answer was given elsewhere; it can only be reviewed there.")
        if record.card is None and interaction.message is not None:
            # Posted, but the bot stopped before it could write down where.
            await host.review.store.set_card(
                record.id, MessageRef(interaction.message.channel.id, interaction.message.id)
            )


def card_view(record: AnswerRecord) -> ui.View:
    """Approve and Reject; greyed out once there is a verdict."""
    view = ui.View(timeout=None)
    for decision in Decision:
        view.add_item(VerdictButton(record.id, decision, is_open=record.verdict is None))
    return view
