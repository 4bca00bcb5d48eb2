"""A running build: its progress, and how to stop it."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import discord

from footnote.errors import BuildError
from footnote_bot.audit import actor_of
from footnote_bot.discord_services import IndexService
from footnote_bot.render import builds as render_builds
from footnote_bot.translations.catalogue import N_, _
from footnote_index.building.reports import Progress, Stage

STOPPED_BY = N_("{by} stopped the rebuild; the previous index stays live.")


class BuildStopped(BuildError):
    """Somebody stopped the build."""

    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(STOPPED_BY.format(by=by))


class BuildWatch:
    """The progress of a build, written by the build's thread and read by the event loop. `title` is shown above it."""

    def __init__(self, title: str = N_("Rebuilding the index")) -> None:
        self._title = title
        self._loop = asyncio.get_running_loop()
        self._has_begun = False
        self._stopped_by: str | None = None
        self.has_begun = asyncio.Event()
        start = Progress(Stage.READING, done=0, total=0, seconds=0.0)
        self.seen = (start, start)  # the first progress of the stage and the latest one, in one atomic assignment

    def __call__(self, now: Progress) -> None:
        """Raises BuildStopped once somebody has stopped the build; no longer after it begins to switch over."""
        stage_began, _ = self.seen
        self.seen = (stage_began if stage_began.stage is now.stage else now, now)
        if not self._has_begun:
            self._has_begun = True
            self._loop.call_soon_threadsafe(self.has_begun.set)
        if self._stopped_by and now.stage is not Stage.SWITCHING:
            raise BuildStopped(self._stopped_by)

    def stop(self, by: str) -> None:
        """Ends the build at its next step; the first person who stops it is named."""
        self._stopped_by = self._stopped_by or by

    @property
    def is_switching(self) -> bool:
        return self.seen[1].stage is Stage.SWITCHING

    def embed(self) -> discord.Embed:
        stage_began, now = self.seen
        return render_builds.progress(now, stage_began=stage_began, title=_(self._title))


class Rebuild:
    """A running build. `id` is unique, so that the button of an old message finds nothing to stop."""

    def __init__(self, index: IndexService, interaction: discord.Interaction[Any], *, may_lose: int) -> None:
        self.id = secrets.token_hex(8)
        self.actor = actor_of(interaction)
        self.may_lose = may_lose
        self.watch = BuildWatch()
        self.task = asyncio.create_task(
            index.build(may_lose=may_lose, started_by=interaction.user.mention, on_progress=self.watch)
        )
