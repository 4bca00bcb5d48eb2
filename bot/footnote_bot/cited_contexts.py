"""Cited sentences with their neighbours, as in the live generation."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from footnote.errors import EmptyIndex
from footnote.models import Citation
from footnote.models.collections import Readable
from footnote.records.answers import AnswerRecord
from footnote_bot.access.collection_access import CollectionAccess, Person
from footnote_bot.discord_services import IndexService
from footnote_index.context import Context


class Contexts:
    """Shows only articles that may be read where the answer is."""

    def __init__(self, index: IndexService, access: CollectionAccess) -> None:
        self._index = index
        self._access = access

    async def of(
        self, record: AnswerRecord, citations: Sequence[Citation], *, reader: Person | None = None
    ) -> list[Context | None]:
        """One for each citation, in the same order; None if the article has changed, is gone, or may not be read there.
        `reader` as in `CollectionAccess.of`.
        """
        return await contexts_of(self._index, citations, readable=await self._access.of(record, reader))


async def contexts_of(
    index: IndexService, citations: Sequence[Citation], *, readable: Readable
) -> list[Context | None]:
    """As `Contexts.of` returns them."""
    return list(await asyncio.gather(*(_context(index, citation, readable) for citation in citations)))


async def _context(index: IndexService, citation: Citation, readable: Readable) -> Context | None:
    try:
        return await index.context(citation, readable=readable)
    except EmptyIndex:
        return None
