"""What is looked for, where, and who asks: question -> hits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from footnote.candidates import FindAttached, in_turn, without_refused
from footnote.collections import EVERYTHING, Readable
from footnote.ports import Asker, Pair, Retrieved, Retriever
from footnote.question_parts import by_turns, parts_of


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, who asks, for which span of time, of which articles, and of which file beside them. What is found
    is what the asker may read.
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
        """In the terminal sits whoever runs Footnote."""
        return self.asker.readable if self.asker else EVERYTHING

    async def find(self, retriever: Retriever) -> Retrieved:
        """Without sentences that are refused. Raises EmptyIndex."""
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
