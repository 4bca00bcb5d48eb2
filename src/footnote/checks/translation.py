"""The checks that compare a translation with its claim. A language model wrote both, and only the claim is compared
with its sentences: so the translation may say what the claim says and, as far as can be checked, nothing else.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from footnote.checks.addresses import has_known_addresses
from footnote.checks.dates.days import (
    WEEKDAYS,
    days_and_months,
    months_alone,
    weekdays_in,
    with_full_names,
    with_singular_weekdays,
)
from footnote.checks.dates.local_weekdays import local_weekdays
from footnote.checks.local_scales import local_scales
from footnote.checks.other_languages import ALL_NOUNS_HAVE_CAPITALS, is_form_of, names_in
from footnote.checks.source import QuotedSource
from footnote.checks.translated_negation import has_its_negation
from footnote.text.languages import DEFAULT, is_latin, may_be
from footnote.text.local_dates import Day, local_dates
from footnote.text.local_negations import knows_negations
from footnote.text.local_numbers import local_numbers
from footnote.text.spelling import unaccented
from footnote.text.terms import NO_BLANKS


@dataclass(frozen=True, slots=True)
class LanguageText:
    """A text and the language that it is in, or should be."""

    text: str
    language: str


_MARKUP = frozenset("<>[]{}|\\`*_~#@")
_DENSE = re.compile(rf"[{NO_BLANKS}\uac00-\ud7a3]")
_LETTERS_A_SIGN = 3
_LONGER, _SLACK = 2.0, 20
"""How many times longer one may be than the other, plus a number of letters."""

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_DAYS_AND_MONTHS = frozenset(name.casefold() for name in (*day_name, *month_name) if name)
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES_KEPT, _BEGINNING = 0.5, 3
"""In a language that capitalises all nouns: the share of the claim's names that must be there, and how many of their
letters. Spain is Spanien, but Germany is Deutschland.
"""


def first_failed_by_translation(translation: LanguageText, claim: LanguageText) -> str | None:
    """The name of the first check that it fails; None when it passes all."""
    return next((name for name, holds in TRANSLATION_CHECKS.items() if not holds(translation, claim)), None)


def _is_in_its_language(translation: LanguageText, claim: LanguageText) -> bool:
    is_another = translation.text.casefold() != claim.text.casefold()
    return is_another and may_be(translation.text, translation.language)


def _is_plain(translation: LanguageText, claim: LanguageText) -> bool:
    text = translation.text
    has_known_marks = _MARKUP.intersection(text) <= _MARKUP.intersection(claim.text)
    return has_known_marks and has_known_addresses(text, [QuotedSource(claim.text)])


def _is_as_long(translation: LanguageText, claim: LanguageText) -> bool:
    shorter, longer = sorted((_length(translation.text), _length(claim.text)))
    return longer <= _LONGER * shorter + _SLACK


def _length(text: str) -> int:
    """In letters: a Chinese character says as much as several."""
    return len(text) + (_LETTERS_A_SIGN - 1) * len(_DENSE.findall(text))


def _has_its_numbers(translation: LanguageText, claim: LanguageText) -> bool:
    """Numbers in dates are compared as dates, since months may be written in figures."""
    said, meant = _numbers(translation), _numbers(claim)
    months = {str(month) for one in (translation, claim) for _, month in _days(one)}
    scales = [local_scales(one.text, one.language) for one in (translation, claim)]
    return said - months == meant - months and not _are_exchanged(*scales)


def _numbers(one: LanguageText) -> set[str]:
    """Each number separately, including those in 6.9.1902."""
    found = local_numbers(one.text, one.language)
    return {
        part.lstrip("0") for number in found for part in (number.split(".") if number.count(".") == 2 else [number])
    }


def _has_its_dates(translation: LanguageText, claim: LanguageText) -> bool:
    return _days(translation) == _days(claim) and not _are_exchanged(_weekdays(translation), _weekdays(claim))


def _are_exchanged(said: frozenset[int], meant: frozenset[int]) -> bool:
    """Whether one stands where another is meant. One that is only missing may be written in a form not known here."""
    return bool(said - meant and meant - said)


def _weekdays(one: LanguageText) -> frozenset[int]:
    if one.language == DEFAULT:
        return frozenset(map(WEEKDAYS.index, weekdays_in(with_singular_weekdays(with_full_names(one.text)))))
    return local_weekdays(one.text, one.language)


def _days(one: LanguageText) -> set[Day]:
    found: set[Day] = {*local_dates(one.text, one.language)}
    if one.language == DEFAULT:
        found |= set(days_and_months(one.text))
        known = {month for _, month in found}
        found |= {(None, month) for month in months_alone(one.text) if month not in known}
    return found


def _has_its_names(translation: LanguageText, claim: LanguageText) -> bool:
    """Other scripts spell names in their own way, so there only words in Latin letters can be compared."""
    said, meant = _words(translation.text), _words(claim.text)
    if not is_latin(claim.text):
        return all(_stands(word, said) for word in _latin(claim.text))
    if not is_latin(translation.text):
        return all(_stands(word, meant) for word in _latin(translation.text))
    if translation.language in ALL_NOUNS_HAVE_CAPITALS:
        names = _names(claim.text)
        beginnings = {word[:_BEGINNING] for word in said}
        return sum(name[:_BEGINNING] in beginnings for name in names) >= _NAMES_KEPT * len(names)
    return all(_stands(name, meant) for name in _names(translation.text))


def _has_its_negation(translation: LanguageText, claim: LanguageText) -> bool:
    is_known = claim.language == DEFAULT and knows_negations(translation.language)
    return not is_known or has_its_negation(translation.text, translation.language, claim.text)


def _names(text: str) -> set[str]:
    return {unaccented(name) for name in names_in(text) if name not in _DAYS_AND_MONTHS}


def _words(text: str) -> set[str]:
    return {unaccented(word.casefold()) for word in _WORD.findall(text)}


def _latin(text: str) -> set[str]:
    return {unaccented(word.casefold()) for word in _LATIN_WORD.findall(text)}


def _stands(name: str, words: set[str]) -> bool:
    return any(is_form_of(name, word) for word in words)


TRANSLATION_CHECKS: Mapping[str, Callable[[LanguageText, LanguageText], bool]] = {
    "plain text": _is_plain,
    "language": _is_in_its_language,
    "length": _is_as_long,
    "numbers": _has_its_numbers,
    "dates": _has_its_dates,
    "names": _has_its_names,
    "same sense": _has_its_negation,
}
"""By the names that receipts use for the check that a translation has failed."""
