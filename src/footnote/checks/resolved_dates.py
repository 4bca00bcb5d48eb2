"""Days that a text names relative to its own date ("on Friday", "yesterday", "in March", "last year") or to the one
day that it gives ("two days later").
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache

from footnote.checks.days import WEEKDAYS, days_and_months, months_alone, weekdays_in
from footnote.checks.numbers import words_in_digits

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AHEAD = re.compile(
    r"\b(?:will|next|coming|upcoming|tomorrow|expected|due|scheduled|plans?|planned|set to|going to|"
    r"(?:is|are) to|(?:kicks?|takes?|begins?|starts?|plays?|meets?|faces?|opens?|arrives?|returns?))\b",
    re.IGNORECASE,
)
_FROM_TODAY = re.compile(r"\b(yesterday|today|tonight|tomorrow|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_NEAR = re.compile(r"\b(last|this|next)\s+(year|month)\b|\ba (year) (ago|earlier|before)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:(?P<count>\d{1,3}|a) (?P<unit>day|week)s? (?P<way>later|afterwards|earlier)|the (?:next|following) day)\b",
    re.IGNORECASE,
)
_STEPS = {"last": -1, "this": 0, "next": 1}


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def resolved(text: str, published: date | None) -> str:
    """The days, months and years that a text from that day refers to, in words; empty if it refers to none.

    A weekday is one of the week before, or of the week after where the text looks ahead. A day or month without a year
    is the nearest one, the past one first. "Two days later" is counted from the one day that the text gives.
    """
    return "; ".join(dict.fromkeys(_resolved(text, published))) if published else ""


def _resolved(text: str, published: date) -> Iterator[str]:
    looks_ahead = bool(_AHEAD.search(text))
    for weekday in weekdays_in(text):
        back = (published.weekday() - WEEKDAYS.index(weekday)) % 7
        yield _spelled(published - timedelta(back))
        if looks_ahead:
            yield _spelled(published + timedelta((7 - back) % 7))
    for match in _FROM_TODAY.finditer(text):
        step = {"yesterday": -1, "tomorrow": 1}.get(match[1].casefold(), 0)
        yield _spelled(published + timedelta(step))
    for match in _NEAR.finditer(text):
        step = _STEPS[match[1].casefold()] if match[1] else -1
        if (match[2] or match[3]).casefold() == "year":
            yield str(published.year + step)
        else:
            months = published.year * 12 + published.month - 1 + step
            yield f"{calendar.month_name[months % 12 + 1]} {months // 12}"
    yield from _counted(text, published, looks_ahead=looks_ahead)
    if not _YEAR.search(text):
        for month in [*(month for _, month in days_and_months(text)), *months_alone(text)]:
            yield str(_year_of(month, published, looks_ahead=looks_ahead))


def _counted(text: str, published: date, *, looks_ahead: bool) -> Iterator[str]:
    """The days that are so many days or weeks from the one day that the text gives."""
    days, years = set(days_and_months(text)), {*map(int, _YEAR.findall(text))}
    if len(days) != 1 or len(years) > 1:
        return
    [(number, month)] = days
    year = years.pop() if years else _year_of(month, published, looks_ahead=looks_ahead)
    for match in _LATER.finditer(words_in_digits(text)):
        steps = int(match["count"]) if (match["count"] or "").isdigit() else 1
        steps *= 7 if (match["unit"] or "").casefold() == "week" else 1
        with suppress(ValueError):  # there is no such day
            given = date(year, month, number)
            yield _spelled(given + timedelta(-steps if match["way"] == "earlier" else steps))


def _year_of(month: int, published: date, *, looks_ahead: bool) -> int:
    if looks_ahead:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def _spelled(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"
