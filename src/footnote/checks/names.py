"""Named things: people, places, organisations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.source import Source
from footnote.checks.words import STOPWORDS, WORD, plain

_LONG_ENOUGH = 5


def has_names(claim: str, sources: Sequence[Source]) -> bool:
    """Every capitalised word of the claim stands in a source or in its article's title and outlet.

    A first word counts when another name follows. NRF stands for National Resistance Front, Afghan for Afghanistan.
    """
    text = " ".join(f"{source.quote} {source.header}" for source in sources)
    words = {plain(word) for word in WORD.findall(text)}
    initials = _initials(text)
    return all(
        name in words or name.upper() in initials or any(_is_form_of(name, word) for word in words)
        for name in _names(claim)
    )


def _names(claim: str) -> list[str]:
    words = WORD.findall(claim)
    capital = [word[0].isupper() and word.casefold() not in STOPWORDS for word in words]
    if capital:
        capital[0] = capital[0] and len(words) > 1 and capital[1]
    return [plain(word) for word, is_capital in zip(words, capital, strict=True) if is_capital]


def _initials(text: str) -> set[str]:
    """First letters of runs of capitalised words: NRF for the National Resistance Front."""
    runs = re.findall(r"(?:\b[A-Z][\w’']*(?:\s+(?:of|the|and|for)\s+|[\s-]+)?){2,}", text)
    return {"".join(word[0] for word in WORD.findall(run) if word.casefold() not in STOPWORDS).upper() for run in runs}


def _is_form_of(name: str, word: str) -> bool:
    shorter, longer = sorted((name, word), key=len)
    return len(shorter) >= _LONG_ENOUGH and longer.startswith(shorter)
