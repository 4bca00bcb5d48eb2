"""A cited sentence and the one that has replaced it, with the words that differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from footnote.models import Article, Sentence
from footnote.text.sentences import split_sentences

_LEAST_ALIKE = 0.4
"""The share that two sentences must have in common: with less, they are not about the same thing."""

_COMPARED = 12
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[^\W{_SPACELESS}]+|[{_SPACELESS}]|\s+|[^\w\s]+")
"""A word, or a character of a script without spaces between words."""


class WordChange(StrEnum):
    """The kind of change."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ChangedWords:
    """Some words with the same kind of change."""

    text: str
    change: WordChange


@dataclass(frozen=True, slots=True)
class TextDifference:
    """`before` has SAME and REMOVED words, `after` SAME and ADDED ones; empty when nothing replaced it."""

    before: tuple[ChangedWords, ...]
    after: tuple[ChangedWords, ...]
    place: Sentence | None = None


def difference(quote: str, article: Article) -> TextDifference:
    """A sentence that an article had, and the most similar one now."""
    found = _most_alike(quote, article)
    if found is None:
        return TextDifference((ChangedWords(quote, WordChange.REMOVED),), ())
    before, after = differences_between(quote, article.text[found.start : found.end])
    return TextDifference(before, after, found)


def differences_between(before: str, after: str) -> tuple[tuple[ChangedWords, ...], tuple[ChangedWords, ...]]:
    """Word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[ChangedWords] = []
    right: list[ChangedWords] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_same = kind == "equal"
        _add(left, old[old_from:old_to], WordChange.SAME if is_same else WordChange.REMOVED)
        _add(right, new[new_from:new_to], WordChange.SAME if is_same else WordChange.ADDED)
    return tuple(left), tuple(right)


def _add(words: list[ChangedWords], found: Sequence[str], change: WordChange) -> None:
    if found:
        words.append(ChangedWords("".join(found), change))


def _most_alike(quote: str, article: Article) -> Sentence | None:
    """Sentences are first compared by their common words, which is quick; the best of them by their order."""
    wanted = _words(quote)
    sentences = [one for one in split_sentences(article.text) if not article.text.startswith("#", one.start)]
    shared = {one: _overlap(wanted, _words(article.text[one.start : one.end])) for one in sentences}
    best = sorted(sentences, key=lambda one: shared[one], reverse=True)[:_COMPARED]
    ratios = {one: _ratio(quote, article.text[one.start : one.end]) for one in best}
    found = max(best, key=lambda one: ratios[one], default=None)
    return found if found and ratios[found] >= _LEAST_ALIKE else None


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word[0].isalnum())


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _ratio(one: str, other: str) -> float:
    old, new = ([word for word in _WORD.findall(text) if not word.isspace()] for text in (one, other))
    return SequenceMatcher(None, old, new, autojunk=False).ratio()
