"""The gate: who is served at all, and who may change what. Every event passes it first: messages by `Gate.serves`,
commands and autocompletion through `GatedTree`, buttons, menus and forms through `Gated`.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any, Protocol

import discord
from discord import app_commands

from footnote_bot.access.languages import Languages
from footnote_bot.access.permissions import NotAllowed, guild_permissions
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.wire.interactions import report_error
from footnote_bot.wire.retrying import Retry, failure_in_words, is_discords

log = logging.getLogger(__name__)

NOT_SERVED = N_("I do not answer in this server. My operator chooses the servers that I serve.")
NEED_MANAGE_GUILD = N_("You need the permission Manage Server for this.")
ONLY_OWNER = N_(
    "I am in several servers that share one index, so only my application's owner or team may do this. My operator "
    "can list servers in DISCORD_GUILD_IDS: then their members with Manage Server may do it, too."
)


class Gate:
    """Knows the application's owners once the client has logged in. `guild_ids`: the servers that are served; all if it
    is empty. `sees_all`: no other process has servers of this bot.
    """

    def __init__(self, client: discord.Client, guild_ids: Collection[int], *, sees_all: bool = True) -> None:
        self._client = client
        self._sees_all = sees_all
        self.guild_ids = tuple(guild_ids)
        self._guild_ids = frozenset(guild_ids)
        self._left = set[int]()
        self.languages = Languages(client)

    def serves(self, guild_id: int | None) -> bool:
        """None: direct messages, where other rules decide who is answered."""
        return guild_id is None or not self._guild_ids or guild_id in self._guild_ids

    async def admits(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether the interaction may continue. If not, only the person who began it sees why.

        Sets the current language for what follows.
        """
        self.languages.hear(interaction)
        if self.serves(interaction.guild_id):
            return True
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await report_error(interaction, NotAllowed(_(NOT_SERVED)))
        return False

    def trusts(self, guild_id: int | None) -> bool:
        """Whether the members who manage this server may change the index. It is shared by all servers, and without a
        list of servers, anybody who can invite the bot manages one.
        """
        if self._guild_ids:
            return guild_id in self._guild_ids
        return self._sees_all and [guild.id for guild in self._client.guilds] == [guild_id]

    def may_manage_index(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether somebody may change the index, or see what is in it."""
        is_owner = interaction.user.id in owners_of(self._client.application)
        return is_owner or (self.trusts(interaction.guild_id) and guild_permissions(interaction).manage_guild)

    def may_know_index(self, interaction: discord.Interaction[Any]) -> bool:
        """Whether somebody may read the names of what is in the index, which answers cite anyway."""
        return self.trusts(interaction.guild_id) or interaction.user.id in owners_of(self._client.application)

    def require_index_manager(self, interaction: discord.Interaction[Any]) -> None:
        """Raises NotAllowed."""
        if not self.may_manage_index(interaction):
            is_manager = guild_permissions(interaction).manage_guild
            raise NotAllowed(_(ONLY_OWNER if is_manager else NEED_MANAGE_GUILD))

    @property
    def is_public(self) -> bool:
        """Whether anybody could invite the bot when it logged in."""
        return self._client.application is not None and self._client.application.bot_public

    def tell_rules(self) -> None:
        """Logs the rules, once the servers are known."""
        if self._guild_ids:
            log.info(
                "servers served: %d; the application's owner or team, and their managers, may change the index",
                len(self._guild_ids),
            )
            return
        is_only_one = self._sees_all and len(self._client.guilds) == 1
        managers = ", and those who manage its only server" if is_only_one else ""
        log.warning(
            "DISCORD_GUILD_IDS is empty, so the bot serves every server that invites it; the application's owner or "
            "team%s, may change the index",
            managers,
        )
        if self.is_public:
            log.warning("anybody can invite this bot: switch off Public Bot on its page in the developer portal")

    async def leave_unless_served(self, guild: discord.Guild, retry: Retry) -> None:
        """Only if there is a list of servers. Discord may report a server more than once."""
        if self.serves(guild.id) or guild.id in self._left:
            return
        self._left.add(guild.id)
        try:
            await retry(guild.leave)
        except Exception as error:
            if not is_discords(error):
                raise
            self._left.discard(guild.id)
            log.warning("guild %d is not left: %s", guild.id, failure_in_words(error))
        else:
            self._left.discard(guild.id)  # somebody may invite the bot again
            log.warning("guild %d is left: it is not in DISCORD_GUILD_IDS", guild.id)


def owners_of(application: discord.AppInfo | None) -> frozenset[int]:
    """Those who run the application: its owner, or the members of its team who may do more than look."""
    if application is None:
        return frozenset()
    if application.team is None:
        return frozenset({application.owner.id})
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and member.role is not discord.TeamMemberRole.read_only
    ) | {application.team.owner_id or application.owner.id}


class HasGate(Protocol):
    """What gated controls need from the client."""

    @property
    def gate(self) -> Gate: ...


class Gated:
    """A button, menu or form that passes the gate first. It comes before discord.py's class among the bases."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        client: HasGate = interaction.client
        return await client.gate.admits(interaction)


class GatedTree(app_commands.CommandTree[Any]):
    """Commands, menu entries and their autocompletion."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        client: HasGate = interaction.client
        return await client.gate.admits(interaction)
