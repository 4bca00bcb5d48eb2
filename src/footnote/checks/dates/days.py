"""Days, months and weekdays as texts name them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from footnote.checks.dates.years import YEAR
from footnote.checks.plain_letters import with_plain_i

_MONTHS = [name.casefold() for name in calendar.month_name if name]
_SHORT = {name[:3]: number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
WEEKDAYS = [name.casefold() for name in calendar.day_name]
DAY_OR_MONTH = "|".join(name for name in (*calendar.month_name, *calendar.day_name) if name)
"""A pattern for the full name of a month or weekday."""

_MONTH_NAME = re.compile(r"\b(" + "|".join(_MONTHS) + r")\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b", re.IGNORECASE)

_ORDINAL_LIST = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth
"""
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_LIST.split(), 1)} | {"thirtieth": 30}
_ORDINALS |= {f"twenty-{word}": 20 + number for word, number in _ORDINALS.items() if number < 10} | {"thirty-first": 31}

_YEAR_BEHIND = re.compile(rf",?\s{YEAR}\b")
MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(_SHORT)})\.?)"
"""A pattern for a month, also a short one, without regard to case."""

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))}|\d{{1,2}}(?:st|nd|rd|th))"
_AND = r"(?:\s(?:and|or|to|until|till|through)\s(?:the\s)?|\s?[–—/-]\s?)"
_LIST = rf"{_DAY}(?:(?:,\s?{_DAY}){{1,9}},?)?{_AND}{_DAY}"
_NOTHING_COUNTED = (
    rf"(?!\d|[.,:]\d|\s?%|\s(?:of\s)?{MONTH}\b"
    r"|\s(?!(?:in|at|on|for|from|by|near|with|each|every|this|last|next|when|while|as|but|because|after|before)\b)[a-z])"
)
"""Behind "May 6 and 8": in "On May 6 and 8 people came" the 8 is no day."""

_DAYS_AND_MONTH = re.compile(
    rf"\b(?P<days1>(?<!\d[.,:]){_LIST}|{_DAY})(?:\s+of)?\s+(?P<month1>{MONTH})\b"
    rf"|\b(?<!\ba\s)(?<!\bone\s)(?P<days2>{_ORDINAL}(?:{_AND}{_ORDINAL})?)\sof\s(?P<month2>{MONTH})\b(?!['’]s)"
    rf"|\b(?P<month3>{MONTH})\s+(?P<days3>{_DAY}[–—-]{_DAY}(?![\d%–—-]|[.,:]\d)|{_LIST}{_NOTHING_COUNTED}|{_DAY}(?!\d|:\d))"
    rf"|\b(?P<month4>{MONTH})\s(?P<days4>the\s{_ORDINAL}(?=[.,;:!?)]|\s\d{{4}}\b|$)|{_ORDINAL}(?=,?\s\d{{4}}\b))"
    rf"|(?<=\bon\s)(?P<month5>{MONTH})\s(?P<days5>(?:the\s)?{_ORDINAL})\b"
    rf"|(?<![\d-]){YEAR}-(?P<month6>0[1-9]|1[0-2])-(?P<days6>0[1-9]|[12]\d|3[01])(?!\d|-\d)",
    re.IGNORECASE,
)
_WAYS = range(1, 7)
_ONE_DAY = re.compile(rf"\b\d{{1,2}}|\b{_ORDINAL}\b", re.IGNORECASE)

_SHORT_MONTH = re.compile(rf"\b(?:(Sept|Feb|Apr|Aug|Sep|Oct|Nov)\b\.?|(Dec)\.|([A-Z][a-z]{{2}})\b\.?(?=\s{YEAR}\b))")
_IN_A_DATE = rf"(?:(?=[.,]?\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?(?i:{MONTH})\b)|(?<=\b[Oo]n\s...)(?=[.,;)]|$))"
_NO_NAME_BEHIND = rf"(?!\s(?!(?i:{MONTH}|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}|[ap]m)\b)[A-Z])"
_ARE_NO_WORDS = "(?:Mon|Tues?|Thu(?:rs?)?|Fri)"
_SHORT_WEEKDAY = re.compile(
    rf"\b(?:((?<=\b[Oo]n\s){_ARE_NO_WORDS}|{_ARE_NO_WORDS}\b{_NO_NAME_BEHIND})"
    rf"|(?<!\b[Tt]he\s)(Sun|Sat|Wed)(?=\b){_IN_A_DATE})\b\.?"
)
_WEEKDAYS = re.compile(rf"\b({'|'.join(WEEKDAYS)})s\b", re.IGNORECASE)


def days_and_months(text: str) -> list[tuple[int, int]]:
    """Each day with its month. The days of a list or range share one: "1 and 3 May", "May 6 to 8"."""
    return [found for match in _DAYS_AND_MONTH.finditer(with_plain_i(text)) for found in _read(match)]


def _read(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    days, month = next((match[f"days{way}"], match[f"month{way}"]) for way in _WAYS if match[f"days{way}"])
    is_verb = month in {"may", "march"} and " of " not in match[0] and not _YEAR_BEHIND.match(match.string, match.end())
    if not is_verb:
        yield from ((_day_number(day), _month_number(month)) for day in _ONE_DAY.findall(days))


def _day_number(day: str) -> int:
    return int(day) if day.isdigit() else _ORDINALS[day.casefold()]


def months_alone(text: str) -> list[int]:
    """Months without a day; "may" and "march" only with a capital, and not at the start of a sentence."""
    text = with_plain_i(text)
    found = (
        match[1] for match in _MONTH_NAME.finditer(text) if match.start() or match[1].casefold() not in {"may", "march"}
    )
    return [_month_number(name) for name in found if name[0].isupper()]


def _month_number(name: str) -> int:
    folded = name.casefold().rstrip(".")
    if folded.isdigit():
        return int(folded)
    return _MONTHS.index(folded) + 1 if folded in _MONTHS else _SHORT[folded]


def weekdays_in(text: str) -> list[str]:
    return [match[1].casefold() for match in _WEEKDAY.finditer(with_plain_i(text))]


def with_singular_weekdays(text: str) -> str:
    """ "On Mondays" is on Monday."""
    return _WEEKDAYS.sub(r"\1", text)


def with_full_names(text: str) -> str:
    """Short months and weekdays in full: Sept. is September, Mon is Monday.

    Short forms that are also names or words count only in a date: "Sun, 6 May" is a Sunday, but "the Sun" is not, nor
    is Jan a month. Mon State is no Monday.
    """
    return _SHORT_WEEKDAY.sub(_full_weekday, _SHORT_MONTH.sub(_full_month, with_plain_i(text)))


def _full_month(match: re.Match[str]) -> str:
    short = (match[1] or match[2] or match[3]).casefold()
    return _MONTHS[_SHORT[short] - 1].title() if short in _SHORT else match[0]


def _full_weekday(match: re.Match[str]) -> str:
    short = (match[1] or match[2]).casefold()
    return next(day for day in WEEKDAYS if day.startswith(short)).title()
