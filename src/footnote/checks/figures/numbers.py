"""Numbers, amounts and percentages, in words and in digits, as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from footnote.checks.figures.clock import CLOCK, DIAL, has_time, perhaps_time, time_at, times_in_digits, written_time
from footnote.checks.figures.hedges import Sides, sides_of_exact
from footnote.checks.figures.number_words import SCALES, number_words
from footnote.checks.plain_letters import with_plain_i

_SCALES = SCALES | {"bn": 1e9, "dozen": 12.0}
_LETTERS = {"k": 1e3, "m": 1e6}
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
_ONE_AND_A_HALF = re.compile(r"\bone(?=\sand\sa\shalf\b)", re.IGNORECASE)
_SHORT_END = re.compile(r"(?<![\w.,:/-])(1[5-9]|20)(\d\d)([-–/])(\d\d)(?!\w|[-–/.,:]\d)")
_SCALE = rf"[\s\xa0-]{{0,2}}(?P<scale%d>{_any_of(_SCALES)})\b"
_METRES = (
    r"(?![/²]|[\s-](?:above|below|butterfly|deep|final|freestyle|high|hurdles|long|race|relay|sprint|tall|wide)\b)"
)
_GAP = r"[ \xa0\u2009\u202f]"
_DIGITS = (
    rf"(?:\d{{1,3}}(?:{_GAP}\d{{3}}){{0,5}}{_GAP}000|\d{{1,3}}(?:{_GAP}\d{{3}}){{2,6}}"
    r"|\d{1,3}(?:[\xa0\u2009\u202f]\d{3}){1,6})(?![.,:]?\d)|\d+(?:[.,:]\d+)*"
)
_BETWEEN_THOUSANDS = re.compile(rf"(?:,|{_GAP})(?=\d{{3}}(?!\d))")
_NUMBER = re.compile(
    r"(?P<fraction>(?<![\d/])[1-9]/(?:10|[2-9])(?![\d/]))"
    rf"|(?P<sign>(?<![\w.,%])[-−]|\bminus\s)?(?:(?:(?<=[$€£¥])|(?<=[$€£¥]\s))(?P<money>))?(?P<digits>{_DIGITS})"
    r"(?:(?P<ordinal>st|nd|rd|th)\b|(?:\s?(?P<part>[½¼¾])|(?P<and_half>\sand\sa\shalf\b))?"
    rf"(?:{_SCALE % 1}|(?(money)[\s\xa0]?)(?P<letter>[{''.join(_LETTERS)}])\b{_METRES})?)"
    rf"|(?P<mark>[½¼¾]|\bhalf\b)(?:(?:\san?)?{_SCALE % 2})?"
    rf"|\b(?P<many>{_any_of(_MANY)})\b(?:\sof\s(?P<of_many>{_any_of(_MANY)})\b)?"
    rf"|\b(?:an?\s)?(?P<scale3>{'|'.join([*SCALES, 'dozen'])})\b"
    rf"|\b(?P<uncounted>{'|'.join(_UNCOUNTED)})\b",
    re.IGNORECASE,
)
_UNIT = re.compile(r"\s{0,2}(?P<percent>%|per ?cent\b)|(?P<decade>['’]?s\b)", re.IGNORECASE)
_POINTED = re.compile(r"\d{1,6}\.\d{0,6}[1-9]0{0,6}")
_SHARED_PERCENT = re.compile(
    r"(?P<word>\bbetween\s)?(?<![\w.,:/])(?P<first>\d{1,2}(?:\.\d{1,3})?)"
    r"(?P<joint>\s(?:to|(?(word)and|to))\s|[-–—])(?=\d{1,3}(?:\.\d{1,3})?\s?(?:%|per\s?cent\b))",
    re.IGNORECASE,
)
"""The first of "between 40 and 45 %"."""
_LABELS = re.compile(
    r"\b(?:version|rule|section|chapter"
    r"|(?-i:(?!(?:[A-Z]{3}|Rs|About|Almost|Around|At|By|Costs?|From|In|Nearly|Only|Over|Some|The|To|Under)\s)"
    r"[A-Z][A-Za-z+#]{1,18}))\s$",
    re.IGNORECASE,
)
_LONGEST_LABEL = 20
_IS_MEASURED = re.compile(r"\s?(?:[a-z]{1,15}\s)?(?:%|[$€£]|per\b|euro|dollar|pound|cent)", re.IGNORECASE)

Number = tuple[float, str]
"""A value and its kind: "%" a percentage, "s" a decade, "th" an ordinal, "many" hundreds or dozens, CLOCK and DIAL
times of day, "" any other amount. What is no amount, as 3:1 or 1.2.3, has the value 0 and its text as its kind; so
has a label that ends in 0, as in Python 3.10, where its value is not asked for.
"""


@dataclass(frozen=True, slots=True)
class Read:
    """A number at its place in a text. "one of them", "at first" and "a second" are not numbers by themselves.

    `sides`: on which sides of the exact number it may be. `also`: what it is if it is a time. `is_share`: half, 1/3.
    `label`: its text, if it may be a label: in Python 3.10.
    """

    start: int
    end: int
    number: Number
    sides: Sides = frozenset()
    is_counted: bool = True
    also: Number | None = None
    is_share: bool = False
    label: str = ""


def read_numbers(text: str) -> tuple[Read, ...]:
    """In the order of the text; positions refer to `words_in_digits(text)`."""
    return _read(words_in_digits(text))


def numbers_in(text: str) -> list[Number]:
    return [
        (0.0, read.label) if read.label.endswith("0") else read.number
        for read in _read(words_in_digits(text))
        if read.is_counted
    ]


def in_digits(text: str) -> str:
    """The text with each amount in one form: 1.5 million, one and a half million and 1,500,000 become 1500000."""
    words = words_in_digits(text)
    written, end = [], 0
    for read in _read(words):
        if (
            not read.label
            and read.number[1] in {"", "th", "%", CLOCK, DIAL}
            and read.number != _UNCOUNTED["second"]
            and read.number != _UNCOUNTED["first"]
        ):
            written += [words[end : read.start], _written(read.number)]
            end = read.end
    return "".join([*written, words[end:]])


@lru_cache(maxsize=500)  # each claim of an answer is checked against the same sentences
def words_in_digits(text: str) -> str:
    """Two hundred and fifty -> 250, one third -> 1/3, half past nine -> 9:30, 1990-95 -> 1990-1995. Words that are read
    later stay: million, one, first.
    """
    text = _FRACTION.sub(_over, _ONE_AND_A_HALF.sub("1", times_in_digits(_SHORT_END.sub(_in_full, with_plain_i(text)))))
    written, end = [], 0
    for found in number_words(text):
        words = text[found.start : found.end].casefold()
        if words not in SCALES and words not in _UNCOUNTED:
            written += [text[end : found.start], _written((found.value, "th" if found.is_ordinal else ""))]
            end = found.end
    return _SHARED_PERCENT.sub(r"\g<word>\g<first>%\g<joint>", "".join([*written, text[end:]]))


def _in_full(match: re.Match[str]) -> str:
    """The end of 1990-95 is in the same century, and that of 1999-00 in the next one."""
    century, begin, dash, end = match.groups()
    if int(end) > int(begin):
        return f"{century}{begin}{dash}{century}{end}"
    return f"{century}{begin}{dash}{int(century) + 1}{end}" if (begin, end) == ("99", "00") else match[0]


def _over(match: re.Match[str]) -> str:
    part = match["part"].casefold()
    below = 4 if part == "quarter" else _PARTS.index(part) + 2
    return f"{_CARDINALS.index(match['count'].casefold()) + 1 if match['count'] else 1}/{below}"


def _written(number: Number) -> str:
    value, unit = number
    if unit in {CLOCK, DIAL}:
        return written_time(number)
    return f"{value:.12g}" + unit if abs(value) < 1e12 else f"{value:.0f}{unit}"


@lru_cache(maxsize=500)
def _read(text: str) -> tuple[Read, ...]:
    return tuple(_numbers(text))


def _numbers(text: str) -> Iterator[Read]:
    among_times = has_time(text)
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        sides = sides_of_exact(text, start)
        if match["uncounted"]:
            yield Read(start, end, _UNCOUNTED[match["uncounted"].casefold()], is_counted=False)
        elif match["digits"] and (time := time_at(text, match.start("digits"))):
            yield Read(match.start("digits"), time.end, time.number, sides)
        elif match["digits"] and _plain(match["digits"]) is None:
            yield Read(start, end, (0.0, match["digits"]))
        else:
            yield _amount(text, match, sides, among_times=among_times)


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Python 3.10 is not Python 3.1."""
    start, end = match.span("digits")
    return (
        end == match.end()
        and bool(_POINTED.fullmatch(match["digits"]))
        and bool(_LABELS.search(text, max(0, start - _LONGEST_LABEL), start))
        and not _IS_MEASURED.match(text, end)
    )


