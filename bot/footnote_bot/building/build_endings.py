"""How a build or a rollback has ended: for the message in front of everybody, and for the audit."""

from __future__ import annotations

import asyncio

import discord

from footnote.errors import CanaryFailed, WouldShrink
from footnote_bot.building.running_build import STOPPED_BY, BuildStopped
from footnote_bot.render import builds as render_builds
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.views.builds import remove_view
from footnote_bot.wire.interactions import error_line
from footnote_index.building.reports import BuildReport, Status

STOPPED = N_("The rebuild was stopped. The previous index stays live.")
_ROLLBACK_STOPPED = N_("The rollback was stopped. The live index has not changed.")


def _error(work: asyncio.Task[BuildReport] | asyncio.Task[Status]) -> BaseException | None:
    return asyncio.CancelledError() if work.cancelled() else work.exception()


def outcome(build: asyncio.Task[BuildReport]) -> str:
    """For the audit: without canary questions, which an error may repeat."""
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


def rollback_ending(work: asyncio.Task[Status], *, by: str) -> discord.Embed:
    """The same for a rollback."""
    match _error(work):
        case None:
            return render_builds.rolled_back(work.result(), by=by)
        case Exception() as error:
            return render_builds.failure(error_line(error), title=_("The rollback failed"))
    return discord.Embed(description=_(_ROLLBACK_STOPPED))


def way_on(build: asyncio.Task[BuildReport]) -> discord.ui.View | None:
    """The button under the message, where there is something to agree to."""
    error = _error(build)
    return remove_view(len(error.lost)) if isinstance(error, WouldShrink) else None
