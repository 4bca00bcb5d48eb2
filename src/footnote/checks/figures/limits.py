"""Limits before figures and dates: "at least 5" is not "up to 5", nor "until 5 May" "from 5 May"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from footnote.checks.dates.days import DAY_OR_MONTH
from footnote.checks.dates.years import YEAR
from footnote.checks.figures.limit_words import LESS_THAN, MORE_THAN, OR_LESS, OR_MORE
from footnote.checks.figures.numbers import in_digits
from footnote.checks.one_form import in_one_form
from footnote.checks.sense.negation import negations_in
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_TIME = (
    r"[\s-](?:the\s)?\d[\d.,]{0,20}+[\s-](?:(?:million|full|whole|working|business|calendar|consecutive|school)\s)?"
    r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s?\b"
)
_LASTS = rf"{_TIME}(?![\s-](?:olds?|of\sage)\b)"
_AHEAD = rf"{_TIME}\s(?:before|prior|ahead|in\sadvance)\b"
"""What is no limit: prices rise over five years, and guests cancel up to or at least one day before."""

_LOWER = rf"at least(?!{_AHEAD})|(?:over|after)(?!{_LASTS})|{MORE_THAN}|from|since|(?:a )?minimum of|above"
_UPPER = rf"at most|almost|nearly|up to(?!{_AHEAD})|under|{LESS_THAN}|until|till|before|within|(?:a )?maximum of|below"
_NO_FIGURE = r"(?!\s(?:than\s)?(?:the\s)?[$€£]?\d)"
_DATE = rf"(?-i:{DAY_OR_MONTH})\b"
_YEAR = rf"{YEAR}(?=[.,;:!?)]|\Z)"
_FIGURE = re.compile(
    rf"(?:\b(?P<turned>not?\s)?(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER}|by(?=\s(?:\d{{1,2}}\s)?{_DATE}|\s{_YEAR})))"
    r"[\s-](?:the\s)?(?:ages?\sof\s)?[$€£]?)?"
    rf"(?P<figure>(?<![\w.,])(?:(?:(?P<before>{_DATE})\s)?(?P<digits>\d++(?:[.,:]\d++)*+)(?:\s(?P<behind>{_DATE}))?"
    rf"|(?P<named>{_DATE})))"
    rf"(?:\s(?:or|and)\s(?:(?P<more>{OR_MORE})|(?P<less>{OR_LESS}))\b{_NO_FIGURE})?",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    rf"[;:()–—]|[,.]\s|\b(?:and(?!\s(?:{OR_MORE}|{OR_LESS})\b{_NO_FIGURE})|but|while|when|who|which|where)\b",
    re.IGNORECASE,
)
_FREE = re.compile(r"\b(?:free|exempt(?:ed|ions?|s)?)\b", re.IGNORECASE)
_NEARLY_ALL = 0.75
"""The share of the claim's words in a source that says the same except for the limit."""

_Figure = tuple[str, str]
"""Digits, and the month or weekday with them."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """A figure or date of a text. `is_lower` is None where no limit stands before it; `words`: of its clause."""

    figure: _Figure
    is_lower: bool | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Limited:
    """A text: its words without those of its figures and limits, whether it negates or frees, and its figures."""

    words: frozenset[str]
    negates: bool
    frees: bool
    limits: tuple[_Limit, ...]


def has_same_limits(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No limit of the claim is turned round in a sentence that otherwise says nearly the same.

    A figure that a source gives without a limit, or with both, may have either.
    """
    said, told = _limited(claim), [_limited(source.quote) for source in sources]
    return not any(_is_turned(limit, said, told) for limit in said.limits if limit.is_lower is not None)


def _is_turned(limit: _Limit, said: _Limited, told: Sequence[_Limited]) -> bool:
    known = {other.is_lower for one in told for other in one.limits if other.figure == limit.figure}
    return known == {not limit.is_lower} and any(
        (said.negates, said.frees) == (one.negates, one.frees)
        and _share(said.words, one.words) >= _NEARLY_ALL
        and any(_share(limit.words, other.words) >= _NEARLY_ALL for other in one.limits if other.figure == limit.figure)
        for one in told
    )


def _share(words: frozenset[str], among: frozenset[str]) -> float:
    return len(words & among) / len(words) if words else 1.0


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def _limited(text: str) -> _Limited:
    text = in_digits(in_one_form(text))
    rest = _FIGURE.sub(" ", text)
    limits = tuple(limit for clause in _CLAUSE_END.split(text) for limit in _limits(clause))
    return _Limited(meanings(rest), bool(negations_in(rest)), bool(_FREE.search(rest)), limits)


def _limits(clause: str) -> Iterator[_Limit]:
    words = meanings(_FIGURE.sub(" ", clause))
    for match in _FIGURE.finditer(clause):
        is_limit = match["lower"] or match["upper"] or match["more"] or match["less"]
        is_lower = bool(match["lower"] or match["more"]) != bool(match["turned"]) if is_limit else None
        date = (match["before"] or match["behind"] or match["named"] or "").casefold()
        yield _Limit(((match["digits"] or "").replace(",", ""), date), is_lower, words)
