"""The buttons of a build: stop it, start it, let it remove articles, or roll back."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote_bot.access.gate import Gated
from footnote_bot.translations.catalogue import _, plural
from footnote_bot.views.host import pressed
from footnote_bot.wire.interactions import acknowledge, tell


class CancelButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"cancel:(?P<id>[0-9a-f]{16})"):
    """Stops one build."""

    def __init__(self, rebuild_id: str) -> None:
        super().__init__(ui.Button(label=_("Cancel"), custom_id=f"cancel:{rebuild_id}"))
        self.rebuild_id = rebuild_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            if await acknowledge(interaction, ephemeral=True, thinking=True):
                await tell(interaction, await host.builds.rebuilds.cancel(self.rebuild_id, interaction))


class RebuildButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"rebuild:(?P<may_lose>[0-9]{1,9})"):
    """Starts a build that may remove the number of articles shown next to the button."""

    def __init__(self, may_lose: int = 0) -> None:
        remove = plural("Remove {n} article", "Remove {n} articles", may_lose)
        button: ui.Button[Any] = ui.Button(
            label=remove if may_lose else _("Rebuild now"),
            style=discord.ButtonStyle.danger if may_lose else discord.ButtonStyle.primary,
            custom_id=f"rebuild:{may_lose}",
        )
        super().__init__(button)
        self.may_lose = may_lose

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["may_lose"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            await host.builds.rebuilds.begin(interaction, may_lose=self.may_lose)


class RollbackButton(Gated, ui.DynamicItem[ui.Button[Any]], template=r"rollback:(?P<generation>[0-9a-z-]{1,80})"):
    """Rolls back to the generation that is named next to it."""

    def __init__(self, generation: str) -> None:
        button: ui.Button[Any] = ui.Button(
            label=_("Roll back"), style=discord.ButtonStyle.danger, custom_id=f"rollback:{generation}"
        )
        super().__init__(button)
        self.generation = generation

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["generation"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        async with pressed(interaction) as host:
            await host.builds.rollbacks.carry_out(interaction, self.generation)


def cancel_view(rebuild_id: str) -> ui.View:
    """Under the progress of a build."""
    return ui.View(timeout=None).add_item(CancelButton(rebuild_id))


def rebuild_view() -> ui.View:
    """Under the report of changed articles."""
    return ui.View(timeout=None).add_item(RebuildButton())


def remove_view(articles: int) -> ui.View:
    """Under a build that was refused because this many articles would be removed."""
    return ui.View(timeout=None).add_item(RebuildButton(articles))


def rollback_view(generation: str) -> ui.View:
    """Under the question whether to roll back."""
    return ui.View(timeout=None).add_item(RollbackButton(generation))
