"""What a question asks for by name: its numbers and named things, and which of them a text does not have.

"How long is quay 6?" is not answered by a sentence about quay 5, however alike the words are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from footnote.checks.names import long_forms, names_in
from footnote.checks.numbers import numbers_in
from footnote.checks.words import WORD, content, plain

_LONG_ENOUGH = 4
"""Letters that two forms of a name share at least: Afghan and Afghanistan."""


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The question's numbers, the words of its names, and the stems of all its words that carry meaning."""

    numbers: frozenset[float]
    names: frozenset[str]
    words: frozenset[str]


def asked_for(question: str) -> AskedFor:
    text = folded(question)
    names = frozenset(word for run in names_in(text) for word in run)
    return AskedFor(frozenset(value for value, _ in numbers_in(text)), names, content(text))


def missing(asked: AskedFor, text: str) -> float:
    """The share of the question's numbers and names that the text does not have (0 to 1); 0 when it asks for none."""
    total = len(asked.numbers) + len(asked.names)
    if not total:
        return 0.0
    text = folded(text)
    known = {plain(word) for word in WORD.findall(text)}
    initials = {short.casefold() for short in long_forms(text)}
    lost_names = sum(not (name in initials or any(_are_one(name, word) for word in known)) for name in asked.names)
    lost_numbers = len(asked.numbers - {value for value, _ in numbers_in(text)})
    return (lost_names + lost_numbers) / total


def covered(asked: AskedFor, text: str) -> float:
    """The share of the question's words that the text has (0 to 1), whatever is rare in the index."""
    return len(asked.words & content(folded(text))) / len(asked.words) if asked.words else 0.0


def folded(text: str) -> str:
    """Letters without their accents, and without soft hyphens: São and Sao are one, ø and o are too."""
    return "".join(_letters(text))


_LIKE = dict(
    zip("øØđĐłŁıæÆœŒß\xad", ["o", "O", "d", "D", "l", "L", "i", "ae", "Ae", "oe", "Oe", "ss", ""], strict=True)
)
"""Letters that Unicode does not take apart, and the soft hyphen."""


def _letters(text: str) -> Iterator[str]:
    for character in text if text.isascii() else unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(character):
            yield _LIKE.get(character, character)


def _are_one(name: str, word: str) -> bool:
    shorter, longer = sorted((name, word), key=len)
    return name == word or (len(shorter) >= _LONG_ENOUGH and longer.startswith(shorter))
