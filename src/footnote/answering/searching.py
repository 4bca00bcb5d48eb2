"""What is searched for, where, and who asks: from a question to hits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from footnote.answering.candidates import FindAttached, in_turn, without_refused
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Asker, Pair, Retrieved, Retriever
from footnote.reading.question_parts import by_turns, parts_of


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, who asks, and the limits: a span of time, certain articles, an attached file. Only what the asker
    may read is found.
    """

    question: str
    asker: Asker | None
    since: date | None
    until: date | None
    articles: frozenset[str] | None
    refused: frozenset[Pair] = frozenset()
    attached: FindAttached | None = None

    @property
    def readable(self) -> Readable:
        """In the terminal, the person who runs Footnote asks."""
        return self.asker.readable if self.asker else EVERYTHING

    async def find(self, retriever: Retriever) -> Retrieved:
        """Without sentences that moderators refused. Raises EmptyIndex."""
        retrieve = partial(
            retriever.retrieve, readable=self.readable, since=self.since, until=self.until, articles=self.articles
        )
        parts = parts_of(self.question)
        found = by_turns(await asyncio.gather(*map(retrieve, parts)))
        hits = found.hits
        if self.refused:
            hits = tuple(left for hit in hits if (left := without_refused(hit, self.refused)))
        if self.attached:
            in_file = await asyncio.gather(*map(self.attached, parts))
            hits = in_turn(by_turns([Retrieved(tuple(one), found.generation) for one in in_file]).hits, hits)
        return replace(found, hits=hits)
