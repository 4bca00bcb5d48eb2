"""Named things: people, places, organisations."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from footnote.checks.source import QuotedSource
from footnote.checks.words import STOPWORDS, WORD, plain

_LONG_ENOUGH = 5
_WORD_OR_MARK = re.compile(rf"{WORD.pattern}|[^\w\s&-]")
_CALENDAR = frozenset(name.casefold() for name in (*calendar.month_name, *calendar.day_name))


def has_names(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Every capitalised word of the claim stands in a source or in its article's title and outlet.

    A first word counts when another name follows. NRF stands for National Resistance Front, Afghan for Afghanistan.
    """
    text = " ".join(f"{source.quote} {source.header}" for source in sources)
    words = {plain(word) for word in WORD.findall(text)}
    initials = long_forms(text)
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


def names_in(text: str) -> list[tuple[str, ...]]:
    """Runs of capitalised words, in small letters, without months and weekdays. A first word needs a second one."""
    tokens = _WORD_OR_MARK.findall(text)
    is_name = [_may_be_named(token) for token in tokens]
    if tokens:
        is_name[0] = is_name[0] and is_name[1:2] == [True]
    runs = groupby(zip(tokens, is_name, strict=True), key=itemgetter(1))
    return [tuple(plain(token) for token, _ in run) for is_run, run in runs if is_run]


def long_forms(text: str) -> dict[str, frozenset[str]]:
    """The words of runs of capitalised words under their first letters: NRF for the National Resistance Front."""
    runs = re.findall(r"(?:\b[A-Z][\w’']*(?:\s+(?:of|the|and|for)\s+|[\s-]+)?){2,}", text)
    named = [[word for word in WORD.findall(run) if word.casefold() not in STOPWORDS] for run in runs]
    return {"".join(word[0] for word in words).upper(): frozenset(map(plain, words)) for words in named}


def _may_be_named(token: str) -> bool:
    return token[0].isupper() and plain(token) not in STOPWORDS and plain(token) not in _CALENDAR


def _is_form_of(name: str, word: str) -> bool:
    shorter, longer = sorted((name, word), key=len)
    return len(shorter) >= _LONG_ENOUGH and longer.startswith(shorter)
