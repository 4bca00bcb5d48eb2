"""Which collections a server assigns to its channels, categories and roles: reads them, and changes them with an audit
entry.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import discord

from footnote.errors import DamagedIndex, EmptyIndex
from footnote.models.collections import TOP, ServerCollections, Target, is_name
from footnote.stores import CollectionStore
from footnote_bot.access.gate import Gate
from footnote_bot.audit import Actor, Audit
from footnote_bot.discord_services import IndexService
from footnote_bot.server_records.server_setup import SetupRefused
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import ENGLISH, speaking

NO_COLLECTION = N_("articles in no collection")
"""The name of TOP."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What a server has assigned (`given`), and the `names` of the existing collections, in order: only the assigned
    ones if the server should not know others' collections. `gone` are those without any article left.
    """

    given: ServerCollections
    names: tuple[str, ...]
    gone: tuple[str, ...] = ()


class CollectionSetup:
    """The caller has checked that the actor may manage the server."""

    def __init__(self, index: IndexService, store: CollectionStore, audit: Audit, gate: Gate) -> None:
        self._index = index
        self._store = store
        self._audit = audit
        self._gate = gate

    async def shelves(self, interaction: discord.Interaction[Any]) -> Shelves:
        given = await self._store.of_server(interaction.guild_id or 0)
        there = {*await self._there()}
        known = there if self._gate.may_know_index(interaction) else there & given.given
        names = sorted({*filter(is_name, known | given.given)})
        return Shelves(given, tuple(names), tuple(sorted(given.given - there)))

    async def give(
        self, actor: Actor, guild: discord.Guild, target: Target, number: int, names: Collection[str]
    ) -> None:
        """Replaces the assigned collections. Raises SetupRefused."""
        if target is Target.ROLE and number == guild.default_role.id:
            raise SetupRefused(_("Everybody has that role. Choose one that only some members have, or a channel."))
        before = (await self._store.of_server(guild.id)).of(target, number)
        if before != {*names}:
            await self._store.give(guild.id, target, number, names)
            subject = f"collections of {'role' if target is Target.ROLE else 'channel'} {number}"
            with speaking(ENGLISH):  # like everything in the audit
                change = f"{listed(before)} -> {listed(names)}"
            await self._audit.note(actor, "setup", f"{subject}: {change}")

    async def _there(self) -> Collection[str]:
        try:
            return await self._index.collections()
        except (EmptyIndex, DamagedIndex):
            return ()


def listed(names: Collection[str]) -> str:
    """In order, with articles in no collection last."""
    return ", ".join([*sorted({*names} - {TOP}), *([_(NO_COLLECTION)] if TOP in names else [])]) or _("none")
