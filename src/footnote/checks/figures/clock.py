"""Times of day: 9 am, 9:00, half past nine, 18:30."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CLOCK, DIAL = "clock", "dial"
"""Kinds of numbers: minutes of a day, and minutes on a dial of twelve hours, where the half of the day is not told."""

_HALF_DAY = 12 * 60
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_IN_WORDS = re.compile(
    rf"(?<!by )(?<!by a )\b(?P<part>half past|quarter past|quarter to) (?P<hour>{'|'.join(_HOURS)}|1?\d)\b"
    r"(?=\s*(?:$|[,.;:!?)–—-]|[ap]\.?m\b|o['’]clock|(?:in|on|at|and|or|until|till|each|every)\b))",
    re.IGNORECASE,
)
_HOUR_AND_MINUTE = r"(?P<hour>2[0-3]|[01]?\d)(?:(?P<mark>[:.])(?P<minute>[0-5]\d))?(?!\d|[.,:]\d)"
_TIME = re.compile(
    _HOUR_AND_MINUTE + r"(?:\s{0,2}(?P<half>[ap])\.?m\b(?:\.(?=,|\s?(?-i:[a-z])))?|(?P<oclock>\s?o['’]clock\b))?",
    re.IGNORECASE,
)
_LEADS_TO_A_TIME = re.compile(
    r"(?:\b(?:about|after|and|around|at|before|between|by|from|since|till|to|until"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\s|[-–—]\s?)$",
    re.IGNORECASE,
)
_BEHIND_A_TIME = re.compile(
    r"\s?[-–—]\s?\d|\s(?:to|till|until)\s\d|\s(?:in the (?:morning|afternoon|evening)|at night|tonight)\b",
    re.IGNORECASE,
)
_LONGEST_LEAD = 11
_SURE_TIME = re.compile(
    r"(?<![\d.,:])(?:(?:2[0-3]|[01]?\d)(?:[:.][0-5]\d)?(?:\s{0,2}[ap]\.?m\b|\s?o['’]clock\b)"
    r"|(?:2[0-3]|[01]?\d):[0-5]\d(?!\d|[.,:]\d))",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\s?[%$€£¥°]|[\s-](?:(?!always|towards)[a-z]{2,20}s|people|men|women|children|hundred|thousand|[mb]illion"
    r"|per ?cent)\b"
)
_MONEY = re.compile(r"[$€£¥]\s?$")


@dataclass(frozen=True, slots=True)
class Time:
    end: int
    number: tuple[float, str]


def times_in_digits(text: str) -> str:
    """Half past nine -> 9:30."""
    return _IN_WORDS.sub(_in_digits, text)


def _in_digits(match: re.Match[str]) -> str:
    said = match["hour"].casefold()
    hour = _HOURS.index(said) + 1 if said in _HOURS else int(said)
    part = match["part"].casefold()
    minutes = 30 if part.startswith("half") else 15
    if part.endswith("to"):
        hour, minutes = hour - 1 or 12, 60 - minutes
    return f"{hour}:{minutes}"


def time_at(text: str, start: int) -> Time | None:
    """The time whose digits begin there: 9 am, 9.15 pm, 9 o'clock, 9:00."""
    match = _TIME.match(text, start)
    if not match or not (match["half"] or match["oclock"] or match["mark"] == ":"):
        return None
    return Time(match.end(), _time(match, (match["half"] or "").casefold()))


def has_time(text: str) -> bool:
    """Whether one of its numbers is a time for sure: 9 am, 9 o'clock, 9:00."""
    return bool(_SURE_TIME.search(text))


def perhaps_time(text: str, start: int, *, among_times: bool) -> tuple[float, str] | None:
    """What a plain number means if it is a time: 9 in "from 9 to 5", 9.15 in "at 9.15", and 7 in "7 and 8 pm", where
    it stands among times.
    """
    match = _TIME.match(text, start)
    if not match:
        return None
    leads = _LEADS_TO_A_TIME.search(text, max(0, start - _LONGEST_LEAD), start)
    may_be = leads or _BEHIND_A_TIME.match(text, match.end()) or (among_times and _is_bare(text, match))
    return _time(match, "") if may_be else None


def _is_bare(text: str, match: re.Match[str]) -> bool:
    """Whether it counts nothing: no money and no people."""
    is_money = _MONEY.search(text, max(0, match.start() - 2), match.start())
    return int(match["hour"]) > 0 and not is_money and not _COUNTS.match(text, match.end())


def _time(match: re.Match[str], half: str) -> tuple[float, str]:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    elif 1 <= hour <= 12:
        return float((hour * 60 + minute) % _HALF_DAY), DIAL
    return float(hour * 60 + minute), CLOCK


def same_times(number: tuple[float, str]) -> Iterator[tuple[float, str]]:
    """The times that may mean the same: without a half of the day, either half."""
    minutes, kind = number
    if kind == CLOCK:
        yield minutes % _HALF_DAY, DIAL
    elif kind == DIAL:
        yield minutes, CLOCK
        yield minutes + _HALF_DAY, CLOCK


def written_time(number: tuple[float, str]) -> str:
    """9:00, 21:00; on a dial, the hour is 1 to 12."""
    hour, minute = divmod(int(number[0]), 60)
    return f"{hour or 12 if number[1] == DIAL else hour}:{minute:02d}"
