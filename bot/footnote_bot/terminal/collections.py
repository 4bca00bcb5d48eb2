"""Collections named in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from footnote.errors import FootnoteError
from footnote.models.collections import Readable
from footnote_bot.app import Footnote


class UnknownCollection(FootnoteError):
    """No article is in a collection of that name."""


async def articles_in(footnote: Footnote, collections: Sequence[str]) -> frozenset[str] | None:
    """The ids of the articles in these collections; None if none are named. Raises UnknownCollection, EmptyIndex."""
    if not collections:
        return None
    known = await footnote.index.collections()
    for name in collections:
        if name not in known:
            there = (
                f"There are: {', '.join(known)}."
                if known
                else "There are none: put articles into folders to make some."
            )
            raise UnknownCollection(f"There is no collection {name}. {there}")
    return frozenset(await footnote.index.titles(readable=Readable(frozenset(collections))))
