"""The form that adds several files as articles at once."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from footnote_bot.access.gate import Gated
from footnote_bot.translations.catalogue import _
from footnote_bot.views.host import pressed

MOST_FILES = 10  # Discord's limit

_SECONDS_TO_CHOOSE = 900.0


class AddFilesForm(Gated, ui.Modal):
    """Opened by `/index add` without options."""

    def __init__(self) -> None:
        super().__init__(title=_("Add articles"), timeout=_SECONDS_TO_CHOOSE)
        self.files: ui.FileUpload[Any] = ui.FileUpload(min_values=1, max_values=MOST_FILES)
        self.replaces: ui.Checkbox[Any] = ui.Checkbox()
        what = _("Text, Markdown, HTML, PDF, Word or EPUB files, up to ten.")
        self.add_item(ui.Label(text=_("Files"), description=what, component=self.files))
        kept = _("The old files are kept in .removed.")
        replace = _("Replace articles with the same name")
        self.add_item(ui.Label(text=replace, description=kept, component=self.replaces))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        async with pressed(interaction) as host:
            await host.builds.articles.add_files(interaction, self.files.values, replace=self.replaces.value)
