"""Days, months and weekdays as texts name them."""

from __future__ import annotations

import calendar
import re

_MONTHS = [name.casefold() for name in calendar.month_name if name]
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
WEEKDAYS = [name.casefold() for name in calendar.day_name]
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
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b", re.IGNORECASE)


def days_and_months(text: str) -> list[tuple[int, int]]:
    return [
        (int(match["day1"] or match["day2"]), _month_number(match["month1"] or match["month2"]))
        for match in _DAY_AND_MONTH.finditer(text)
    ]


def months_alone(text: str) -> list[int]:
    """Months without a day; "may" and "march" only with a capital, and not at the start of a sentence."""
    found = (
        match[1] for match in _MONTH_NAME.finditer(text) if match.start() or match[1].casefold() not in {"may", "march"}
    )
    return [_month_number(name) for name in found if name[0].isupper()]


def _month_number(name: str) -> int:
    folded = name.casefold().rstrip(".")
    return _MONTHS.index(folded) + 1 if folded in _MONTHS else _SHORT[folded]


def weekdays_in(text: str) -> list[str]:
    return [match[1].casefold() for match in _WEEKDAY.finditer(text)]
