"""Background work of the bot: it catches up with what a crash or a broken connection has delayed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from footnote.review.recording import ABANDONED_AFTER
from footnote_bot.building.build_messages import BuildMessages
from footnote_bot.posts.ageing import Ageing
from footnote_bot.posts.awaiting import Awaiting
from footnote_bot.posts.posting import Posting
from footnote_bot.server_records.retention import Retention
from footnote_bot.wire.inflight import InFlight

Loop = Callable[[], Coroutine[Any, Any, None]]


class Upkeep:
    """`served` returns the guilds whose messages are maintained."""

    def __init__(
        self,
        posting: Posting,
        ageing: Ageing,
        retention: Retention,
        awaiting: Awaiting,
        build_messages: BuildMessages,
        in_flight: InFlight,
        *,
        served: Callable[[], Sequence[int]],
        between_passes: float,
    ) -> None:
        self.posting = posting
        self.ageing = ageing
        self._retention = retention
        self._awaiting = awaiting
        self._build_messages = build_messages
        self._in_flight = in_flight
        self._served = served
        self._between_passes = between_passes
        self.background: list[asyncio.Task[None]] = []
        self._is_stopping = False

    def start(self, loops: Sequence[Loop]) -> None:
        """Catches up from time to time, and runs the other loops until `stop`."""
        self.background = [asyncio.create_task(loop()) for loop in (self._catch_up_regularly, *loops)]

    def stop(self) -> None:
        self._is_stopping = True
        self.ageing.stop()
        for task in self.background:
            task.cancel()

    async def stopped(self) -> None:
        """Returns when the loops have ended."""
        await asyncio.gather(*self.background, return_exceptions=True)

    def show_changes(self, guild_id: int | None) -> None:
        """Something on record has changed: posts missing cards in the guild, and edits outdated messages."""
        self._in_flight.start(self._show_changes(guild_id), name="showing changes")

    def catch_up(self) -> None:
        """Does nothing when the bot is shutting down: the database may be closed before this would finish."""
        if self._is_stopping:
            return
        self._in_flight.start(self._catch_up_with_all(), name="catching up")
        self._in_flight.start(self._awaiting.run_once(), name="asking again")

    async def _show_changes(self, guild_id: int | None) -> None:
        if guild_id is not None:
            await self.posting.post_missing_cards(guild_id)
        await self.posting.notices.show_changes()
        await self.ageing.show()

    async def _catch_up_regularly(self) -> None:
        """Discord may be unavailable for one channel without the connection ever breaking.

        The first pass comes as soon as everything that an earlier process has left behind counts as abandoned.
        """
        pause = min(ABANDONED_AFTER.total_seconds() + 1, self._between_passes)
        while True:
            await asyncio.sleep(pause)
            self.catch_up()
            pause = self._between_passes

    async def _catch_up_with_all(self) -> None:
        await self.ageing.run_once()
        await self.posting.catch_up(self._served())
        await self._build_messages.end_interrupted()
        await self._retention.run_once()
        await self.posting.notices.show_changes()
        await self.ageing.show()
