"""Add to articles: the entry in a message's menu."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.building.article_changes import ArticleChanges
from footnote_bot.translations.catalogue import N_
from footnote_bot.wire.inflight import InFlight

NAME = N_("Add to articles")


class AddMessageCog(commands.Cog):
    """discord.py does not support menu entries as methods of a cog, so they are added to its tree by hand."""

    def __init__(self, tree: app_commands.CommandTree[Any], in_flight: InFlight, changes: ArticleChanges) -> None:
        self._tree = tree
        self._in_flight = in_flight
        self._changes = changes

    async def cog_load(self) -> None:
        entry = app_commands.ContextMenu(name=NAME, callback=self._add)
        entry.allowed_contexts = app_commands.AppCommandContext(guild=True)
        entry.default_permissions = discord.Permissions(manage_guild=True)
        self._tree.add_command(entry)

    async def _add(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        self._in_flight.join()
        await self._changes.add_message(interaction, message)
