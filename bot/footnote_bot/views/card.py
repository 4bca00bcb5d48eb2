"""The controls under a review card."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote.records.answers import AnswerKey, AnswerRecord, Decision, MessageRef
from footnote_bot.access.own_messages import KEY
from footnote_bot.render.cards import card
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.answer import SourcesButton
from footnote_bot.views.edit import EditButton
from footnote_bot.views.reviewing import ROUND, Press, ReviewControl
from footnote_bot.views.rulings import JudgeSelect
from footnote_bot.views.teaching import TeachButton
from footnote_bot.wire.interactions import show

_LABELS = {
    (True, Decision.APPROVED): N_("Approve"),
    (True, Decision.REJECTED): N_("Reject"),
    (False, Decision.APPROVED): N_("Right to abstain"),
    (False, Decision.REJECTED): N_("Should have answered"),
}


class VerdictButton(
    ReviewControl,
    ui.DynamicItem[ui.Button[Any]],
    template=r"verdict:(?P<decision>approved|rejected):" + KEY + rf"({ROUND})?",
):
    """Approves or rejects an answer. The verdict is stored before any message changes.

    The button carries its round of review, because a card may not show yet that sources have changed.
    """

    def __init__(
        self,
        answer: AnswerKey,
        decision: Decision,
        *,
        in_round: int = 1,
        is_answer: bool = True,
        is_open: bool = True,
    ) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_(_LABELS[is_answer, decision]),
            style=discord.ButtonStyle.success if decision is Decision.APPROVED else discord.ButtonStyle.danger,
            custom_id=f"verdict:{decision.value}:{answer}" + _round_mark(in_round),
            disabled=not is_open,
        )
        super().__init__(button)
        self.answer = answer
        self.decision = decision
        self.in_round = in_round

    async def act(self, press: Press) -> None:
        await _note_place(press)
        work = press.host.core.verdicts.decide(
            self.answer.id, self.decision, moderator_id=press.moderator_id, in_round=self.in_round
        )
        await press.host.posting.show_verdict(await press.done(work))


class UndoButton(
    ReviewControl,
    ui.DynamicItem[ui.Button[Any]],
    template=r"undo:(?P<decision>approved|rejected):" + KEY + rf"({ROUND})?",
):
    """Undoes the verdict next to it."""

    def __init__(self, answer: AnswerKey, decision: Decision, *, in_round: int = 1) -> None:
        custom_id = f"undo:{decision.value}:{answer}" + _round_mark(in_round)
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.answer = answer
        self.decision = decision
        self.in_round = in_round

    async def act(self, press: Press) -> None:
        await _note_place(press)
        work = press.host.core.verdicts.undo(
            self.answer.id, self.decision, moderator_id=press.moderator_id, in_round=self.in_round
        )
        await press.host.posting.show_verdict(await press.done(work))


async def _note_place(press: Press) -> None:
    """For a card that was posted by a bot that stopped before it could record where."""
    message = press.interaction.message
    if press.record.card is None and message is not None and not message.flags.ephemeral:
        await press.host.core.review.store.set_card(press.record.id, MessageRef(message.channel.id, message.id))


def _round_mark(in_round: int) -> str:
    return f":{in_round}" if in_round > 1 else ""


class ShowButton(ReviewControl, ui.DynamicItem[ui.Button[Any]], template=r"show:" + KEY):
    """Shows what a card hides to a moderator who can read where it was asked."""

    is_private = True

    def __init__(self, answer: AnswerKey) -> None:
        super().__init__(ui.Button(label=_("Show"), custom_id=f"show:{answer}"))
        self.answer = answer

    async def act(self, press: Press) -> None:
        contexts = await press.host.contexts.of(press.record, press.record.citations)
        await show(press.interaction, card(press.record, contexts), view=card_view(press.record))


def card_view(record: AnswerRecord) -> ui.View:
    """Everything that can be decided, and the sources; once there is a verdict, it can only be undone."""
    view = _verdict_view(record)
    is_open = record.verdict is None
    if is_open:
        view.add_item(EditButton(record.key, is_answer=record.answered))
    elif record.verdict:
        view.add_item(UndoButton(record.key, record.verdict.decision, in_round=record.round))
        if record.verdict.decision is Decision.APPROVED and record.is_taught:
            view.add_item(TeachButton(record.key))
    view.add_item(SourcesButton(record.key))
    if is_open and record.answered and record.citations:
        view.add_item(JudgeSelect(record.key, record.citations))
    return view


def hidden_card_view(record: AnswerRecord) -> ui.View:
    """What can be done from a card that hides its content; those who may read the answer find the rest with Show."""
    return _verdict_view(record).add_item(ShowButton(record.key))


def _verdict_view(record: AnswerRecord) -> ui.View:
    view = ui.View(timeout=None)
    for decision in Decision:
        view.add_item(
            VerdictButton(
                record.key,
                decision,
                in_round=record.round,
                is_answer=record.answered,
                is_open=record.verdict is None,
            )
        )
    return view
