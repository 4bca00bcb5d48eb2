"""A message that asks two things: each is searched for and read separately."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from footnote.models import Hit, Signals
from footnote.ports import Retrieved

MOST_PARTS = 3

_ASKS = r"(?:who|what|when|where|which|why|how)\b"
_WHETHER = r"(?:is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have|had)\b"
_SUBJECT = r"(?:there|i|you|we|the|an?|my|your|our|any)\b"
_BOUNDARY = re.compile(
    rf"\?\s++(?:and\s++)?(?:also\s++)?(?={_ASKS}|{_WHETHER})"
    rf"|,?(?<!\s)\s++and\s++(?:also\s++)?(?={_ASKS}|{_WHETHER}\s+{_SUBJECT})",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"^(?:and\s+)?(?:{_ASKS}(?:\W+\w+){{3,}}|{_WHETHER}(?:\W+\w+){{2,}})", re.IGNORECASE)
_THERE_IS = re.compile(r"\b(?:is|are|was|were)\s+there\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|then|so|one|ones)\b",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions in a message, each of which stands alone; the message itself if it asks one thing.

    "What does a berth cost and how long does the crossing take?" asks two, and so does "When do you close? And is there
    wifi?". "Who built the bridge and when?" and "Who is the mayor and where was she born?" ask about one thing.
    """
    parts = tuple(part.strip() for part in _BOUNDARY.split(question))
    points_back = any(_POINTS_BACK.search(_THERE_IS.sub(" ", part)) for part in parts[1:])
    alone = all(_WHOLE.match(part) for part in parts) and not points_back
    return tuple(f"{part.rstrip('?')}?" for part in parts) if 1 < len(parts) <= MOST_PARTS and alone else (question,)


def by_turns(found: Sequence[Retrieved]) -> Retrieved:
    """Merges what was found for each part: the best of each first, then the second of each. A passage found twice keeps
    the higher cosine of each sentence, and what it has for each part.
    """
    first = found[0]
    hits: dict[object, Hit] = {}
    lists = [one.hits if one.generation == first.generation else () for one in found]
    for place in range(max(map(len, lists))):
        for hit in (found[place] for found in lists if place < len(found)):
            known = hits.get(_place(hit))
            hits[_place(hit)] = _closer(known, hit) if known else hit
    if len(found) == 1:
        return first
    by_part = [_signals(hits.values(), own) for own in lists]
    return Retrieved(
        tuple(replace(hit, by_part=own) for hit, own in zip(hits.values(), zip(*by_part, strict=True), strict=True)),
        first.generation,
    )


def for_part(hit: Hit, part: int) -> Hit:
    """As it was found for one of the questions of a message."""
    return replace(hit, sentences=hit.by_part[part]) if hit.by_part else hit


def _signals(hits: Iterable[Hit], own: Sequence[Hit]) -> Iterator[tuple[Signals, ...]]:
    """Of each hit for one part. What was not found for it is no closer to it than the farthest sentence that was."""
    of_part = {_place(hit): hit.sentences for hit in own}
    farthest = min((signals.cosine for hit in own for signals in hit.sentences), default=0.0)
    for hit in hits:
        other = tuple(replace(one, cosine=min(one.cosine, farthest), coverage=0.0) for one in hit.sentences)
        yield of_part.get(_place(hit), other)


def _place(hit: Hit) -> object:
    return hit.passage.article.id, hit.passage.sentences[:1]


def _closer(known: Hit, again: Hit) -> Hit:
    both = zip(known.sentences, again.sentences, strict=True)
    return replace(known, sentences=tuple(max(pair, key=lambda signals: signals.cosine) for pair in both))
