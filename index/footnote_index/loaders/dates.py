"""Days as people and programs write them; an ambiguous one does not count."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime

_MONTHS_OF = (
    "january january januar januari janvier enero gennaio janeiro января stycznia jan",
    "february february februar februari février febrero febbraio fevereiro февраля lutego feb",
    "march march märz maart mars marzo março марта marca mar mär",
    "april april avril abril aprile апреля kwietnia apr avr abr",
    "may may mai mei mayo maggio maio мая maja",
    "june june juni juin junio giugno junho июня czerwca jun",
    "july july juli juillet julio luglio julho июля lipca jul",
    "august august augustus août agosto августа sierpnia aug ago",
    "september september septembre septiembre settembre setembro сентября września sep sept",
    "october october oktober octobre octubre ottobre outubro октября października oct okt",
    "november november novembre noviembre novembro ноября listopada nov",
    "december december dezember décembre diciembre dicembre dezembro декабря grudnia dec dez déc dic",
)
_MONTHS = {name: number for number, names in enumerate(_MONTHS_OF, 1) for name in names.split()}
_MONTH = r"([^\W\d_]{3,12})\.?"
_YEAR = r"((?:1[5-9]|20)\d\d|2100)"
_DAY = r"(\d{1,2})"
_ORDINAL = r"(?:\.|st|nd|rd|th|er|º)?"
_END = r"(?![\d/.-]*\d)"
_START = r"(?<![\d/.-])"


def _ymd(found: re.Match[str]) -> date:
    return date(int(found[1]), int(found[2]), int(found[3]))


def _dmy(found: re.Match[str]) -> date:
    return date(int(found[3]), int(found[2]), int(found[1]))


def _either(found: re.Match[str]) -> date | None:
    """06/10/2013 is 6 October or June 10; 26/10/2013 can only be one day."""
    one, other, year = map(int, found.groups())
    if one == other or one > 12:
        return date(year, other, one)
    return date(year, one, other) if other > 12 else None


def _named(day: int, month: int, year: int) -> Callable[[re.Match[str]], date | None]:
    def read(found: re.Match[str]) -> date | None:
        number = _MONTHS.get(found[month].casefold())
        return date(int(found[year]), number, int(found[day])) if number else None

    return read


_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]] = (
    (re.compile(rf"{_START}{_YEAR}[-/.]{_DAY}[-/.]{_DAY}(?!\d)"), _ymd),
    (re.compile(rf"{_START}{_YEAR}\.\s{_DAY}\.\s{_DAY}\."), _ymd),
    (re.compile(rf"{_START}{_YEAR}[\s-]+{_MONTH}[\s-]+{_DAY}(?!\d)"), _named(3, 2, 1)),
    (re.compile(rf"\b{_MONTH}\s+{_DAY}\s+\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z]{{1,5}}\s+)?{_YEAR}{_END}"), _named(2, 1, 3)),
    (re.compile(rf"{_START}{_DAY}\.\s?{_DAY}\.\s?{_YEAR}{_END}"), _dmy),
    (re.compile(rf"{_START}{_DAY}[-/]{_DAY}[-/]{_YEAR}{_END}"), _either),
    (
        re.compile(rf"{_START}{_DAY}{_ORDINAL}[\s-]+(?:de\s+|of\s+)?{_MONTH},?[\s-]+(?:del?\s+)?{_YEAR}{_END}"),
        _named(1, 2, 3),
    ),
    (re.compile(rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_END}"), _named(2, 1, 3)),
    (re.compile(rf"{_START}{_YEAR}年\s?{_DAY}月\s?{_DAY}日"), _ymd),
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
_WEEK = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])(?:T.*)?")
_DAY_OF_YEAR = re.compile(r"(\d{4})-(\d{3})(?:T.*)?")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_LONGEST = 100
_YEARS = range(1500, 2101)

_LABEL = re.compile(
    r"(?:(?:first|originally|date) )?(?:published|posted|issued|released|date)(?: on)?:?\s++", re.IGNORECASE
)
_TIME = re.compile(r"[\s,]*+(?:at )?(?:\d{1,2}[:.]\d\d[\w\s:.+-]{0,20})?[\s.*_)]*+")
_NOTHING_ELSE = re.compile(
    r"\W*+(?:(?:(?:mon|tue|wed|thu|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\W*+)?",
    re.IGNORECASE,
)
_FIRST_LINES = 3


def believable(day: date) -> date | None:
    """None for a day on which nothing is published: many programs write 0001-01-01 or 9999-12-31 for "unknown"."""
    return day if day.year in _YEARS else None


def day_in(text: str) -> date | None:
    """The first day that a text names."""
    found = []
    for form, read in _FORMS:
        match = form.search(text)
        with suppress(ValueError):
            if match and (day := read(match)):
                found.append((match.start(), day))
    return min(found)[1] if found else None


def dateline(lines: Sequence[str]) -> date | None:
    """The day of publication that one of an article's first lines states: "Published 14 May 2031", or a day alone."""
    for line in lines[:_FIRST_LINES]:
        text = line.strip().strip("*_").strip()
        label = _LABEL.match(text)
        if len(text) <= _LONGEST and (day := _alone(text[label.end() :] if label else text)):
            return day
    return None


def _alone(text: str) -> date | None:
    """The day that a text consists of, maybe with its weekday and the time."""
    for form, read in _FORMS:
        with suppress(ValueError):
            match = form.search(text)
            if match and _NOTHING_ELSE.fullmatch(text[: match.start()]) and _TIME.fullmatch(text[match.end() :]):
                return read(match)
    return None


def day_of(value: str) -> date | None:
    """The day in a date field; None if there is none, or if it is ambiguous. A month or year alone is not a day."""
    text = value.strip()[:_LONGEST]
    with suppress(ValueError, OverflowError, OSError):
        if _SECONDS.fullmatch(text):
            return believable(datetime.fromtimestamp(int(text[:10]), UTC).date())
        if compact := _COMPACT.fullmatch(text):
            return believable(_ymd(compact))
        if week := _WEEK.fullmatch(text):
            return believable(date.fromisocalendar(int(week[1]), int(week[2]), int(week[3])))
        if of_year := _DAY_OF_YEAR.fullmatch(text):
            day = datetime.strptime(f"{of_year[1]} {of_year[2]}", "%Y %j").date()  # noqa: DTZ007 - a day has no zone
            return believable(day)
    return day_in(text)
