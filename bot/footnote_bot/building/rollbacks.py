"""Going back to an earlier generation: which there are, whether it is meant, and the news of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from footnote.errors import DamagedIndex, EmptyIndex
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import require_posting
from footnote_bot.audit import Audit, actor_of
from footnote_bot.render import builds as render_builds
from footnote_bot.services import IndexService
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import in_public
from footnote_bot.views.builds import rollback_view
from footnote_bot.wire.interactions import acknowledge, offer
from footnote_bot.wire.retrying import Retry

log = logging.getLogger(__name__)

_MOST_CHOICES = 25  # Discord's limit


class Rollbacks:
    """Asked for by a command, carried out by a button. `on_end` is called when another generation is live."""

    def __init__(
        self,
        client: discord.Client,
        index: IndexService,
        audit: Audit,
        gate: Gate,
        retry: Retry,
        *,
        on_end: Callable[[], None],
    ) -> None:
        self._client = client
        self._index = index
        self._audit = audit
        self._gate = gate
        self._retry = retry
        self._on_end = on_end

    async def choices(self, typed: str) -> list[app_commands.Choice[str]]:
        """The generations that are not live, newest first, whose line holds what was typed."""
        live = await self._live()
        found = [
            app_commands.Choice(name=render_builds.generation_choice(kept), value=kept.generation)
            for kept in await self._index.generations()
            if kept.generation != live
        ]
        return [choice for choice in found if typed.casefold() in choice.name.casefold()][:_MOST_CHOICES]

    async def propose(self, interaction: discord.Interaction[Any], generation: str | None) -> None:
        """Names what a rollback would go back to. Raises NotAllowed, CannotRollBack, EmptyIndex."""
        self._require_rights(interaction)
        if await acknowledge(interaction, ephemeral=True):
            target = await self._index.rollback_target(generation)
            await offer(interaction, render_builds.rollback_question(target), rollback_view(target.generation))

    async def carry_out(self, interaction: discord.Interaction[Any], generation: str) -> None:
        """Goes back, and posts that for everybody. Raises as `propose` does, and BuildRunning."""
        self._require_rights(interaction)
        if not await acknowledge(interaction):
            return
        user = interaction.user.mention
        live = await self._audit.attempt(
            actor_of(interaction),
            "rollback",
            generation,
            self._index.rollback(generation, started_by=user),
            lambda live: f"live, {live.articles} articles",
        )
        self._on_end()
        with in_public():
            news = render_builds.rolled_back(live, by=user)
        is_told = await self._post(interaction, news)
        await offer(interaction, _("Done.") if is_told else _("Done, but I could not post that here."), None)

    async def _live(self) -> str | None:
        try:
            return (await self._index.status()).generation
        except (EmptyIndex, DamagedIndex):
            return None

    async def _post(self, interaction: discord.Interaction[Any], embed: discord.Embed) -> bool:
        channel = self._client.get_partial_messageable(interaction.channel_id or 0)  # commands come with a channel
        try:
            await self._retry(lambda: channel.send(embed=embed, nonce=interaction.id))
        except Exception:
            log.warning("channel %s: a rollback is not told there", interaction.channel_id, exc_info=True)
            return False
        return True

    def _require_rights(self, interaction: discord.Interaction[Any]) -> None:
        self._gate.require_index_manager(interaction)
        is_thread = isinstance(interaction.channel, discord.Thread)
        require_posting(interaction.app_permissions, interaction.channel_id or 0, in_thread=is_thread)
