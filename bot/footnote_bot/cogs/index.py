"""/index: rebuild it in front of everybody, look at what is live."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from footnote.errors import BuildRunning
from footnote_bot import render_builds
from footnote_bot.inflight import InFlight
from footnote_bot.interactions import acknowledge, error_line, show, tell
from footnote_bot.permissions import require_manage_guild, require_posting
from footnote_bot.retrying import Retry, is_passing
from footnote_bot.services import IndexService
from footnote_index.reports import BuildReport, Progress, Stage

log = logging.getLogger(__name__)

STOPPED = "The rebuild was stopped; the previous index stays live."
_REFUSED_WITHIN = 2.0  # seconds in which a build says that it cannot start
_STOPPED_WITHIN = 5.0  # seconds in which a build ends that is told to


class BuildWatch:
    """How far a build is: told by the build's thread, read by the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._has_begun = False
        self.has_begun = asyncio.Event()
        start = Progress(Stage.READING, done=0, total=0, seconds=0.0)
        self.seen = (start, start)  # the first progress of the stage and the latest one, in one atomic assignment

    def __call__(self, now: Progress) -> None:
        stage_began, _ = self.seen
        self.seen = (stage_began if stage_began.stage is now.stage else now, now)
        if not self._has_begun:
            self._has_begun = True
            self._loop.call_soon_threadsafe(self.has_begun.set)

    def embed(self) -> discord.Embed:
        stage_began, now = self.seen
        return render_builds.progress(now, stage_began=stage_began)


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class IndexCog(commands.GroupCog, group_name="index", group_description="The index that answers come from"):
    """Builds outlive their interaction (15 min), so their progress is an ordinary message.

    `on_end` is called when a build has ended that nobody has stopped: another generation may be live.
    """

    def __init__(
        self,
        client: discord.Client,
        index: IndexService,
        in_flight: InFlight,
        retry: Retry,
        *,
        seconds_between_edits: float,
        on_end: Callable[[], None],
    ) -> None:
        super().__init__()
        self._client = client
        self._index = index
        self._in_flight = in_flight
        self._retry = retry
        self._seconds_between_edits = seconds_between_edits
        self._on_end = on_end
        self._builds: set[asyncio.Task[BuildReport]] = set()
        self._followers = InFlight()

    async def cog_unload(self) -> None:
        """Stops a running build while its message can still say so."""
        for build in self._builds:
            build.cancel()
        await self._followers.settle(seconds=_STOPPED_WITHIN)

    @app_commands.command(name="rebuild", description="Read the articles again and rebuild the index")
    async def rebuild(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        require_manage_guild(interaction)
        channel_id = interaction.channel_id or 0  # commands always come with a channel
        is_thread = isinstance(interaction.channel, discord.Thread)
        require_posting(interaction.app_permissions, channel_id, in_thread=is_thread)
        if not await acknowledge(interaction, ephemeral=True):
            return
        watch = BuildWatch()
        build = self._start_build(interaction.user.mention, watch)
        await _wait_for_first_sign(build, watch)
        if build.done() and isinstance(refusal := build.exception(), BuildRunning):
            raise refusal
        message = await self._post_progress(channel_id, watch, nonce=interaction.id)
        self._followers.start(self._follow(build, watch, message), name="following a build")
        seen_in = "progress is below" if message else "I cannot post here, but /index status shows when it is done"
        await tell(interaction, f"Rebuilding; {seen_in}.")

    @app_commands.command(name="status", description="What the index holds and when it was built")
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        self._in_flight.join()
        require_manage_guild(interaction)
        if await acknowledge(interaction, ephemeral=True):
            await show(interaction, render_builds.status(await self._index.status()))

    def _start_build(self, started_by: str, watch: BuildWatch) -> asyncio.Task[BuildReport]:
        build = asyncio.create_task(self._index.build(started_by=started_by, on_progress=watch))
        self._builds.add(build)
        build.add_done_callback(self._builds.discard)
        build.add_done_callback(lambda build: None if build.cancelled() else self._on_end())
        return build

    async def _post_progress(self, channel_id: int, watch: BuildWatch, *, nonce: int) -> discord.Message | None:
        channel = self._client.get_partial_messageable(channel_id)
        try:
            return await self._retry(lambda: channel.send(embed=watch.embed(), nonce=nonce))
        except Exception:
            log.warning("channel %d: no progress message", channel_id, exc_info=True)
            return None

    async def _follow(
        self, build: asyncio.Task[BuildReport], watch: BuildWatch, message: discord.Message | None
    ) -> None:
        """Edits the message until the build ends. Deleted messages are not edited; the build goes on all the same."""
        shown = None
        while not build.done():
            await asyncio.wait({build}, timeout=self._seconds_between_edits)
            if message is not None and not build.done() and watch.seen != shown:
                shown = watch.seen
                message = message if await _edit(message, watch.embed()) else None
        end = _end(build)
        if message is not None:
            with suppress(discord.NotFound):
                await self._retry(partial(message.edit, embed=end))


async def _wait_for_first_sign(build: asyncio.Task[BuildReport], watch: BuildWatch) -> None:
    """Until the build moves, ends or is refused."""
    first_sign = asyncio.create_task(watch.has_begun.wait())
    await asyncio.wait({build, first_sign}, timeout=_REFUSED_WITHIN, return_when=asyncio.FIRST_COMPLETED)
    first_sign.cancel()


async def _edit(message: discord.Message, embed: discord.Embed) -> bool:
    """Whether another edit makes sense."""
    try:
        await message.edit(embed=embed)
    except Exception as error:  # noqa: BLE001 - progress is not worth more than a log line
        if not is_passing(error):
            log.info("message %d is not edited any more: %s", message.id, type(error).__name__)
            return False
    return True


def _end(build: asyncio.Task[BuildReport]) -> discord.Embed:
    if build.cancelled():
        return discord.Embed(description=STOPPED)
    error = build.exception()
    if isinstance(error, Exception):
        return render_builds.failure(error_line(error))
    return render_builds.report(build.result())
