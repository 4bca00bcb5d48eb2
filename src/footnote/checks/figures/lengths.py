"""Lengths of time in other forms: 90 minutes are an hour and a half, and from 2005 to 2015 it is ten years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

_UNIT = r"(?P<unit%d>second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s?\b"
_SPAN = re.compile(
    rf"(?<![\d.,/])(?P<count>\d{{1,9}}(?:\.\d{{1,9}})?)(?P<more>\sand\sa\shalf|\s?½)?[\s-]{_UNIT % 1}"
    rf"|\b(?:an?|one)\s{_UNIT % 2}(?P<longer>\sand\sa\shalf\b)?"
    rf"|(?:(?P<part>\bhalf\b|½)|(?<![\d/])(?P<above>[1-9])/(?P<below>10|[2-9]))[\s-](?:of\s)?(?:an?\s)?{_UNIT % 3}",
    re.IGNORECASE,
)
ANNIVERSARY = re.compile(r"\b(\d+)(?:st|nd|rd|th)\s+(?:anniversary|birthday)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_YEARS_LONG = re.compile(r"\b(\d+)[\s-]years?\b", re.IGNORECASE)
_EQUAL = {
    ("century", "year"): 100,
    ("decade", "year"): 10,
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


@dataclass(frozen=True, slots=True)
class _Span:
    """`number`: the number that is read there: a half in "an hour and a half", whose count is 1.5."""

    number: float
    count: float
    unit: str


def counts_in_other_units(said: str, texts: Sequence[str]) -> Iterator[float]:
    """The numbers of a claim in lengths of time that the texts give in another unit or form."""
    told = {(span.count, span.unit) for text in texts for span in _spans(text)}
    for span in _spans(said):
        if ({(span.count, span.unit)} | _equals(span.count, span.unit)) & told:
            yield span.number


def lengths_in_years(said: str, texts: Sequence[str]) -> Iterator[float]:
    """The numbers of a claim in lengths that lie between two years of a text, or that an anniversary there tells."""
    lengths = {float(length) for length in _YEARS_LONG.findall(said)}
    if not lengths:
        return
    for text in texts:
        years = set(map(int, _YEAR.findall(text)))
        anniversaries = {float(count) for count in ANNIVERSARY.findall(text)}
        yield from lengths & ({float(abs(one - other)) for one, other in combinations(years, 2)} | anniversaries)


def _spans(text: str) -> Iterator[_Span]:
    for match in _SPAN.finditer(text):
        unit = (match["unit1"] or match["unit2"] or match["unit3"]).casefold().replace("centurie", "century")
        if match["count"]:
            count = float(match["count"]) + (0.5 if match["more"] else 0)
            yield _Span(count, count, unit)
        elif match["unit2"]:
            yield _Span(0.5, 1.5, unit) if match["longer"] else _Span(1.0, 1.0, unit)
        else:
            count = 0.5 if match["part"] else int(match["above"]) / int(match["below"])
            yield _Span(count, count, unit)


def _equals(count: float, unit: str) -> set[tuple[float, str]]:
    """Two years are 24 months."""
    in_smaller = {(count * times, small) for (large, small), times in _EQUAL.items() if large == unit}
    in_larger = {(count / times, large) for (large, small), times in _EQUAL.items() if small == unit}
    return in_smaller | in_larger
