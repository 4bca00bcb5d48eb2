"""Days that a text names relative to its own date ("on Friday", "two days ago", "in March", "last year") or to the one
day that it gives ("two days later").
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache

from footnote.checks.dates.days import WEEKDAYS, days_and_months, months_alone, weekdays_in, with_full_names
from footnote.checks.dates.years import YEAR
from footnote.checks.figures.numbers import words_in_digits

_YEAR = re.compile(rf"\b{YEAR}\b")
_AHEAD = re.compile(
    r"\b(?:will|next|coming|upcoming|tomorrow|expected|due|scheduled|plans?|planned|set to|going to|"
    r"(?:is|are) to|(?:kicks?|takes?|begins?|starts?|plays?|meets?|faces?|opens?|arrives?|returns?))\b",
    re.IGNORECASE,
)
_FROM_TODAY = re.compile(
    r"\b(yesterday|last night|today|tonight|tomorrow|this (?:morning|afternoon|evening))\b", re.IGNORECASE
)
_NEAR = re.compile(r"\b(last|this|next)\s+(year|month)\b|\ba (year) (?:earlier|before)\b", re.IGNORECASE)
_AGO = re.compile(
    r"(?<![\w.,])(?<!half )(?P<count>\d{1,3}|an?|one)\s(?P<unit>day|week|month|year)s?\sago\b", re.IGNORECASE
)
_LATER = re.compile(
    r"\b(?:(?P<count>\d{1,3}|a) (?P<unit>day|week)s? (?P<way>later|afterwards|earlier)|the (?:next|following) day)\b",
    re.IGNORECASE,
)
_LAST_WEEKDAY = re.compile(rf"\blast\s({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_STEPS = {"last": -1, "this": 0, "next": 1}
_TODAY_STEPS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_DAYS_LONG = {"day": 1, "week": 7}


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def resolved(text: str, published: date | None) -> str:
    """The days, months and years that a text from that day refers to, in words; empty if it refers to none.

    A weekday is one of the week before, or of the week after where the text looks ahead. A day or month without a year
    is the nearest past one, or also the nearest future one where the text looks ahead. "Two days later" is counted from
    the one day that the text gives. What lies outside the calendar is left out.
    """
    return "; ".join(dict.fromkeys(_resolved(with_full_names(text), published))) if published else ""


def _resolved(text: str, published: date) -> Iterator[str]:
    looks_ahead = bool(_AHEAD.search(text))
    yield from _on_weekdays(text, published, looks_ahead=looks_ahead)
    for match in _FROM_TODAY.finditer(text):
        yield from _stepped(published, _TODAY_STEPS.get(match[1].casefold(), 0))
    for match in _NEAR.finditer(text):
        step = _STEPS[match[1].casefold()] if match[1] else -1
        yield from _in_calendar(published, step, match[2] or match[3])
    yield from _ago(text, published)
    yield from _counted(text, published, looks_ahead=looks_ahead)
    if not _YEAR.search(text):
        for month in [*(month for _, month in days_and_months(text)), *months_alone(text)]:
            yield from map(str, _years_of(month, published, looks_ahead=looks_ahead))


def _on_weekdays(text: str, published: date, *, looks_ahead: bool) -> Iterator[str]:
    """ "Last Friday" is never the day of publication, nor a day to come."""
    for weekday in weekdays_in(_LAST_WEEKDAY.sub("", text)):
        back = _days_back(weekday, published)
        yield from _stepped(published, -back)
        if looks_ahead:
            yield from _stepped(published, 7 - back)
    for weekday in _LAST_WEEKDAY.findall(text):
        yield from _stepped(published, -(_days_back(weekday.casefold(), published) or 7))


def _days_back(weekday: str, published: date) -> int:
    return (published.weekday() - WEEKDAYS.index(weekday)) % 7


def _ago(text: str, published: date) -> Iterator[str]:
    for match in _AGO.finditer(words_in_digits(text)):
        count = int(match["count"]) if match["count"].isdigit() else 1
        unit = match["unit"].casefold()
        if unit in _DAYS_LONG:
            yield from _stepped(published, -count * _DAYS_LONG[unit])
        else:
            yield from _in_calendar(published, -count, unit)


def _counted(text: str, published: date, *, looks_ahead: bool) -> Iterator[str]:
    """The days that are so many days or weeks from the one day that the text gives."""
    days, years = set(days_and_months(text)), {*map(int, _YEAR.findall(text))}
    if len(days) != 1 or len(years) > 1:
        return
    [(number, month)] = days
    for match in _LATER.finditer(words_in_digits(text)):
        steps = int(match["count"]) if (match["count"] or "").isdigit() else 1
        steps *= _DAYS_LONG[(match["unit"] or "day").casefold()]
        for year in years or _years_of(month, published, looks_ahead=looks_ahead):
            with suppress(ValueError):  # there is no such day
                yield from _stepped(date(year, month, number), -steps if match["way"] == "earlier" else steps)


def _years_of(month: int, published: date, *, looks_ahead: bool) -> Iterator[int]:
    past = published.year - (month > published.month)
    coming = published.year + (month < published.month)
    return (year for year in ((past, coming) if looks_ahead else (past,)) if MINYEAR <= year <= MAXYEAR)


def _in_calendar(published: date, steps: int, unit: str) -> Iterator[str]:
    """The year or month that is so many years or months from that of publication."""
    is_year = unit.casefold() == "year"
    months = published.year * 12 + published.month - 1 + steps * (12 if is_year else 1)
    if MINYEAR <= months // 12 <= MAXYEAR:
        yield str(months // 12) if is_year else f"{calendar.month_name[months % 12 + 1]} {months // 12}"


def _stepped(day: date, days: int) -> Iterator[str]:
    with suppress(OverflowError):  # the calendar ends before
        yield _spelled(day + timedelta(days))


def _spelled(day: date) -> str:
    return f"{day:%A}, {day.day} {day:%B %Y}"
