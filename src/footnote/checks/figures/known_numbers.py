"""The numbers that a sentence gives, in each form in which a claim may have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from footnote.checks.dates.days import days_and_months
from footnote.checks.figures.clock import same_times
from footnote.checks.figures.numbers import Number, read_numbers, words_in_digits

_TENS = "twenties thirties forties fifties sixties seventies eighties nineties".split()  # noqa: SIM905
_DECADES = {word: 10.0 * tens for tens, word in enumerate(_TENS, 2)}
_DECADE = re.compile(rf"\b(?:{'|'.join(_DECADES)})\b", re.IGNORECASE)
_SPACED = re.compile(r"(?<![\d.,:])\d{1,3} \d{3}(?![.,:]?\d)")
"""May be one number or two."""


_FIRST_YEAR, _AFTER_YEARS = 1000, 2100

LABELLED = "labelled"
"""The kind under which the value of a label is counted."""


def known_numbers(quote: str) -> Counter[Number]:
    """A day of a month counts as "6" and as "6th", 9:00 as either half of the day, and the nineties as 1990s. A label
    counts as its value and as its text.
    """
    text = words_in_digits(quote)
    known = Counter[Number]()
    for read in read_numbers(quote):
        for number in filter(None, (read.number, read.also)):
            known.update([number, *same_times(number), *_same_decades(number)])
        if text[read.start : read.end].isdigit():
            known.update(_decade_of(read.number))
        if read.label:
            known.update([(0.0, read.label), (read.number[0], LABELLED)])
    known.update((float(match[0].replace(" ", "")), "") for match in _SPACED.finditer(text))
    for match in _DECADE.finditer(text):
        decade = (_DECADES[match[0].casefold()], "s")
        known.update([decade, *_same_decades(decade)])
    for day, _ in days_and_months(text):
        for number in ((float(day), ""), (float(day), "th")):
            known[number] = max(known[number], 1)
    return known


def _decade_of(year: Number) -> Iterator[Number]:
    """1948 was in the 1940s, and in the forties."""
    value, kind = year
    if not kind and _FIRST_YEAR <= value < _AFTER_YEARS and value % 1 == 0:
        decade = (value // 10 * 10, "s")
        yield from (decade, *_same_decades(decade))


def _same_decades(number: Number) -> Iterator[Number]:
    """The 90s are the 1990s."""
    value, kind = number
    if kind != "s":
        return
    if value >= 100:
        yield value % 100, "s"
    else:
        yield from ((century + value, "s") for century in (1900, 2000) if century + value < 2050)
