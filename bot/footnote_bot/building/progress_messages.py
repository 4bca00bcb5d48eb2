"""Shows the progress of work on the index in an ordinary message, because it may take longer than an interaction lives
(15 minutes).
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import Any

import discord

from footnote_bot.building.build_messages import BuildMessages
from footnote_bot.building.running_build import BuildWatch
from footnote_bot.translations.language import in_public
from footnote_bot.wire.retrying import Retry, is_passing

log = logging.getLogger(__name__)


class ProgressMessages:
    """Posts progress messages, each of which then follows its work."""

    def __init__(
        self, client: discord.Client, retry: Retry, messages: BuildMessages, *, seconds_between_edits: float
    ) -> None:
        self._client = client
        self.retry = retry
        self.on_record = messages
        self.seconds_between_edits = seconds_between_edits

    async def post(
        self, channel_id: int, watch: BuildWatch, *, view: discord.ui.View | None = None, nonce: int
    ) -> ProgressMessage:
        channel = self._client.get_partial_messageable(channel_id)
        message: discord.Message | None = None
        with in_public():
            embed = watch.embed()
        try:
            message = await self.retry(lambda: channel.send(embed=embed, view=view, nonce=nonce))  # type: ignore[arg-type] # send takes None for a view
        except Exception:
            log.warning("channel %d: no progress message", channel_id, exc_info=True)
        return ProgressMessage(self, watch, message)


class ProgressMessage:
    """Once the message is deleted it is no longer edited; the work continues."""

    def __init__(self, messages: ProgressMessages, watch: BuildWatch, message: discord.Message | None) -> None:
        self._messages = messages
        self._watch = watch
        self._posted = self._left = message

    @property
    def is_there(self) -> bool:
        return self._left is not None

    async def follow(self, work: asyncio.Task[Any]) -> None:
        """Edits it until the work ends."""
        shown = None
        while not work.done():
            if self._posted is not None:
                await self._messages.on_record.seen(self._posted)
            await asyncio.wait({work}, timeout=self._messages.seconds_between_edits)
            if self._left is not None and not work.done() and self._watch.seen != shown:
                shown = self._watch.seen
                with in_public():
                    embed = self._watch.embed()
                self._left = self._left if await _edit(self._left, embed) else None

    async def end(self, embed: discord.Embed, view: discord.ui.View | None = None) -> None:
        """What it says from now on."""
        if self._left is not None:
            with suppress(discord.NotFound):
                await self._messages.retry(partial(self._left.edit, embed=embed, view=view))
        if self._posted is not None:
            await self._messages.on_record.over(self._posted)


async def _edit(message: discord.Message, embed: discord.Embed) -> bool:
    """Whether another edit makes sense."""
    try:
        await message.edit(embed=embed)
    except Exception as error:  # noqa: BLE001 - progress is not worth more than a log line
        if not is_passing(error):
            log.info("message %d is no longer edited: %s", message.id, type(error).__name__)
            return False
    return True
