"""Rebuilds in front of everybody: started, followed, stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import discord

from footnote.errors import BuildRunning, FootnoteError
from footnote_bot.access.gate import Gate
from footnote_bot.access.permissions import require_posting
from footnote_bot.audit import Audit, actor_of
from footnote_bot.building.build_endings import ending, outcome, way_on
from footnote_bot.building.progress_messages import ProgressMessage, ProgressMessages
from footnote_bot.building.running_build import Rebuild
from footnote_bot.discord_services import IndexService
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import in_public
from footnote_bot.views.builds import cancel_view
from footnote_bot.wire.inflight import InFlight
from footnote_bot.wire.interactions import acknowledge, tell

_REFUSED_WITHIN = 2.0  # seconds in which a build says that it cannot start
_STOPPED_WITHIN = 5.0  # seconds in which a stopped build ends


class BuildOver(FootnoteError):
    """The build has already ended."""

    def __init__(self) -> None:
        super().__init__(_("That build has ended."))


class Rebuilds:
    """All builds that this process started from Discord. `on_end` is called when one has ended without being cancelled
    by a shutdown: another generation may be live.
    """

    def __init__(
        self,
        index: IndexService,
        audit: Audit,
        gate: Gate,
        messages: ProgressMessages,
        *,
        on_end: Callable[[], None],
    ) -> None:
        self._index = index
        self._audit = audit
        self._gate = gate
        self._messages = messages
        self._on_end = on_end
        self._running: dict[str, Rebuild] = {}
        self._followers = InFlight()

    async def close(self) -> None:
        """Stops a running build while its message can still say so."""
        for rebuild in self._running.values():
            rebuild.task.cancel()
        await self._followers.settle(seconds=_STOPPED_WITHIN)

    async def begin(self, interaction: discord.Interaction[Any], *, may_lose: int = 0) -> None:
        """For a command or a button. `may_lose`: how many articles may be removed although they are too many.

        Raises NotAllowed, BuildRunning.
        """
        self._gate.require_index_manager(interaction)
        channel_id = interaction.channel_id or 0  # commands always come with a channel
        is_thread = isinstance(interaction.channel, discord.Thread)
        require_posting(interaction.app_permissions, channel_id, in_thread=is_thread)
        if not await acknowledge(interaction, ephemeral=True, thinking=True):
            return
        rebuild = self._start(interaction, may_lose=may_lose)
        await _wait_for_first_sign(rebuild)
        if rebuild.task.done() and not rebuild.task.cancelled():
            refusal = rebuild.task.exception()
            if isinstance(refusal, BuildRunning):
                await self._note_end(rebuild)
                raise refusal
        with in_public():
            view = cancel_view(rebuild.id)
        message = await self._messages.post(channel_id, rebuild.watch, view=view, nonce=interaction.id)
        self._followers.start(self._follow(rebuild, message), name="following a build")
        below = _("Rebuilding; see the progress below.")
        not_here = _("Rebuilding; I cannot post here, but /index status shows when it is done.")
        await tell(interaction, below if message.is_there else not_here)

    async def cancel(self, rebuild_id: str, interaction: discord.Interaction[Any]) -> str:
        """Returns the reply to the person who asked for it. Raises BuildOver, NotAllowed."""
        rebuild = self._running.get(rebuild_id)
        if rebuild is None:
            raise BuildOver
        is_own = rebuild.actor.user_id == interaction.user.id
        if not is_own:
            self._gate.require_index_manager(interaction)
        if rebuild.watch.is_switching:
            return _(
                "It is too late to stop: the new index is going live. `/index rollback` goes back to the previous one."
            )
        rebuild.watch.stop(interaction.user.mention)
        await self._audit.note(
            actor_of(interaction), "cancel", "their own rebuild" if is_own else "somebody else's rebuild"
        )
        return _("Stopping the rebuild.")

    def _start(self, interaction: discord.Interaction[Any], *, may_lose: int) -> Rebuild:
        rebuild = Rebuild(self._index, interaction, may_lose=may_lose)
        self._running[rebuild.id] = rebuild
        rebuild.task.add_done_callback(lambda _: self._running.pop(rebuild.id, None))
        return rebuild

    async def _follow(self, rebuild: Rebuild, message: ProgressMessage) -> None:
        build = rebuild.task
        await message.follow(build)
        await self._note_end(rebuild)
        if not build.cancelled():
            self._on_end()
        with in_public():
            embed, view = ending(build), way_on(build)
        await message.end(embed, view)

    async def _note_end(self, rebuild: Rebuild) -> None:
        agreed = f"may lose {rebuild.may_lose}: " if rebuild.may_lose else ""
        await self._audit.note(rebuild.actor, "rebuild", f"{agreed}{outcome(rebuild.task)}")


async def _wait_for_first_sign(rebuild: Rebuild) -> None:
    """Waits until the build makes progress, ends or is refused."""
    first_sign = asyncio.create_task(rebuild.watch.has_begun.wait())
    await asyncio.wait({rebuild.task, first_sign}, timeout=_REFUSED_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    first_sign.cancel()
