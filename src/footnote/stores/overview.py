"""All answers on record as a whole: the queue, exports, digests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from footnote.records.answers import AnswerRecord
from footnote.records.overview import Entry, QueueState


@dataclass(frozen=True, slots=True)
class Queued:
    """A page of the queue, and how many answers there are on all pages."""

    records: tuple[AnswerRecord, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A guild whose review channel should get a digest; `last` is when it got one."""

    guild_id: int
    channel_id: int
    last: datetime | None


class Overview(Protocol):
    """Reads all recorded answers of a guild, except those that only their askers see (None: all there are, including
    direct messages). `channels`: only what was asked there. Long results come in batches, in the order in which they
    were recorded.
    """

    async def queue(
        self,
        guild_id: int | None,
        state: QueueState,
        *,
        channels: Collection[int] | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> Queued:
        """Oldest first."""
        ...

    def entries(self, guild_id: int | None, *, since: datetime | None = None) -> AsyncIterator[Sequence[Entry]]: ...

    def records(
        self, guild_id: int | None, *, since: datetime | None = None, channels: Collection[int] | None = None
    ) -> AsyncIterator[Sequence[AnswerRecord]]: ...

    async def channels(self, guild_id: int) -> Sequence[int]:
        """The channels where questions were asked."""
        ...

    async def due_digests(self, now: datetime, *, every: timedelta) -> Sequence[DueDigest]:
        """Guilds with a review channel since then, and without a digest since then."""
        ...

    async def take_digest(self, due: DueDigest, now: datetime) -> bool:
        """Whether this process should post it: another one may have been first."""
        ...
