"""Numbers, amounts and percentages, in words and in digits, as they are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from footnote.checks.days import days_and_months
from footnote.checks.number_words import SCALES, number_words

_SCALES = SCALES | {"m": 1e6, "bn": 1e9, "dozen": 12.0}
_MANY = {f"{scale}s": value for scale, value in _SCALES.items() if len(scale) > 2} | {"tens": 10.0}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_UNCOUNTED = {"one": (1.0, ""), "first": (1.0, "th"), "second": (2.0, "th")}
_PARTS = "half third quarter fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905
_CARDINALS = "one two three four five six seven eight nine".split()  # noqa: SIM905


def _any_of(words: Sequence[str] | dict[str, float]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_FRACTION = re.compile(
    rf"\b(?:(?P<count>{_any_of(_CARDINALS)})[\s-]|(?<!and )an?\s(?=\w{{4,7}}\sof\b))(?P<part>{_any_of(_PARTS)})s?\b",
    re.IGNORECASE,
)
_HOURS = [*_CARDINALS, "ten", "eleven", "twelve"]
_CLOCK = re.compile(
    rf"(?<!by )(?<!by a )\b(?P<part>half past|quarter past|quarter to) (?P<hour>{_any_of(_HOURS)}|1?\d)\b"
    r"(?=\s*(?:$|[,.;:!?)–—-]|[ap]\.?m\b|o['’]clock|(?:in|on|at|and|or|until|till|each|every)\b))",
    re.IGNORECASE,
)
_ONE_AND_A_HALF = re.compile(r"\bone(?=\sand\sa\shalf\b)", re.IGNORECASE)
_SCALE = rf"(?:[\s\xa0-]{{0,2}}(?P<scale%d>{_any_of(_SCALES)})\b)"
_NUMBER = re.compile(
    r"(?P<fraction>(?<![\d/])[1-9]/(?:10|[2-9])(?![\d/]))"
    r"|(?P<sign>(?<![\w.,])[-−]|\bminus\s)?(?P<digits>\d+(?:[.,:]\d+)*)"
    rf"(?:(?P<ordinal>st|nd|rd|th)\b|(?:\s?(?P<part>[½¼¾])|(?P<and_half>\sand\sa\shalf\b))?{_SCALE % 1}?)"
    rf"|(?P<mark>[½¼¾]|\bhalf\b)(?:(?:\san?)?{_SCALE % 2})?"
    rf"|\b(?P<many>{_any_of(_MANY)})\b(?:\sof\s(?P<of_many>{_any_of(_MANY)})\b)?"
    rf"|\b(?:an?\s)?(?P<scale3>{'|'.join([*SCALES, 'dozen'])})\b"
    rf"|\b(?P<uncounted>{'|'.join(_UNCOUNTED)})\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s{0,2}(?P<percent>%|per ?cent\b)|(?P<decade>['’]?s\b)", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(about|around|almost|approximately|nearly|roughly|some|close to|more than|over|up to)\W{1,5}$", re.IGNORECASE
)
_LONGEST_HEDGE = 20

Number = tuple[float, str]
"""A value and its kind: "%" a percentage, "s" a decade, "th" an ordinal, "many" hundreds or dozens, and "" anything
else.
"""


@dataclass(frozen=True, slots=True)
class Read:
    """A number at its place in a text. "one of them", "at first" and "a second" are not numbers by themselves."""

    start: int
    end: int
    number: Number
    is_hedged: bool = False
    is_counted: bool = True


def read_numbers(text: str) -> tuple[Read, ...]:
    """In the order of the text; positions refer to `words_in_digits(text)`."""
    return _read(words_in_digits(text))


def numbers_in(text: str) -> list[Number]:
    return [read.number for read in _read(words_in_digits(text)) if read.is_counted]


def in_digits(text: str) -> str:
    """The text with each amount in one form: 1.5 million, one and a half million and 1,500,000 become 1500000."""
    words = words_in_digits(text)
    written, end = [], 0
    for read in _read(words):
        if (
            read.number[1] in {"", "th", "%"}
            and read.number != _UNCOUNTED["second"]
            and read.number != _UNCOUNTED["first"]
        ):
            written += [words[end : read.start], _written(read.number)]
            end = read.end
    return "".join([*written, words[end:]])


def known_numbers(quote: str) -> Counter[Number]:
    """The numbers of a quote; a day of a month counts as "6" and as "6th"."""
    text = words_in_digits(quote)
    known = Counter(read.number for read in _read(text))
    for day, _ in days_and_months(text):
        for number in ((float(day), ""), (float(day), "th")):
            known[number] = max(known[number], 1)
    return known


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def words_in_digits(text: str) -> str:
    """Two hundred and fifty -> 250, one third -> 1/3, half past nine -> 9:30. Words that are read later stay:
    million, one, first.
    """
    text = _FRACTION.sub(_over, _ONE_AND_A_HALF.sub("1", _CLOCK.sub(_time, text)))
    written, end = [], 0
    for found in number_words(text):
        words = text[found.start : found.end].casefold()
        if words not in SCALES and words not in _UNCOUNTED:
            written += [text[end : found.start], _written((found.value, "th" if found.is_ordinal else ""))]
            end = found.end
    return "".join([*written, text[end:]])


def _time(match: re.Match[str]) -> str:
    said = match["hour"].casefold()
    hour = _HOURS.index(said) + 1 if said in _HOURS else int(said)
    part = match["part"].casefold()
    minutes = 30 if part.startswith("half") else 15
    if part.endswith("to"):
        hour, minutes = hour - 1 or 12, 60 - minutes
    return f"{hour}:{minutes}"


def _over(match: re.Match[str]) -> str:
    part = match["part"].casefold()
    below = 4 if part == "quarter" else _PARTS.index(part) + 2
    return f"{_CARDINALS.index(match['count'].casefold()) + 1 if match['count'] else 1}/{below}"


def _written(number: Number) -> str:
    value, unit = number
    return f"{value:.12g}" + unit if abs(value) < 1e12 else f"{value:.0f}{unit}"


@lru_cache(maxsize=500)
def _read(text: str) -> tuple[Read, ...]:
    return tuple(_numbers(text))


def _numbers(text: str) -> Iterator[Read]:
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        is_hedged = bool(_HEDGE.search(text, max(0, start - _LONGEST_HEDGE), start))
        if match["uncounted"]:
            yield Read(start, end, _UNCOUNTED[match["uncounted"].casefold()], is_counted=False)
            continue
        unit = "many" if match["many"] else "th" if match["ordinal"] else ""
        after = None if unit else _UNIT.match(text, end)
        if after:
            unit, end = ("%", after.end()) if after["percent"] else ("s", end)
        yield Read(start, end, (_value_of(match), unit), is_hedged)


def _value_of(match: re.Match[str]) -> float:
    if match["fraction"]:
        above, below = match["fraction"].split("/")
        return int(above) / int(below)
    if match["many"]:
        return _MANY[match["many"].casefold()] * (_MANY[match["of_many"].casefold()] if match["of_many"] else 1)
    value = 1.0
    if match["digits"]:
        value = _value(match["digits"]) + (_SIGNS[match["part"]] if match["part"] else 0.5 if match["and_half"] else 0)
    elif match["mark"]:
        value = _SIGNS.get(match["mark"], 0.5)
    scale = match["scale1"] or match["scale2"] or match["scale3"]
    return value * (_SCALES[scale.casefold()] if scale else 1) * (-1 if match["sign"] else 1)


def _value(digits: str) -> float:
    """1,000 and 1000 are one number, as are 2.50 and 2.5; 8:15 and 1.2.3 are read digit by digit."""
    plain = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    try:
        return float(plain)
    except ValueError:
        return float(re.sub(r"\D", "", plain)[:300] or 0) + 0.125  # never equal to a plain number


def rounds(about: Number, exact: Number) -> bool:
    """90 rounds 87, and 3,000 rounds 2,960; 85 does not round 87."""
    (rounded, unit), (value, exact_unit) = about, exact
    if unit != exact_unit or not value:
        return False
    return any(float(f"{value:.{digits}g}") == rounded for digits in (1, 2)) and rounded != value


def is_some_of(exact: Number, many: Number) -> bool:
    """350 are hundreds; 100 are not, nor are 100,000."""
    (value, exact_unit), (scale, unit) = exact, many
    return unit == "many" and not exact_unit and 2 * scale <= value < 100 * scale
