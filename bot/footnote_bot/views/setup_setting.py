"""A menu of /setup for one setting of one channel, or of all channels without their own."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from footnote_bot.access.gate import Gated


def setting(names: str) -> str:
    """The template of a menu for one of the settings in `names`, which are separated by bars."""
    return rf"setup:(?P<what>{names}):(?P<channel>[0-9]{{1,20}})"


class ChannelSetting(Gated, ui.DynamicItem[ui.Select[Any]], template=r"(?!)"):
    """The `select` gets its custom id here. Each subclass has its own template; this one matches nothing."""

    def __init__(self, select: ui.Select[Any], what: str, channel_id: int) -> None:
        select.custom_id = f"setup:{what}:{channel_id}"
        super().__init__(select)
        self.what = what
        self.channel_id = channel_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Select)  # noqa: S101 - the custom id is that of a select
        return cls(item, match["what"], int(match["channel"]))
