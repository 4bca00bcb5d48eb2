"""How an item of a list begins, and which sentences belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.models.articles import Sentence

ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_NO_ITEM = ("#", "|")


def begun_at(text: str, sentences: Sequence[Sentence], at: int) -> Sentence | None:
    """The first sentence of the item that a sentence belongs to; None outside lists."""
    for place in range(at, -1, -1):
        one = sentences[place]
        if ITEM.match(text, one.start, one.end):
            return one
        begins = not place or "\n\n" in text[sentences[place - 1].end : one.start]
        if begins or text.startswith(_NO_ITEM, one.start):
            return None
    return None
