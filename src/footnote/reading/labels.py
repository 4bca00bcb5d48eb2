"""What a text must contain exactly to answer a question: numbers with their things, months, weekdays, seasons, and
named things of a kind. "How long is quay 6?" is not answered by a sentence about quay 5, however alike the words are.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from footnote.checks.figures.number_words import number_words
from footnote.checks.words import STOPWORDS
from footnote.reading.weekdays import spelled_out
from footnote.text.spelling import unaccented

_TOKEN = re.compile(r"[^\W_]++(?:[.,:-][^\W_]++)*+")
_BETWEEN = frozenset({"and", "or", "to", "no", "nr", "number", "nos"})
"""Words between a thing and its number: quays 4, 5 and 14; quay no. 4."""

_MONTHS = {name.casefold(): name.casefold() for name in calendar.month_name if name}
_MONTHS |= {name[:length]: name for name in _MONTHS for length in (3, 4) if name not in {"march", "may"}}
_DAYS = {form: day.casefold() for day in calendar.day_name for form in (day.casefold(), f"{day.casefold()}s")}
_AMBIGUOUS = {"may", "march"}
"""Months that are also common words."""

_SEASONS = frozenset({"spring", "summer", "autumn", "winter"})  # cities fall as well

_A_MONTH, _A_DAY = "|".join(sorted(_MONTHS, key=len, reverse=True)), "|".join(sorted(_DAYS, key=len, reverse=True))
_TO = r"\s*(?:to|until|till|through|[-–])\s*(?:the\s)?(?:\w+\sof\s)?"
_MONTHS_FROM_TO = re.compile(
    rf"\b(?:{_A_MONTH})\b\.?{_TO}(?:{_A_MONTH})\b|\bbetween\s(?:{_A_MONTH})\sand\s(?:{_A_MONTH})\b|\ball year\b",
    re.IGNORECASE,
)
_DAYS_FROM_TO = re.compile(
    rf"\b(?:{_A_DAY})\b{_TO}(?:{_A_DAY})\b|\bbetween\s(?:{_A_DAY})\sand\s(?:{_A_DAY})\b"
    r"|\b(?:daily|every day|each day)\b",
    re.IGNORECASE,
)
"""Words that say something about every day or month, including those that they do not name."""

_LIMIT = re.compile(
    r"\b(?:over|under|above|below|(?:more|less|fewer|older|younger) than|exceed(?:s|ing)?|at (?:least|most)|up to|from"
    r"|until|minimum|maximum)\s(?:[^\W\d_]+\s)?\d{1,3}(?!\d)",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th|(?::00)?(?:am|pm)?|[kcm]?m|k?g|km/?h|mph|ml|ft|lbs?)\Z")
_COMPARED = re.compile(r"\d{1,3}(?:[.,]\d+)?(?:-year-old)?")
"""A number that may be compared with a limit: "Lorries over 7.5 tonnes may not cross" answers for one of 10 tonnes."""

_KIND = (
    "Bridge|Street|Road|Lane|Valley|Hall|School|Church|Museum|Station|Park|Square|Hill|River|Lake|Island|Tower|Library"
    "|University|Hospital|Harbour|Airport|Castle|Mountain|Bay|Beach|House|Hotel|Club|Company|Act|Treaty|Cup|Prize"
    "|County|District|Province"
)
_OF_A_KIND = re.compile(rf"\b([A-Z]\w+) ({_KIND})\b")

Label = tuple[str, str]
"""A lower-case word and its number, as in quay 6 or version 2.1; for a number alone, the word is empty."""


@dataclass(frozen=True, slots=True)
class Labels:
    """`numbers` with their things, months and weekdays among them; `named`: name and kind, as in Skell Bridge."""

    numbers: frozenset[Label]
    seasons: frozenset[str]
    named: frozenset[Label]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.seasons or self.named)


def labels_in(text: str) -> Labels:
    plain = unaccented(text)
    tokens = [token.casefold() for token in _TOKEN.findall(plain)]
    named = {(name, kind) for name, kind in _OF_A_KIND.findall(plain) if name.casefold() not in STOPWORDS}
    return Labels(frozenset(_numbered(tokens)), _SEASONS.intersection(tokens), frozenset(named))


def lacks_one(asked: Labels, text: str) -> bool:
    """Whether one of the labels is missing in the text: 12 December is not 12 November. If the question says what is
    numbered, the number has to follow the same word.
    """
    if not asked:
        return False
    text = spelled_out(_in_digits(text))
    found = labels_in(text)
    numbers = {number for _, number in found.numbers}
    things = {thing for thing, _ in found.numbers} - {""}
    return (
        any(not _is_there(one, found.numbers, numbers, things, text) for one in asked.numbers)
        or any(season not in found.seasons for season in asked.seasons if found.seasons)
        or any(one not in found.named and one[1] in {kind for _, kind in found.named} for one in asked.named)
    )


def _is_there(one: Label, found: frozenset[Label], numbers: set[str], things: set[str], text: str) -> bool:
    thing, number = one
    if one in found or (number in numbers and (thing not in things or any(map(str.isalpha, number)))):
        return True
    if number in _MONTHS:
        return _MONTHS_FROM_TO.search(text) is not None
    if number in _DAYS:
        return _DAYS_FROM_TO.search(text) is not None
    return not thing and _COMPARED.fullmatch(number) is not None and _LIMIT.search(text) is not None


def _in_digits(text: str) -> str:
    """Twelve is 12, and so is twelfth. "One" is often not a number, and a question about "the two sides" does not ask
    for a 2.
    """
    for word in reversed(list(number_words(text))):
        if word.value > 1 and word.value == int(word.value):
            text = f"{text[: word.start]}{int(word.value)}{text[word.end :]}"
    return text


def _numbered(tokens: Sequence[str]) -> set[Label]:
    """Each number with the word that it follows, skipping other numbers of a list; and each month and weekday."""
    numbers = {(_thing(tokens[:at]), _number(token)) for at, token in enumerate(tokens) if _is_number(token)}
    months = {("", _MONTHS[token]) for token in tokens if token in _MONTHS and token not in _AMBIGUOUS}
    return numbers | months | {("", _DAYS[token]) for token in tokens if token in _DAYS}


def _thing(before: Sequence[str]) -> str:
    skipped = [*takewhile(lambda token: _is_number(token) or token in _BETWEEN, reversed(before))]
    word = before[-len(skipped) - 1] if len(skipped) < len(before) else ""
    return "" if word in STOPWORDS or word in _MONTHS else word.removesuffix("s")


def _number(token: str) -> str:
    """12th is 12, 9am and 9:00 are 9, 5km is 5, and 4,000 is 4000."""
    return re.sub(r",(?=\d{3}(?!\d))", "", _ENDING.sub("", token))


def _is_number(token: str) -> bool:
    return any(map(str.isdigit, token))
