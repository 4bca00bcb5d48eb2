"""Days that a text means and does not name: "Tuesday to Friday" is said of Wednesday as well."""

from __future__ import annotations

import calendar
import re

_DAYS = [*calendar.day_name]
_SHORT = ("mon", "tues?", "weds?", "thu(?:rs?)?", "fri", "sat", "sun")
_DAY = "|".join(rf"{day}s?|{short}\b\.?" for day, short in zip(_DAYS, _SHORT, strict=True))
_RANGE = re.compile(
    rf"\b({_DAY})(?:\s*(?:to|until|till|through|thru)\s+|\s*[-–—]\s*)({_DAY})(?!\w)|\b(weekdays|working days)\b"
    r"|\b(weekends?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?:{_DAY}|weekends?|weekdays?)(?!\w)", re.IGNORECASE)
_WORKING_DAYS = range(5)
_WEEKEND = range(5, 7)


def spelled_out(text: str) -> str:
    """With the days that stand between the two of a range: "Tuesday to Friday (Wednesday, Thursday)"."""
    return _RANGE.sub(_with_days, text)


def asks_for_a_day(question: str) -> bool:
    return _NAMED.search(question) is not None


def _with_days(found: re.Match[str]) -> str:
    if found[3]:
        meant = _WORKING_DAYS
    elif found[4]:
        meant = _WEEKEND
    else:
        first, last = (_number(day) for day in found.groups()[:2])
        meant = range(first + 1, last if last >= first else last + len(_DAYS))
    names = ", ".join(_DAYS[day % len(_DAYS)] for day in meant)
    return f"{found[0]} ({names})" if names else found[0]


def _number(day: str) -> int:
    return next(number for number, name in enumerate(_DAYS) if name.casefold().startswith(day[:3].casefold()))
