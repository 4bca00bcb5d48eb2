"""Counts what is on record for the last days."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from footnote.errors import FootnoteError
from footnote.records.overview import Statistics, Tally
from footnote.review.gaps import Gap, Vectors, find_gaps
from footnote.stores import Overview

log = logging.getLogger(__name__)

VectorsOf = Callable[[Sequence[str]], Awaitable[Vectors]]
"""Returns a unit vector for each question. May raise FootnoteError."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Statistics of the last `days` (None: of everything), and the largest gaps."""

    statistics: Statistics
    gaps: tuple[Gap, ...]
    days: int | None
    until: datetime


async def count(
    overview: Overview,
    guild_id: int | None,
    *,
    days: int | None,
    now: datetime,
    gap_channels: Collection[int] | None = None,
    vectors_of: VectorsOf | None = None,
) -> Counted:
    """Gaps are searched for among the questions of those channels (None: of all), by vectors if there are any."""
    tally = Tally(gap_channels)
    async for batch in overview.entries(guild_id, since=now - timedelta(days=days) if days else None):
        for entry in batch:
            tally.add(entry)
    missing = tally.missing()
    vectors = await _vectors([question for question, _ in missing], vectors_of)
    gaps = await asyncio.to_thread(find_gaps, missing, vectors)
    return Counted(tally.statistics(), tuple(gaps), days, now)


async def _vectors(questions: Sequence[str], vectors_of: VectorsOf | None) -> Vectors | None:
    if vectors_of is None or not questions:
        return None
    try:
        return await vectors_of(questions)
    except FootnoteError as error:
        log.warning("gaps are grouped by words instead: %s", error)
        return None
