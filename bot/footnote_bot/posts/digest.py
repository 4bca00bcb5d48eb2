"""The digest: what was asked and decided in the last days, posted in the review channel."""

from __future__ import annotations

import asyncio
import io
import logging
from datetime import timedelta

import discord

from footnote.review.recording import utc_now
from footnote.stores import DueDigest, Overview
from footnote_bot.access.languages import Languages
from footnote_bot.access.permissions import is_open_to_all, own_permissions
from footnote_bot.render import overview as render_overview
from footnote_bot.render.plots import plotted
from footnote_bot.server_records.counting import Counted, VectorsOf, count
from footnote_bot.translations.catalogue import _
from footnote_bot.translations.language import speaking
from footnote_bot.wire.retrying import Retry, failure_in_words, is_discords

log = logging.getLogger(__name__)


class Digest:
    """A silent message every few days, the first one that long after review was set up; none when nothing was asked.

    The database decides before anything is posted, so only one of two processes posts. If that one is killed right
    then, this digest is lost, and the next one covers the following days.
    """

    def __init__(
        self,
        client: discord.Client,
        overview: Overview,
        retry: Retry,
        languages: Languages,
        *,
        days: int,
        vectors_of: VectorsOf | None,
    ) -> None:
        self._client = client
        self._overview = overview
        self._retry = retry
        self._languages = languages
        self._days = days
        self._vectors_of = vectors_of

    async def run(self, *, seconds: float) -> None:
        """Checks at intervals (in seconds) until it is cancelled."""
        while True:
            await asyncio.sleep(seconds)
            try:
                await self.run_once()
            except Exception:
                log.exception("no digest")

    async def run_once(self) -> None:
        """Once."""
        for due in await self._overview.due_digests(utc_now(), every=timedelta(days=self._days)):
            guild = self._client.get_guild(due.guild_id)
            if guild is not None and await self._overview.take_digest(due, utc_now()):
                await self._tell(guild, due)

    async def _tell(self, guild: discord.Guild, due: DueDigest) -> None:
        """It only quotes questions from channels that everybody can read, so those in the review channel can too."""
        asked_in = await self._overview.channels(guild.id)
        found = await count(
            self._overview,
            guild.id,
            days=self._days,
            now=utc_now(),
            gap_channels=frozenset(channel_id for channel_id in asked_in if is_open_to_all(guild, channel_id)),
            vectors_of=self._vectors_of,
        )
        if found.statistics.answered.whole:
            with speaking(self._languages.of_server(guild.id)):
                await self._post(guild, due.channel_id, found)

    async def _post(self, guild: discord.Guild, channel_id: int, found: Counted) -> None:
        channel = self._client.get_partial_messageable(channel_id, guild_id=guild.id)
        picture = await asyncio.to_thread(plotted, found) if _takes_files(guild, channel_id) else None
        embed = render_overview.statistics(found, title=_("Digest"), with_picture=picture is not None)

        async def post() -> None:
            files = [discord.File(io.BytesIO(picture), render_overview.PICTURE)] if picture else []
            nonce = f"digest-{int(found.until.timestamp() * 1000):x}"
            await channel.send(embed=embed, files=files, silent=True, nonce=nonce)

        try:
            await self._retry(post)
        except Exception as error:
            if not is_discords(error):
                raise
            log.warning("channel %d: no digest: %s", channel_id, failure_in_words(error))


def _takes_files(guild: discord.Guild, channel_id: int) -> bool:
    channel = guild.get_channel_or_thread(channel_id)
    return isinstance(channel, discord.TextChannel | discord.Thread) and own_permissions(channel).attach_files
