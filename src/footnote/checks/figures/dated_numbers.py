"""Which numbers of a text are parts of dates: days of a month, and years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from footnote.checks.dates.days import MONTH, WEEKDAYS
from footnote.checks.dates.years import YEAR
from footnote.checks.figures.counted_lists import MEASURES

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"(?<![\w.,]){_DAY}(?:(?:\s?[-–,]\s?|\s(?:and|or|to)\s){_DAY}){{0,3}}"
_DAY_IN_DATE = re.compile(
    rf"(?<![\d-]){YEAR}-\d\d-\d\d(?![\d-])"
    rf"|{_DAYS}(?:\sof)?\s{MONTH}(?!\w)|\b{MONTH}\s(?:the\s)?{_DAYS}(?!\w|:\d)"
    rf"|\b(?:{'|'.join(WEEKDAYS)}),?\s(?:the\s)?{_DAY}(?!\w|[.,:]\d)"
    r"|\b(?:on|by|since|until|from|to|before|after)\sthe\s\d{1,2}(?:st|nd|rd|th)\b(?!\s(?!(?:and|as|at|in|of|to|when)\b)\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"(?<![\w.,$€£¥])(?<![$€£¥]\s)({YEAR})(?![\w%]|[.,:]\d|\s?[%$€£¥])")
_MEASURED = re.compile(
    rf"\s(?:per ?cent|million|billion|people|persons?|men|women|children|euro|dollar|pound|{'|'.join(MEASURES)})\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s(?!(?:across|does|its|less|this|thus|unless)\b)[a-z]{3,}s\b")
_IN_A_DATE = re.compile(rf"\b{MONTH}(?:\s{_DAY})?,?\s$", re.IGNORECASE)
_LEADS_TO_A_YEAR = re.compile(
    r"(?:(?:\b(?:a|after|and|at|before|between|by|during|early|for|from|in|its|late|mid|since"
    r"|the|their|through|until|year)|['’]s)[\s-]|\A\W{0,2}|[.!?]\W{1,3})$",
    re.IGNORECASE,
)
_LONGEST_LEAD = 18


def dates_at(text: str) -> list[range]:
    """Where a text has days with their month or weekday, and years."""
    return [range(*match.span()) for match in (*_DAY_IN_DATE.finditer(text), *_years(text))]


def years_in(text: str) -> set[int]:
    """The years, without figures such as 2024 euros."""
    return {int(match[1]) for match in _years(text)}


def _years(text: str) -> Iterator[re.Match[str]]:
    for match in _YEAR.finditer(text):
        lead = (text, max(0, match.start() - _LONGEST_LEAD), match.start())
        is_counted = _COUNTED.match(text, match.end()) and not _LEADS_TO_A_YEAR.search(*lead)
        if _IN_A_DATE.search(*lead) or not (is_counted or _MEASURED.match(text, match.end())):
            yield match
