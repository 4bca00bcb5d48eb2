"""Deleted review channels: review is switched off, and those who manage the server are notified once."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import discord

from footnote.review.recording import Review
from footnote.stores import AuditLog
from footnote_bot.access.languages import Languages
from footnote_bot.access.permissions import own_permissions
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import speaking
from footnote_bot.wire.retrying import Retry, code_of, failure_in_words, is_discords

log = logging.getLogger(__name__)

LOST = N_(
    "The review channel was deleted, so moderators no longer get cards, and answers that wait for a moderator end "
    "at their deadline. A member with Manage Server can choose another channel with /setup."
)
UNKNOWN_CHANNEL = 10003


class LostReview:
    """The database decides which process reports it."""

    def __init__(
        self, client: discord.Client, review: Review, audit: AuditLog, retry: Retry, languages: Languages
    ) -> None:
        self._client = client
        self._review = review
        self._audit = audit
        self._retry = retry
        self._languages = languages

    async def look(self, guild_ids: Iterable[int]) -> None:
        """For what was deleted while the bot was away."""
        for guild_id in guild_ids:
            chosen = await self._review.store.review_channel(guild_id)
            if chosen and self._client.get_channel(chosen[0]) is None and await self._is_deleted(chosen[0]):
                await self.is_lost(guild_id, chosen[0])

    async def is_lost(self, guild_id: int, channel_id: int) -> bool:
        """Whether cards went to the deleted channel."""
        if not await self._review.drop_review_channel(guild_id, channel_id):
            return False
        log.warning("guild %d: its review channel %d is deleted, review is off", guild_id, channel_id)
        guild = self._client.get_guild(guild_id)
        if guild is not None:
            await self._tell(guild)
        return True

    async def _is_deleted(self, channel_id: int) -> bool:
        try:
            await self._client.fetch_channel(channel_id)
        except discord.InvalidData:
            return False
        except Exception as error:
            if not is_discords(error):
                raise
            return code_of(error) == UNKNOWN_CHANNEL
        return False

    async def _tell(self, guild: discord.Guild) -> None:
        """In the channel where Discord greets members, or else directly to the person who chose the review channel."""
        channel = guild.system_channel
        try:
            if channel is not None and own_permissions(channel).send_messages:
                with speaking(self._languages.of_server(guild.id)):
                    line = _(LOST)
                await self._retry(lambda: channel.send(line, nonce=f"lost-{guild.id:x}"))
                return
            chose = await self._audit.last_actor(guild.id, "setup", "review channel")
            if chose:
                direct = await self._retry(lambda: self._client.create_dm(discord.Object(chose)))
                with speaking(self._languages.of_server(guild.id)), self._languages.privately(chose):
                    line = f"{guild.name}: {_(LOST)}"
                await self._retry(lambda: direct.send(line, nonce=f"lost-{guild.id:x}"))
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning(
                "guild %d: no message says that its review channel is deleted: %s", guild.id, failure_in_words(error)
            )
