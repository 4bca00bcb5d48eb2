"""Records who did what to the index, as a log line and a row, before it is announced."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import discord

from footnote.review.recording import utc_now
from footnote.stores import Act, AuditLog
from footnote_bot.citation_format import on_one_line

log = logging.getLogger(__name__)

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, and where."""

    user_id: int
    guild_id: int | None
    channel_id: int | None


def actor_of(interaction: discord.Interaction[Any]) -> Actor:
    return Actor(interaction.user.id, interaction.guild_id, interaction.channel_id)


class Audit:
    """Details name articles and generations, never what is in them."""

    def __init__(self, rows: AuditLog) -> None:
        self._rows = rows

    async def note(self, actor: Actor, action: str, detail: str) -> None:
        """An act that could not be recorded is still in the log, and does not hide what was done."""
        detail = on_one_line(detail)
        log.info(
            "%s by user %d in guild %s, channel %s: %s", action, actor.user_id, actor.guild_id, actor.channel_id, detail
        )
        try:
            await self._rows.add(Act(utc_now(), actor.guild_id, actor.user_id, action, detail))
        except Exception:
            log.exception("%s by user %d is not recorded", action, actor.user_id)

    async def attempt(
        self, actor: Actor, action: str, subject: str, work: Awaitable[Done], outcome: Callable[[Done], str]
    ) -> Done:
        """Does the work, and records how it ended. What it raises is raised again."""
        try:
            done = await work
        except (Exception, asyncio.CancelledError) as error:
            await self.note(actor, action, f"{subject}: {type(error).__name__}")
            raise
        await self.note(actor, action, f"{subject}: {outcome(done)}")
        return done
