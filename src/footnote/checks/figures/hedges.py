"""Words before a number that say on which side of the exact one it is: "about", "more than", "nearly"."""

from __future__ import annotations

import re

_HEDGE = re.compile(
    r"\b(?P<denied>(?:no|not|never)\s)?(?:(?P<either>about|around|approximately|roughly|some|close to)"
    r"|(?P<exact_is_more>more than|over|above|at least|exceed(?:s|ed|ing)?)"
    r"|(?P<exact_is_less>nearly|almost|up to|under|below|less than|fewer than|at most))\W{1,5}$",
    re.IGNORECASE,
)
_LONGEST_HEDGE = 25

Sides = frozenset[int]
"""-1: the number is below the exact one; 1: it is above. Empty: it is the exact one."""


def sides_of_exact(text: str, start: int) -> Sides:
    """Where the number that begins there may be."""
    match = _HEDGE.search(text, max(0, start - _LONGEST_HEDGE), start)
    if not match:
        return frozenset()
    if match["either"]:
        return frozenset({-1, 1})
    return frozenset({1 if bool(match["exact_is_less"]) != bool(match["denied"]) else -1})
