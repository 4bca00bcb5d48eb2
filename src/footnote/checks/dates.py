"""Days, months and weekdays."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from footnote.checks.source import QuotedSource

_MONTHS = [name.casefold() for name in calendar.month_name if name]
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_WEEKDAYS = [name.casefold() for name in calendar.day_name]
_MONTH = r"(?P<month%d>" + "|".join([*_MONTHS, *(f"{short}\\.?" for short in _SHORT)]) + r")"
_DAY_AND_MONTH = re.compile(
    r"\b(?P<day1>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+"
    + _MONTH % 1
    + r"\b|\b"
    + _MONTH % 2
    + r"\s+(?P<day2>\d{1,2})(?!\d|:\d)",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(r"\b(" + "|".join(_MONTHS) + r")\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)


def has_dates(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Days, months and weekdays of the claim stand in a source, or are those of the day it was published on.

    A day and its month must stand together: "6 September" is not found in "5 September and 6 October".
    """
    pairs = {pair for source in sources for pair in days_and_months(source.quote)}
    months = {month for _, month in pairs} | {month for source in sources for month in _months(source.quote)}
    weekdays = {day for source in sources for day in _weekdays(source.quote)}
    for day in (source.published for source in sources if source.published):
        if _WEEKDAYS[day.weekday()] in weekdays:  # the source's "Monday" may be given as its date
            pairs.add((day.day, day.month))
            months.add(day.month)
        if (day.day, day.month) in pairs:
            weekdays.add(_WEEKDAYS[day.weekday()])
    return (
        pairs.issuperset(days_and_months(claim))
        and months.issuperset(_months(claim))
        and weekdays.issuperset(_weekdays(claim))
    )


def dates_in(text: str) -> frozenset[tuple[int, int] | int | str]:
    """(day, month) pairs, months and weekdays of a text, to be compared with those of another."""
    pairs = days_and_months(text)
    return frozenset([*pairs, *(month for _, month in pairs), *_months(text), *_weekdays(text)])


def days_and_months(text: str) -> list[tuple[int, int]]:
    return [
        (int(match["day1"] or match["day2"]), _month_number(match["month1"] or match["month2"]))
        for match in _DAY_AND_MONTH.finditer(text)
    ]


def _months(text: str) -> list[int]:
    """Months that stand by themselves; "may" and "march" only with a capital, and not at the start of a sentence."""
    found = (
        match[1] for match in _MONTH_NAME.finditer(text) if match.start() or match[1].casefold() not in {"may", "march"}
    )
    return [_month_number(name) for name in found if name[0].isupper()]


def _month_number(name: str) -> int:
    folded = name.casefold().rstrip(".")
    return _MONTHS.index(folded) + 1 if folded in _MONTHS else _SHORT[folded]


def _weekdays(text: str) -> list[str]:
    return [match[1].casefold() for match in _WEEKDAY.finditer(text)]
