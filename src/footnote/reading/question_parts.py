"""A message that asks two things: each is searched for and read separately."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from footnote.models import Hit
from footnote.ports import Retrieved

MOST_PARTS = 3

_ASKS = r"(?:who|what|when|where|which|why|how)\b"
_BOUNDARY = re.compile(rf"(?:\?\s++(?:and\s++)?|,?(?<!\s)\s++and\s++(?:also\s++)?)(?={_ASKS})", re.IGNORECASE)
_WHOLE = re.compile(rf"^(?:and\s+)?{_ASKS}(?:\W+\w+){{3,}}", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|so|one|ones)\b",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions in a message, each of which stands alone; the message itself if it asks one thing.

    "What does a berth cost and how long does the crossing take?" asks two; "Who built the bridge and when?" and "Who is
    the mayor and where was she born?" ask about one thing.
    """
    parts = tuple(part.strip() for part in _BOUNDARY.split(question))
    alone = all(_WHOLE.match(part) for part in parts) and not any(map(_POINTS_BACK.search, parts[1:]))
    return tuple(f"{part.rstrip('?')}?" for part in parts) if 1 < len(parts) <= MOST_PARTS and alone else (question,)


def by_turns(found: Sequence[Retrieved]) -> Retrieved:
    """Merges what was found for each part: the best of each first, then the second of each. A passage found twice keeps
    the higher cosine of each sentence.
    """
    first, *others = found
    hits: dict[object, Hit] = {}
    lists = [one.hits for one in (first, *(other for other in others if other.generation == first.generation))]
    for place in range(max(map(len, lists))):
        for hit in (found[place] for found in lists if place < len(found)):
            known = hits.get(_place(hit))
            hits[_place(hit)] = _closer(known, hit) if known else hit
    return Retrieved(tuple(hits.values()), first.generation)


def _place(hit: Hit) -> object:
    return hit.passage.article.id, hit.passage.sentences[:1]


def _closer(known: Hit, again: Hit) -> Hit:
    both = zip(known.sentences, again.sentences, strict=True)
    return replace(known, sentences=tuple(max(pair, key=lambda signals: signals.cosine) for pair in both))
