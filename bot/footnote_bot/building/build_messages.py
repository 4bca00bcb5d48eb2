"""Messages that show the progress of a build. They are on record while it runs, so that others can finish them after a
crash.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import discord

from footnote.records.answers import MessageRef
from footnote.stores import RunningStore
from footnote_bot.access.languages import Languages
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.language import speaking
from footnote_bot.wire.editing import Editing, Outcome

INTERRUPTED = N_("The bot was restarted and interrupted this. Questions are answered from the previous index.")

UNSEEN_FOR = timedelta(minutes=2)
"""After this time without a sign of life, a build is no longer running."""

_BETWEEN_SIGNS = timedelta(seconds=20)


class BuildMessages:
    """Interrupted builds are recognised by age, not by who began them: two processes may share one database."""

    def __init__(
        self, store: RunningStore, edit: Editing, languages: Languages, *, clock: Callable[[], datetime]
    ) -> None:
        self._languages = languages
        self._store = store
        self._edit = edit
        self._clock = clock
        self._told: dict[int, datetime] = {}

    async def seen(self, message: discord.Message) -> None:
        """The build that it shows is running."""
        now = self._clock()
        if message.id not in self._told or now - self._told[message.id] > _BETWEEN_SIGNS:
            self._told[message.id] = now
            await self._store.build_seen(MessageRef(message.channel.id, message.id), now)

    async def over(self, message: discord.Message) -> None:
        self._told.pop(message.id, None)
        await self._store.build_over(message.id)

    async def end_interrupted(self) -> None:
        """Removes the progress and *Cancel* from messages whose process was killed."""
        for message in await self._store.builds_unseen(since=self._clock() - UNSEEN_FOR):
            with speaking(self._languages.of_channel(message.channel_id)):
                embed = discord.Embed(description=_(INTERRUPTED))
            outcome = await self._edit(message, lambda shown, embed=embed: shown.edit(embed=embed, view=None))  # type: ignore[misc]
            if outcome is not Outcome.LATER:
                await self._store.build_over(message.message_id)
