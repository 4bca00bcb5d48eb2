"""The same text under two ids: one article is indexed, the others are named.

An article is left out only if every sentence of it stands, word for word, in the one that is kept, and if that one says
hardly more in any paragraph: whatever the one could be cited for, the other can, and both are in the same language. A
correction, or a report in the same form with other figures, always stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from footnote.languages import LANGUAGES, language_of
from footnote.models import Article
from footnote_index.building.reports import Duplicate

ALIKE = 0.8
"""How long an article must be beside the one that holds all its sentences: a shorter one is a text of its own."""

_FEWEST_WORDS = 30
"""What is shorter may be the same by chance."""

_COMMON = 20
"""A sentence that more articles have is a phrase of the house, and leads to nothing."""

_MOST_CUT = 3
"""Sentences that may stand there only as part of another: a teaser's last, say."""

_MOST_MORE = 0.5
"""Of the words of a paragraph of the one that is kept, what the other need not have."""

_TELLING = 8  # words
_LONG = 20  # characters
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_QUOTES = re.compile("[\"'“”„«»‘’‚()\\[\\]]+")
_AFTER_WORDS = re.compile(r"(?<![.,;:!?…])[.,;:!?…]+(?=\s|$)")  # each run is looked at once, however long it is


@dataclass(frozen=True)
class _Wording:
    """An article's words without letter case, typography and punctuation around them."""

    article: Article
    paragraphs: tuple[tuple[str, ...], ...]
    text: str
    words: int

    def holds(self, other: _Wording) -> bool:
        """Whether all sentences of an article that is nearly as long stand in this one."""
        if not ALIKE * self.words <= other.words <= self.words / ALIKE:
            return False
        missing = other.known - self.known
        if len(missing) > _MOST_CUT or not all(f" {sentence} " in self.text for sentence in missing):
            return False
        return not any(self._says_more(paragraph, other) for paragraph in self.paragraphs)

    def _says_more(self, paragraph: tuple[str, ...], other: _Wording) -> bool:
        """Whether much of a paragraph, which is more than a few words, does not stand in the other article."""
        more = sum(len(sentence.split()) for sentence in paragraph if not other.says(sentence))
        return more >= _TELLING and more > _MOST_MORE * sum(len(sentence.split()) for sentence in paragraph)

    def says(self, sentence: str) -> bool:
        """Also where it was cut off in the middle."""
        return sentence in self.known or any(sentence.startswith(own) for own in self.known if len(own) > _LONG)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(sentence for paragraph in self.paragraphs for sentence in paragraph)


def without_duplicates(
    articles: Iterable[Article], *, pages: Container[str] = (), live: Container[str] = ()
) -> tuple[list[Article], tuple[Duplicate, ...]]:
    """The articles to be indexed, in the order given, and those left out.

    Of two that say the same, a file of one's own goes before one of the `pages` from the web, and what is `live` (both
    by id) before what comes: nobody can take an article's place by claiming an earlier date. Then the one is kept that
    is in the language that its name says, that has a date, the earlier one, the one of which more is known, the one
    with the shorter id.
    """

    def preference(wording: _Wording) -> tuple[bool, bool, bool, date, int, int, str]:
        article = wording.article
        published = article.published or date.max
        unknown = [article.author, article.source, article.url].count(None)
        is_elsewhere = article.id in pages, article.id not in live, _is_untranslated(article)
        return *is_elsewhere, published, unknown, len(article.id), article.id

    given = list(articles)
    wordings = sorted(map(_wording, given), key=preference)
    originals: dict[str, str] = {}
    for kept, other in _pairs(wordings):
        if kept.article.id not in originals and other.article.id not in originals and kept.holds(other):
            originals[other.article.id] = kept.article.id
    left = [article for article in given if article.id not in originals]
    return left, tuple(Duplicate(name, originals[name]) for name in sorted(originals))


def _is_untranslated(article: Article) -> bool:
    """Whether its name says another language than its text is in: "ru.html", "de/about.md"."""
    named = {part for part in re.split(r"[^a-z]+", article.id.lower()) if part in LANGUAGES}
    return bool(named) and language_of(article.text) not in named


def _wording(article: Article) -> _Wording:
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", article.text)).casefold()
    paragraphs = tuple(tuple(_sentences(paragraph)) for paragraph in _PARAGRAPH_ENDS.split(plain))
    text = f" {' '.join(sentence for paragraph in paragraphs for sentence in paragraph)} "
    return _Wording(article, paragraphs, text, text.count(" ") - 1)


def _sentences(paragraph: str) -> Iterator[str]:
    for part in _SENTENCE_ENDS.split(paragraph):
        if sentence := " ".join(_AFTER_WORDS.sub("", part).split()):
            yield sentence


def _pairs(wordings: Sequence[_Wording]) -> Iterator[tuple[_Wording, _Wording]]:
    """Those that may say the same, the preferred one first, pairs of the most preferred first."""
    long_enough = [wording for wording in wordings if wording.words >= _FEWEST_WORDS]
    by_text: dict[str, _Wording] = {}
    pairs: set[tuple[int, int]] = set()
    by_sentence: defaultdict[str, list[int]] = defaultdict(list)
    for number, wording in enumerate(long_enough):
        original = by_text.setdefault(wording.text, wording)
        if original is not wording:
            yield original, wording
            continue
        for sentence in wording.known:
            if sentence.count(" ") >= _TELLING:
                by_sentence[sentence].append(number)
    for numbers in by_sentence.values():
        if 1 < len(numbers) <= _COMMON:
            pairs.update((kept, other) for kept in numbers for other in numbers if kept < other)
    yield from ((long_enough[kept], long_enough[other]) for kept, other in sorted(pairs))
