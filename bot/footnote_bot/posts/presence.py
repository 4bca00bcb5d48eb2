"""The text under the bot's name: "answers from 609 articles · /ask"."""

from __future__ import annotations

import asyncio
import logging

import discord

from footnote.errors import FootnoteError
from footnote_bot.citation_format import counted
from footnote_bot.discord_services import IndexService

log = logging.getLogger(__name__)


class Presence:
    """Checks from time to time how many articles there are, and updates the text when that has changed."""

    def __init__(self, client: discord.Client, index: IndexService) -> None:
        self._client = client
        self._index = index
        self._shown: str | None = None

    async def run(self, *, seconds: float) -> None:
        """Runs until it is cancelled."""
        await self._client.wait_until_ready()
        while True:
            try:
                await self.show()
            except (discord.DiscordException, ConnectionError, FootnoteError) as error:
                log.info("the presence is not shown: %s", type(error).__name__)
            await asyncio.sleep(seconds)

    async def show(self) -> None:
        """Raises FootnoteError when the index cannot be read."""
        status = await self._index.status()
        line = f"answers from {counted(status.articles, 'article')} · /ask"
        if line != self._shown:
            await self._client.change_presence(activity=discord.CustomActivity(line))
            self._shown = line
