"""Editing the bot's own messages where they may have become hard to reach."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import Enum, auto

import discord

from footnote.records.answers import MessageRef
from footnote_bot.wire.retrying import Retry, code_of, failure_in_words, is_discords, is_passing

log = logging.getLogger(__name__)

Edit = Callable[[discord.PartialMessage], Awaitable[object]]

_THREAD_IS_ARCHIVED = 50083


class Outcome(Enum):
    """The result of an edit."""

    DONE = auto()  # it shows
    GONE = auto()  # its message no longer exists
    LATER = auto()  # Discord is unavailable; it may work in a moment
    REFUSED = auto()  # trying again does not help


class Editing:
    """Edits a message wherever it is: `outcome = await edit(place, lambda message: message.edit(...))`."""

    def __init__(self, client: discord.Client, retry: Retry) -> None:
        self._client = client
        self._retry = retry

    async def __call__(self, place: MessageRef, edit: Edit) -> Outcome:
        try:
            await self._edit(place, edit)
        except discord.NotFound:
            log.info("message %d is gone", place.message_id)
            return Outcome.GONE
        except Exception as error:
            if not is_discords(error):
                raise
            outcome = Outcome.LATER if is_passing(error) else Outcome.REFUSED
            log.warning(
                "message %d in channel %d is not edited (%s): %s",
                place.message_id,
                place.channel_id,
                outcome.name.lower(),
                failure_in_words(error),
            )
            return outcome
        return Outcome.DONE

    async def _edit(self, place: MessageRef, edit: Edit) -> None:
        message = self._client.get_partial_messageable(place.channel_id).get_partial_message(place.message_id)
        try:
            await self._retry(lambda: edit(message))
        except discord.HTTPException as error:
            if code_of(error) != _THREAD_IS_ARCHIVED:
                raise
            await self._edit_in_archive(message, edit)

    async def _edit_in_archive(self, message: discord.PartialMessage, edit: Edit) -> None:
        """Discord does not allow edits in an archived thread: opens it, and archives it again if the bot may do
        that.
        """
        thread = await self._retry(lambda: self._client.fetch_channel(message.channel.id))
        assert isinstance(thread, discord.Thread), "only threads are archived"  # noqa: S101 - Discord's own code says so
        await self._retry(lambda: thread.edit(archived=False))
        try:
            await self._retry(lambda: edit(message))
        finally:
            with suppress(discord.HTTPException):  # opening only needs permission to write there, archiving needs more
                await self._retry(lambda: thread.edit(archived=True))
