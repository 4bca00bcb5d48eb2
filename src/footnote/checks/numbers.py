"""Numbers, amounts and percentages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from footnote.checks.source import QuotedSource

_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_NAMED = {word: float(value) for value, word in enumerate(_UNITS.split())}
_NAMED |= {word: float(value) for word, value in zip(_TENS.split(), range(30, 100, 10), strict=True)}
_NAMED |= {"half": 0.5, "dozen": 12.0, "½": 0.5, "¼": 0.25, "¾": 0.75}
del _NAMED["one"]  # "one of them" counts nothing
_NUMBER = re.compile(
    r"(?P<digits>(?<![\w.,])[-−]\d[\d.,:]*|\d[\d.,:]*)|(?P<named>[½¼¾]|\b(?:" + "|".join(_NAMED) + r")\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s\u00a0-]*(" + "|".join(sorted(_SCALES, key=len, reverse=True)) + r")\b|\s*(%|per ?cent\b)", re.IGNORECASE
)
_DECADE = re.compile(r"['’]?s\b")
_HEDGE = re.compile(
    r"\b(about|around|almost|approximately|nearly|roughly|some|close to|more than|over|up to)\W+$", re.IGNORECASE
)

Number = tuple[float, str]
"""Value, and what it is of: "%" a percentage, "s" a decade, "" anything else."""


def has_numbers(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Each number of the claim stands in a source as often, or, said with "about" or the like, rounds one there."""
    known = [number for source in sources for number in numbers_in(source.quote)]
    said = list(_numbers_with_hedges(claim))
    often_enough = Counter(known)
    exact = Counter(number for number, _ in said)
    return all(
        exact[number] <= often_enough[number] or (is_hedged and any(_rounds(number, other) for other in known))
        for number, is_hedged in said
    )


def numbers_in(text: str) -> list[Number]:
    return [number for number, _ in _numbers_with_hedges(text)]


def _numbers_with_hedges(text: str) -> Iterator[tuple[Number, bool]]:
    for match in _NUMBER.finditer(text):
        value = _NAMED[match["named"].casefold()] if match["named"] else _value(match["digits"])
        after = _AFTER.match(text, match.end())
        if after and after[1]:
            value *= _SCALES[after[1].casefold()]
        unit = "%" if after and after[2] else "s" if _DECADE.match(text, match.end()) else ""
        yield (value, unit), bool(_HEDGE.search(text, 0, match.start()))


def _value(digits: str) -> float:
    """1,000 and 1000 are one number, as are 2.50 and 2.5; 8:15 and 1.2.3 are read digit by digit."""
    plain = digits.rstrip(".,:").replace("−", "-")
    plain = re.sub(r",(?=\d{3}(?!\d))", "", plain)
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", plain) or 0) + 0.125  # never equal to a plain number


def _rounds(about: Number, exact: Number) -> bool:
    """90 rounds 87, and 3,000 rounds 2,960; 85 does not round 87."""
    (rounded, unit), (value, exact_unit) = about, exact
    if unit != exact_unit or not value:
        return False
    return any(float(f"{value:.{digits}g}") == rounded for digits in (1, 2)) and rounded != value
