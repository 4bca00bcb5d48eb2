"""The button on a page of /setup that leads back to the panel."""

from __future__ import annotations

from typing import Any

from discord import ui

from footnote.records.policies import EVERYWHERE
from footnote_bot.translations.catalogue import _


def back_button(channel_id: int = EVERYWHERE) -> ui.Button[Any]:
    """Its custom id is that of `setup.PanelButton`, which answers the click."""
    page = "setup:server:0" if channel_id == EVERYWHERE else f"setup:policy:{channel_id}"
    return ui.Button(label=_("Back"), custom_id=page)
