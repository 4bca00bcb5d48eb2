"""What is past is not presented as present."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.sense.parts import SentencePart, parts_of
from footnote.checks.source import QuotedSource

_STILL = re.compile(r"\b(?:is|are)\b(?!\s+(?:said|thought|believed|reported|known|remembered))", re.IGNORECASE)
_WAS = re.compile(r"\b(?:was|were|had been|used to be)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:is|are|has|have|remains?|now|still)\b|['’](?:s|re)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|told|wrote|added|announced|argued|explained|according to|knew|found|showed)\b", re.IGNORECASE
)
"""What somebody said in the past tense may still be true."""

_MOST = 0.7


def has_same_time(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Nothing that the claim puts in the present is only past in a source."""
    told = [part for source in sources if not _SAID.search(source.quote) for part in parts_of(source.quote)]
    return not any(
        _is_over(part, told)
        for part in parts_of(claim)
        if len(part.words) > 1 and _STILL.search(part.text) and not _WAS.search(part.text)
    )


def _is_over(part: SentencePart, told: Sequence[SentencePart]) -> bool:
    near = [other for other in told if len(part.words & other.words) >= _MOST * len(part.words)]
    return bool(near) and all(_WAS.search(other.text) and not _NOW.search(other.text) for other in near)
