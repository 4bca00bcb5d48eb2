"""What a question names: labels, numbers and things, and which of them are missing in a text.

"How long is quay 6?" is not answered by a sentence about quay 5, however similar the words are.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from footnote.checks.names import long_forms, names_in
from footnote.checks.words import STOPWORDS, WORD, content, plain
from footnote.spelling import unaccented

_LONG_ENOUGH = 4
"""Letters that two forms of a name share at least: Afghan and Afghanistan."""

_TOKEN = re.compile(r"[^\W_]++(?:[.,:-][^\W_]++)*+")
_BETWEEN = frozenset({"and", "or", "to", "no", "nr", "number", "nos"})
"""Words between a thing and its number: quays 4, 5 and 14; quay no. 4."""

_MONTHS = {name.casefold(): name.casefold() for name in calendar.month_name if name}
_MONTHS |= {name[:length]: name for name in _MONTHS for length in (3, 4) if name not in {"march", "may"}}
_DAYS = {form: day.casefold() for day in calendar.day_name for form in (day.casefold(), f"{day.casefold()}s")}
_AMBIGUOUS = {"may", "march"}
"""Months that are usual words as well."""

_PLACES_AND_BODIES = """
valley city town village river lake sea bay island mountain pass province state county district street road bridge
harbour port airport station university school church museum bank company party front army war battle treaty act
north south east west new the of
"""
_KINDS = frozenset(_PLACES_AND_BODIES.split())
"""Words of names that say what kind of thing is named."""

_FORMS = {
    "@": (
        re.compile(r"\be-?mail address|^what(?:'s| is| are) (?:the|your|their) e-?mails?\b", re.IGNORECASE),
        re.compile("@"),
    ),
    "www": (
        re.compile(r"\b(?:web ?site|web page|web address|url)\b", re.IGNORECASE),
        re.compile(r"https?://|\bwww\.|\w\.[a-z]{2,6}\b", re.IGNORECASE),
    ),
    "phone": (re.compile(r"\b(?:tele)?(?:phone|fax) number", re.IGNORECASE), re.compile(r"\d(?:[\s()/.-]{0,2}\d){3}")),
}
"""Things with a recognisable form: how a question asks for one, and what it looks like, such as an e-mail address."""

Label = tuple[str, str]
"""A lower-case word and its number, as in quay 6 or version 2.1; for a number alone, the word is empty."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The question's numbers in digits, each with the thing it belongs to; the words of its names; the stems of all its
    content words; and the forms (see `_FORMS`) that it asks for.
    """

    labels: frozenset[Label]
    names: frozenset[str]
    words: frozenset[str]
    forms: frozenset[str] = frozenset()


def asked_for(question: str) -> AskedFor:
    text = unaccented(question)
    names = frozenset(word for run in names_in(text) for word in _own_names(run) if not any(map(str.isdigit, word)))
    forms = frozenset(form for form, (asks, _) in _FORMS.items() if asks.search(question))
    return AskedFor(frozenset(_labels(_tokens(text))), names, content(text), forms)


def _own_names(run: Sequence[str]) -> Sequence[str]:
    """In “the Bamiyan Valley”, only Bamiyan matters."""
    return [word for word in run if word not in _KINDS] or run


def lacks_label(asked: AskedFor, text: str) -> bool:
    """Whether one of the question's numbers, months, weekdays or forms is not in the text: 12 December is not 12
    November. If the question says what is numbered, the number has to follow the same word.
    """
    if not all(_FORMS[form][1].search(text) for form in asked.forms):
        return True
    found = _labels(_tokens(unaccented(text)))
    numbers = {number for _, number in found}
    things = {thing for thing, _ in found}
    return not all(one in found or (one[1] in numbers and one[0] not in things - {""}) for one in asked.labels)


def without_name(asked: AskedFor, text: str) -> float:
    """The share of the question's names that are missing in the text (0 to 1); 0 when it has no names."""
    if not asked.names:
        return 0.0
    text = unaccented(text)
    known = {part for word in WORD.findall(text) for part in (plain(word), *plain(word).split("-"))}
    initials = {short.casefold() for short in long_forms(text)}
    there = known | initials
    lost = sum(name not in there and not any(_are_one(name, word) for word in known) for name in asked.names)
    return lost / len(asked.names)


def covered(asked: AskedFor, text: str) -> float:
    """The share of the question's words that the text has (0 to 1), regardless of how rare they are in the index."""
    return len(asked.words & content(unaccented(text))) / len(asked.words) if asked.words else 0.0


def _tokens(text: str) -> list[str]:
    return [token.casefold() for token in _TOKEN.findall(text)]


def _labels(tokens: Sequence[str]) -> set[Label]:
    """Each number with the word that it follows, skipping other numbers of a list; and each month and weekday."""
    numbers = {(_thing(tokens[:at]), _number(token)) for at, token in enumerate(tokens) if _is_number(token)}
    months = {("", _MONTHS[token]) for token in tokens if token in _MONTHS and token not in _AMBIGUOUS}
    return numbers | months | {("", _DAYS[token]) for token in tokens if token in _DAYS}


def _thing(before: Sequence[str]) -> str:
    skipped = [*takewhile(lambda token: _is_number(token) or token in _BETWEEN, reversed(before))]
    word = before[-len(skipped) - 1] if len(skipped) < len(before) else ""
    return "" if word in STOPWORDS or word in _MONTHS else word.removesuffix("s")


def _number(token: str) -> str:
    return re.sub(r",(?=\d{3}(?!\d))", "", token)


def _is_number(token: str) -> bool:
    return any(map(str.isdigit, token))


def _are_one(name: str, word: str) -> bool:
    begins = name.startswith(word) or word.startswith(name)
    return name == word or (begins and min(len(name), len(word)) >= _LONG_ENOUGH)
