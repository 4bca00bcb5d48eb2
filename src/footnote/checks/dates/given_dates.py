"""Whether the days, months and weekdays of a claim are those of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from footnote.checks.dates.days import (
    WEEKDAYS,
    days_and_months,
    months_alone,
    weekdays_in,
    with_full_names,
    with_singular_weekdays,
)
from footnote.checks.dates.years import YEAR
from footnote.checks.source import QuotedSource, known

_YEAR = re.compile(rf"\b{YEAR}\b")


def has_dates(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Days, months and weekdays of the claim are in a source, or are what the source means on its day of publication.

    A day and its month must stand together: "6 September" is not found in "5 September and 6 October".
    """
    claim = _in_one_form(claim)
    texts = [_in_one_form(known(source)) for source in sources]
    pairs = {pair for text in texts for pair in days_and_months(text)}
    months = {month for _, month in pairs} | {month for text in texts for month in months_alone(text)}
    weekdays = {day for text in texts for day in _weekdays(text)}
    return (
        pairs.issuperset(days_and_months(claim))
        and months.issuperset(months_alone(claim))
        and weekdays.issuperset(weekdays_in(claim))
    )


def _in_one_form(text: str) -> str:
    return with_singular_weekdays(with_full_names(text))


def _weekdays(text: str) -> Iterator[str]:
    """The weekdays that it names, and those of its days."""
    yield from weekdays_in(text)
    for day, month in days_and_months(text):
        for year in map(int, _YEAR.findall(text)):
            try:
                yield WEEKDAYS[date(year, month, day).weekday()]
            except ValueError:
                continue  # there is no such day


def dates_in(text: str) -> frozenset[tuple[int, int] | int | str]:
    """(day, month) pairs, months and weekdays of a text, to be compared with those of another."""
    text = _in_one_form(text)
    pairs = days_and_months(text)
    return frozenset([*pairs, *(month for _, month in pairs), *months_alone(text), *weekdays_in(text)])
