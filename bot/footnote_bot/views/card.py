"""The controls under a review card."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote.records import AnswerRecord, Decision, MessageRef
from footnote_bot.access.gate import Gated
from footnote_bot.contexts import contexts_of
from footnote_bot.render.cards import card
from footnote_bot.views.answer import SourcesButton
from footnote_bot.views.edit import EditButton
from footnote_bot.views.reviewing import ReviewHost, carried_out, own_record
from footnote_bot.views.rulings import JudgeSelect
from footnote_bot.wire.interactions import acknowledge, errors_reported, show

_LABELS = {
    (True, Decision.APPROVED): "Approve",
    (True, Decision.REJECTED): "Reject",
    (False, Decision.APPROVED): "Right to abstain",
    (False, Decision.REJECTED): "Should have answered",
}


class VerdictButton(
    Gated,
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
            custom_id=f"verdict:{decision.value}:{answer_id}" + _round_mark(in_round),
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
            host: ReviewHost = interaction.client
            host.in_flight.join()
            if not await acknowledge(interaction):
                return
            clicked = await _own_card(interaction, host, self.answer_id)
            work = host.verdicts.decide(
                self.answer_id, self.decision, moderator_id=interaction.user.id, in_round=self.in_round
            )
            record = await carried_out(interaction, host, self.answer_id, work)
            await host.posting.show_verdict(record, clicked=clicked)


class UndoButton(
    Gated,
    ui.DynamicItem[ui.Button[Any]],
    template=r"undo:(?P<decision>approved|rejected):(?P<id>[0-9]{1,18})(:(?P<round>[0-9]{1,9}))?",
):
    """Takes back the verdict that it stands beside."""

    def __init__(self, answer_id: int, decision: Decision, *, in_round: int = 1) -> None:
        custom_id = f"undo:{decision.value}:{answer_id}" + _round_mark(in_round)
        super().__init__(ui.Button(label="Undo", custom_id=custom_id))
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
            host: ReviewHost = interaction.client
            host.in_flight.join()
            if not await acknowledge(interaction):
                return
            clicked = await _own_card(interaction, host, self.answer_id)
            work = host.verdicts.undo(
                self.answer_id, self.decision, moderator_id=interaction.user.id, in_round=self.in_round
            )
            record = await carried_out(interaction, host, self.answer_id, work)
            await host.posting.show_verdict(record, clicked=clicked)


async def _own_card(interaction: discord.Interaction[Any], host: ReviewHost, answer_id: int) -> MessageRef | None:
    """The card that was clicked; None when that is what `ShowButton` shows. Raises NotAllowed, UnknownAnswer."""
    record = await own_record(interaction, host, answer_id)
    message = interaction.message
    clicked = MessageRef(message.channel.id, message.id) if message and not message.flags.ephemeral else None
    if record.card is None and clicked is not None:
        # Posted, but the bot stopped before it could write down where.
        await host.review.store.set_card(record.id, clicked)
    return clicked


def _round_mark(in_round: int) -> str:
    return f":{in_round}" if in_round > 1 else ""


class ShowButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"show:(?P<id>[0-9]{1,18})"):
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
            host: ReviewHost = interaction.client
            host.in_flight.join()
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await own_record(interaction, host, self.answer_id)
            contexts = await contexts_of(host.index, record.citations)
            await show(interaction, card(record, contexts), view=card_view(record))


def card_view(record: AnswerRecord) -> ui.View:
    """All that can be decided, and the sources; once there is a verdict, it can only be taken back."""
    view = _verdict_view(record)
    is_open = record.verdict is None
    if is_open:
        view.add_item(EditButton(record.id, is_answer=record.answered))
    elif record.verdict:
        view.add_item(UndoButton(record.id, record.verdict.decision, in_round=record.round))
    view.add_item(SourcesButton(record.id))
    if is_open and record.answered and record.citations:
        view.add_item(JudgeSelect(record.id, record.citations))
    return view


def hidden_card_view(record: AnswerRecord) -> ui.View:
    """What can be done from a card that tells nothing; whoever may read the answer finds the rest behind Show."""
    return _verdict_view(record).add_item(ShowButton(record.id))


def _verdict_view(record: AnswerRecord) -> ui.View:
    view = ui.View(timeout=None)
    for decision in Decision:
        view.add_item(
            VerdictButton(
                record.id,
                decision,
                in_round=record.round,
                is_answer=record.answered,
                is_open=record.verdict is None,
            )
        )
    return view
