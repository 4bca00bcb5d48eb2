"""How a build has ended: for the message in front of everybody, and for the audit."""

from __future__ import annotations

import asyncio

import discord

from footnote.errors import CanaryFailed, WouldShrink
from footnote_bot.building.running_build import STOPPED_BY, BuildStopped
from footnote_bot.render import builds as render_builds
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.builds import remove_view
from footnote_bot.wire.interactions import error_line
from footnote_index.building.reports import BuildReport

STOPPED = N_("The rebuild was stopped. The previous index stays live.")


def _error(build: asyncio.Task[BuildReport]) -> BaseException | None:
    return asyncio.CancelledError() if build.cancelled() else build.exception()


def outcome(build: asyncio.Task[BuildReport]) -> str:
    """For the record: no canary questions, which an error may repeat."""
    match _error(build):
        case None:
            done = build.result()
            return f"{done.generation}: {done.added} added, {done.changed} changed, {done.removed} removed"
        case WouldShrink() as error:
            return f"refused, {len(error.lost)} of {error.before} articles would be removed"
        case error:
            return type(error).__name__


def ending(build: asyncio.Task[BuildReport]) -> discord.Embed:
    """What the message about the build says from now on."""
    match _error(build):
        case asyncio.CancelledError():
            return discord.Embed(description=_(STOPPED))
        case BuildStopped() as error:
            return discord.Embed(description=_(STOPPED_BY).format(by=error.by))
        case WouldShrink() as error:
            return render_builds.would_shrink(error)
        case CanaryFailed() as error:
            return render_builds.canaries_failed(error)
        case Exception() as error:
            return render_builds.failure(error_line(error))
    return render_builds.report(build.result())


def way_on(build: asyncio.Task[BuildReport]) -> discord.ui.View | None:
    """The button under the message, where there is something to agree to."""
    error = _error(build)
    return remove_view(len(error.lost)) if isinstance(error, WouldShrink) else None
