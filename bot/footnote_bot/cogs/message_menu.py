"""Entries in a message's menu that everybody has."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote_bot.inquiries.menus import MessageMenus
from footnote_bot.translations.catalogue import N_
from footnote_bot.wire.inflight import InFlight

ANSWER = N_("Answer from the articles")
CHECK = N_("Check this")


class MessageMenuCog(commands.Cog):
    """discord.py does not support menu entries as methods of a cog, so they are added to its tree by hand."""

    def __init__(self, tree: app_commands.CommandTree[Any], in_flight: InFlight, menus: MessageMenus) -> None:
        self._tree = tree
        self._in_flight = in_flight
        self._menus = menus

    async def cog_load(self) -> None:
        for name, callback in ((ANSWER, self._answer), (CHECK, self._check)):
            entry = app_commands.ContextMenu(name=name, callback=callback)
            entry.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True)
            self._tree.add_command(entry)

    async def _answer(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        self._in_flight.join()
        await self._menus.answer(interaction, message)

    async def _check(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        self._in_flight.join()
        await self._menus.check(interaction, message)
