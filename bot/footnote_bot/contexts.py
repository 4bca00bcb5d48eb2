"""Cited sentences inside their neighbours, as the live generation has them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from footnote.errors import EmptyIndex
from footnote.models import Citation
from footnote_bot.services import IndexService
from footnote_index.context import Context


async def contexts_of(index: IndexService, citations: Sequence[Citation]) -> list[Context | None]:
    """One for each citation, in the same order; None where the article has changed or is gone."""
    return list(await asyncio.gather(*(_context(index, citation) for citation in citations)))


async def _context(index: IndexService, citation: Citation) -> Context | None:
    try:
        return await index.context(citation)
    except EmptyIndex:
        return None