def _amount(text: str, match: re.Match[str], sides: Sides, *, among_times: bool) -> Read:
    start, end = match.span()
    unit = "many" if match["many"] else "th" if match["ordinal"] else ""
    after = None if unit else _UNIT.match(text, end)
    if after:
        unit, end = ("%", after.end()) if after["percent"] else ("s", end)
    is_plain = not unit and match.end("digits") == match.end()
    also = perhaps_time(text, match.start("digits"), among_times=among_times) if is_plain else None
    label = match["digits"] if is_plain and _is_label(text, match) else ""
    is_share = bool(match["fraction"] or (match["mark"] and not match["scale2"]))
    return Read(start, end, (_value_of(match), unit), sides, also=also, is_share=is_share, label=label)


def _value_of(match: re.Match[str]) -> float:
    if match["fraction"]:
        above, below = match["fraction"].split("/")
        return int(above) / int(below)
    if match["many"]:
        return _MANY[match["many"].casefold()] * (_MANY[match["of_many"].casefold()] if match["of_many"] else 1)
    value = 1.0
    if match["digits"]:
        part = _SIGNS[match["part"]] if match["part"] else 0.5 if match["and_half"] else 0
        value = (_plain(match["digits"]) or 0) + part
    elif match["mark"]:
        value = _SIGNS.get(match["mark"], 0.5)
    scale = match["scale1"] or match["scale2"] or match["scale3"] or match["letter"]
    return value * ((_SCALES | _LETTERS)[scale.casefold()] if scale else 1) * (-1 if match["sign"] else 1)


def _plain(digits: str) -> float | None:
    """1,000 and 1000 and 1 000 are one number, as are 2.50 and 2.5; 3:1 and 1.2.3 are none."""
    try:
        return float(re.sub(rf"(?:,|{_GAP})(?=\d{{3}}(?!\d))", "", digits))
    except ValueError:
        return None
