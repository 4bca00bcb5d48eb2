"""/audit: who did what to the index, the settings and answers of this server."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from footnote.stores import Act, AuditLog
from footnote_bot.access.permissions import require_manage_guild
from footnote_bot.render.markdown import fit, width
from footnote_bot.translations.catalogue import _
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, show
from footnote_bot.wire.mentions import mention

_SHOWN = 20
_LONGEST_DETAIL = 150
_LONGEST = 4000
_ACTIONS = 25


class AuditCog(commands.Cog):
    """For members with Manage Server: the newest acts first."""

    def __init__(self, audit: AuditLog, in_flight: InFlight) -> None:
        self._audit = audit
        self._in_flight = in_flight

    @app_commands.command(name="audit", description="Who did what to the index and to answers, newest first")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(action="Only this action, such as rebuild", member="Only what this member did")
    async def audit(
        self, interaction: discord.Interaction[Any], action: str | None = None, member: discord.User | None = None
    ) -> None:
        """`member` may have left the server."""
        self._in_flight.join()
        if not await acknowledge(interaction, ephemeral=True):
            return
        require_manage_guild(interaction)
        guild_id = interaction.guild_id or 0
        user_id = member.id if member else None
        acts = await self._audit.acts(guild_id, action=action, user_id=user_id, limit=_SHOWN)
        await show(interaction, discord.Embed(title=_("Audit"), description=_lines(acts)))

    @audit.autocomplete("action")
    async def actions(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        found = await self._audit.actions(interaction.guild_id or 0)
        fitting = [action for action in found if typed.casefold() in action.casefold()][:_ACTIONS]
        return [app_commands.Choice(name=action[:100], value=action[:100]) for action in fitting]


def _lines(acts: list[Act]) -> str:
    lines: list[str] = []
    for act in acts:
        what = [f"**{fit(act.action, 60)}**"]
        if act.answer_id:
            what.append(_("answer #{number}").format(number=act.answer_id))
        what.append(fit(act.detail, _LONGEST_DETAIL))
        line = f"{format_dt(act.at, 'R')} {mention(act.user_id)}: {' '.join(what)}".rstrip()
        if width("\n".join([*lines, line])) > _LONGEST:
            break
        lines.append(line)
    return "\n".join(lines) or _("There are no entries.")
