"""Rollbacks: lists the generations, asks for confirmation, and announces the result."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from footnote.errors import DamagedIndex, EmptyIndex
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import require_posting
from footnote_bot.audit import Actor, Audit, actor_of
from footnote_bot.building.build_endings import rollback_ending
from footnote_bot.building.progress_messages import ProgressMessage, ProgressMessages
from footnote_bot.building.running_build import BuildWatch
from footnote_bot.discord_services import IndexService
from footnote_bot.render import builds as render_builds
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import in_public
from footnote_bot.views.builds import rollback_view
from footnote_bot.wire.interactions import acknowledge, offer
from footnote_index.building.reports import Status

log = logging.getLogger(__name__)

_MOST_CHOICES = 25  # Discord's limit
_TITLE = N_("Rolling back the index")


class Rollbacks:
    """A command asks for a rollback, and a button carries it out. `on_end` is called when another generation is
    live.
    """

    def __init__(
        self,
        client: discord.Client,
        index: IndexService,
        audit: Audit,
        gate: Gate,
        messages: ProgressMessages,
        *,
        on_end: Callable[[], None],
        seconds_unseen: float,
    ) -> None:
        """`seconds_unseen`: a rollback that takes longer is shown in a message."""
        self._client = client
        self._index = index
        self._audit = audit
        self._gate = gate
        self._messages = messages
        self._on_end = on_end
        self._seconds_unseen = seconds_unseen

    async def choices(self, typed: str) -> list[app_commands.Choice[str]]:
        """The generations that are not live, newest first, whose line contains what was typed."""
        live = await self._live()
        found = [
            app_commands.Choice(name=render_builds.generation_choice(kept), value=kept.generation)
            for kept in await self._index.generations()
            if kept.generation != live
        ]
        return [choice for choice in found if typed.casefold() in choice.name.casefold()][:_MOST_CHOICES]

    async def propose(self, interaction: discord.Interaction[Any], generation: str | None) -> None:
        """The generation that a rollback would make live. Raises NotAllowed, CannotRollBack, EmptyIndex."""
        self._require_rights(interaction)
        if await acknowledge(interaction, ephemeral=True):
            target = await self._index.rollback_target(generation)
            await offer(interaction, render_builds.rollback_question(target), rollback_view(target.generation))

    async def carry_out(self, interaction: discord.Interaction[Any], generation: str) -> None:
        """Rolls back, and announces it to everybody. Raises the same as `propose`, and BuildRunning."""
        self._require_rights(interaction)
        if not await acknowledge(interaction):
            return
        user, watch = interaction.user.mention, BuildWatch(_TITLE)
        work = asyncio.create_task(self._go_back(actor_of(interaction), generation, user, watch))
        message: ProgressMessage | None = None
        try:
            await asyncio.wait({work}, timeout=self._seconds_unseen)
            if not work.done():
                message = await self._show_progress(interaction, watch)
                await message.follow(work)
        finally:
            await _ended(work)
            if message is not None:
                with in_public():
                    embed = rollback_ending(work, by=user)
                await message.end(embed)
        if message is None or not message.is_there:
            live = work.result()
            with in_public():
                news = render_builds.rolled_back(live, by=user)
            is_told = await self._post(interaction, news)
            await offer(interaction, _("Done.") if is_told else _("Done, but I could not post that here."), None)

    async def _go_back(self, actor: Actor, generation: str, user: str, watch: BuildWatch) -> Status:
        live = await self._audit.attempt(
            actor,
            "rollback",
            generation,
            self._index.rollback(generation, started_by=user, on_progress=watch),
            lambda live: f"live, {live.articles} articles",
        )
        self._on_end()
        return live

    async def _show_progress(self, interaction: discord.Interaction[Any], watch: BuildWatch) -> ProgressMessage:
        message = await self._messages.post(interaction.channel_id or 0, watch, nonce=interaction.id)
        below = _("Rolling back; see the progress below.")
        not_here = _("Rolling back. I cannot post the progress here.")
        await offer(interaction, below if message.is_there else not_here, None)
        return message

    async def _live(self) -> str | None:
        try:
            return (await self._index.status()).generation
        except (EmptyIndex, DamagedIndex):
            return None

    async def _post(self, interaction: discord.Interaction[Any], embed: discord.Embed) -> bool:
        channel = self._client.get_partial_messageable(interaction.channel_id or 0)  # commands come with a channel
        try:
            await self._messages.retry(lambda: channel.send(embed=embed, nonce=interaction.id))
        except Exception:
            log.warning("channel %s gets no message about a rollback", interaction.channel_id, exc_info=True)
            return False
        return True

    def _require_rights(self, interaction: discord.Interaction[Any]) -> None:
        self._gate.require_index_manager(interaction)
        is_thread = isinstance(interaction.channel, discord.Thread)
        require_posting(interaction.app_permissions, interaction.channel_id or 0, in_thread=is_thread)


async def _ended(work: asyncio.Task[Status]) -> None:
    """Ends together with the task that waits for it, before what it uses is closed."""
    work.cancel()
    await asyncio.wait({work})
