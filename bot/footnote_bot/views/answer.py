"""The button under an answer: its sources, read in private."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Protocol, Self

import discord
from discord import ui

from footnote.records import AnswerRecord
from footnote.review import Review
from footnote_bot import render
from footnote_bot.contexts import contexts_of
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import acknowledge, errors_reported, show
from footnote_bot.permissions import NotAllowed
from footnote_bot.services import IndexService


class SourcesHost(Protocol):
    """What the button needs of the client."""

    @property
    def review(self) -> Review: ...

    @property
    def index(self) -> IndexService: ...

    @property
    def in_flight(self) -> InFlight: ...


class SourcesButton(ui.DynamicItem[ui.Button[Any]], template=r"sources:(?P<id>[0-9]{1,18})"):
    """Shows each cited sentence of an answer inside its neighbours."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(ui.Button(label="Sources", custom_id=f"sources:{answer_id}"))
        self.answer_id = answer_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with errors_reported(interaction):
            host: SourcesHost = interaction.client
            host.in_flight.join()
            if not await acknowledge(interaction, ephemeral=True, thinking=True):
                return
            record = await host.review.store.get(self.answer_id)
            _require_own_message(record, interaction)
            shown = replace(record, citations=record.shown_citations)
            first, *others = render.sources(shown, await contexts_of(host.index, shown.citations))
            await show(interaction, *first)
            for page in others:
                await interaction.followup.send(embeds=page, ephemeral=True)


def _require_own_message(record: AnswerRecord, interaction: discord.Interaction[Any]) -> None:
    """A message from before the database was lost carries the number of another answer. Raises NotAllowed."""
    message_id = interaction.message.id if interaction.message else None
    is_card = record.card is not None and record.card.channel_id == interaction.channel_id
    is_answer = record.channel_id == interaction.channel_id and (
        record.posted is None or record.posted.message_id == message_id
    )
    if record.guild_id != interaction.guild_id or not (is_answer or is_card):
        raise NotAllowed("The sources of this answer are not on record any more. Ask again to get a fresh one.")
    if record.is_withheld and not is_card:
        raise NotAllowed("This answer is not shown, and neither are its sources.")


def answer_view(answer_id: int) -> ui.View:
    """The buttons under a posted answer."""
    return ui.View(timeout=None).add_item(SourcesButton(answer_id))
