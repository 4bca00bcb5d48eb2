"""The buttons under a page of the queue."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Self

import discord
from discord import ui

from footnote.records.overview import QueueState
from footnote_bot.access.gate import Gated
from footnote_bot.access.permissions import require_moderator
from footnote_bot.translations.catalogue import _
from footnote_bot.views.host import QueuePlace, pressed
from footnote_bot.wire.interactions import acknowledge


class QueueButton(
    Gated,
    ui.DynamicItem[ui.Button[Any]],
    template=r"queue:(?P<state>open|held|flagged|decided|expired):(?P<channel>[0-9]{1,20}):(?P<page>[0-9]{1,9})",
):
    """Turns to a page."""

    def __init__(self, place: QueuePlace, *, label: str = "", is_there: bool = True) -> None:
        button: ui.Button[Any] = ui.Button(
            label=label or _("Page"),
            custom_id=f"queue:{place.state.value}:{place.channel_id}:{place.page}",
            disabled=not is_there,
        )
        super().__init__(button)
        self.place = place

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(QueuePlace(QueueState(match["state"]), int(match["channel"]), max(int(match["page"]), 1)))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if not await acknowledge(interaction):
                return
            await require_moderator(interaction, host.core.stores.policies)
            await host.queues.show(interaction, self.place)


def queue_view(place: QueuePlace, pages: int) -> ui.View:
    """Under a page, given the number of pages."""
    before, after = replace(place, page=place.page - 1), replace(place, page=place.page + 1)
    view = ui.View(timeout=None)
    view.add_item(QueueButton(before, label=_("Previous"), is_there=before.page >= 1))
    return view.add_item(QueueButton(after, label=_("Next"), is_there=after.page <= pages))
