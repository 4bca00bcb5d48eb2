"""The base of the buttons under an answer that everybody may press."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Self

import discord
from discord import ui

from footnote.records.answers import AnswerKey, AnswerRecord
from footnote_bot.access.gate import Gated
from footnote_bot.access.own_messages import answer_of, require_own_message
from footnote_bot.access.permissions import require_shown
from footnote_bot.views.host import Host


class AnswerButton(Gated):
    """A button that only needs to know its answer. It comes before discord.py's class among the bases."""

    answer: AnswerKey

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        make: Callable[[AnswerKey], Self] = cls
        return make(answer_of(match))


class NumberedButton(Gated):
    """A button that needs to know its answer, and which of several parts of it."""

    answer: AnswerKey
    number: int

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        make: Callable[[AnswerKey, int], Self] = cls
        return make(answer_of(match), int(match["number"]))


async def shown_answer(host: Host, interaction: discord.Interaction[Any], answer: AnswerKey) -> AnswerRecord:
    """The answer that a button belongs to. Raises NotAllowed when it belongs to another message, or is withheld."""
    record = await host.core.review.store.get(answer.id)
    require_own_message(interaction, record, answer)
    require_shown(record)
    return record
