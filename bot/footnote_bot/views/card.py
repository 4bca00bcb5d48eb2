"""The buttons under a review card."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self

import discord
from discord import ui

from footnote.errors import SourcesChanged
from footnote.records import AnswerRecord, Decision, MessageRef
from footnote.review import AlreadyDecided, Review
from footnote.stores import AnswerStore
from footnote_bot import render
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import acknowledge, errors_reported, show, tell
from footnote_bot.permissions import NotAllowed, require_manage_messages
from footnote_bot.privacy import Privacy
from footnote_bot.views.answer import SourcesButton


class ShowsVerdicts(Protocol):
    """Whoever keeps the messages in step with the verdicts."""

    async def show_verdict(self, record: AnswerRecord, /, *, clicked: MessageRef | None) -> None: ...


class VerdictHost(Protocol):
    """What the buttons need of the client."""

    @property
    def review(self) -> Review: ...

    @property
    def posting(self) -> ShowsVerdicts: ...

    @property
    def privacy(self) -> Privacy: ...

    @property
    def in_flight(self) -> InFlight: ...


_LABELS = {
    (True, Decision.APPROVED): "Approve",
    (True, Decision.REJECTED): "Reject",
    (False, Decision.APPROVED): "Right to abstain",
    (False, Decision.REJECTED): "Should have answered",
}


class VerdictButton(
    ui.DynamicItem[ui.Button[Any]],
    template=r"verdict:(?P<decision>approved|rejected):(?P<id>[0-9]{1,18})(:(?P<round>[0-9]{1,9}))?",
):
    """Approves or rejects an answer. The verdict is stored before any message changes.

    The button knows its round of review: a card may not show yet that sources have changed.
    """

    def __init__(
        self,
        answer_id: int,
        decision: Decision,
        *,
        in_round: int = 1,
        is_answer: bool = True,
        is_open: bool = True,
    ) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_LABELS[is_answer, decision],
            style=discord.ButtonStyle.success if decision is Decision.APPROVED else discord.ButtonStyle.danger,
            custom_id=f"verdict:{decision.value}:{answer_id}" + (f":{in_round}" if in_round > 1 else ""),
            disabled=not is_open,
        )
        super().__init__(button)
        self.answer_id = answer_id
        self.decision = decision
        self.in_round = in_round

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]), Decision(match["decision"]), in_round=int(match["round"] or 1))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with errors_reported(interaction):
            host: VerdictHost = interaction.client
            host.in_flight.join()
            require_manage_messages(interaction)
            if not await acknowledge(interaction):
                return
            clicked = _place(interaction)
            await self._require_own_card(interaction, clicked, host.review.store)
            await host.privacy.require_sight(interaction, await host.review.store.get(self.answer_id))
            try:
                record = await host.review.decide(
                    self.answer_id, self.decision, moderator_id=interaction.user.id, in_round=self.in_round
                )
            except SourcesChanged as changed:
                record = await host.review.store.get(self.answer_id)
                await tell(interaction, str(changed))
            except AlreadyDecided as decided:
                record = await host.review.store.get(self.answer_id)
                await tell(interaction, render.first_verdict(record, decided.verdict))
            await host.posting.show_verdict(record, clicked=clicked)

    async def _require_own_card(
        self, interaction: discord.Interaction[Any], clicked: MessageRef | None, store: AnswerStore
    ) -> None:
        record = await store.get(self.answer_id)
        _require_own_guild(record, interaction)
        if record.card is None and clicked is not None:
            # Posted, but the bot stopped before it could write down where.
            await store.set_card(record.id, clicked)


def _place(interaction: discord.Interaction[Any]) -> MessageRef | None:
    message = interaction.message
    return MessageRef(message.channel.id, message.id) if message else None


class ShowButton(ui.DynamicItem[ui.Button[Any]], template=r"show:(?P<id>[0-9]{1,18})"):
    """Shows what a card hides to a moderator who can read where it was asked."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(ui.Button(label="Show", custom_id=f"show:{answer_id}"))
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with errors_reported(interaction):
            host: VerdictHost = interaction.client
            host.in_flight.join()
            require_manage_messages(interaction)
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await host.review.store.get(self.answer_id)
            _require_own_guild(record, interaction)
            await host.privacy.require_sight(interaction, record)
            view = ui.View(timeout=None).add_item(SourcesButton(record.id))
            await show(interaction, render.card(record), view=view)


def _require_own_guild(record: AnswerRecord, interaction: discord.Interaction[Any]) -> None:
    """Raises NotAllowed."""
    is_own_channel = record.card is None or record.card.channel_id == interaction.channel_id
    if record.guild_id is None or record.guild_id != interaction.guild_id or not is_own_channel:
        raise NotAllowed("This answer was given elsewhere; it can only be reviewed there.")


def card_view(record: AnswerRecord, *, is_hidden: bool = False) -> ui.View:
    """Approve and Reject, greyed out once there is a verdict, and the sources; of a hidden answer, what shows it."""
    view = ui.View(timeout=None)
    for decision in Decision:
        is_open = record.verdict is None
        view.add_item(
            VerdictButton(record.id, decision, in_round=record.round, is_answer=record.answered, is_open=is_open)
        )
    return view.add_item(ShowButton(record.id) if is_hidden else SourcesButton(record.id))
