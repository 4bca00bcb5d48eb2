"""The same text under two ids: one article is indexed, the others are named.

An article is left out only if every sentence of it stands, word for word, in the one that is kept: whatever it could be
cited for, that one can. A correction, or a report in the same form with other figures, always stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

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

_TELLING = 8  # words
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n\s*\n")
_QUOTES = re.compile("[\"'“”„«»‘’‚()\\[\\]]+")
_AFTER_WORDS = re.compile(r"(?<![.,;:!?…])[.,;:!?…]+(?=\s|$)")  # each run is looked at once, however long it is


@dataclass(frozen=True)
class _Wording:
    """An article's words without letter case, typography and punctuation around them."""

    article: Article
    sentences: tuple[str, ...]
    text: str
    words: int

    def holds(self, other: _Wording) -> bool:
        """Whether all sentences of an article that is nearly as long stand in this one."""
        if not ALIKE * self.words <= other.words <= self.words / ALIKE:
            return False
        missing = other.known - self.known
        return len(missing) <= _MOST_CUT and all(f" {sentence} " in self.text for sentence in missing)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.sentences)


def without_duplicates(
    articles: Iterable[Article], *, pages: Container[str] = (), live: Container[str] = ()
) -> tuple[list[Article], tuple[Duplicate, ...]]:
    """The articles to be indexed, in the order given, and those left out.

    Of two that say the same, a file of one's own goes before one of the `pages` from the web, and what is `live` (both
    by id) before what comes: nobody can take an article's place by claiming an earlier date. Then the one with a date
    is kept, the earlier one, the one with the shorter id.
    """

    def preference(wording: _Wording) -> tuple[bool, bool, date, int, str]:
        article = wording.article
        published = article.published or date.max
        return article.id in pages, article.id not in live, published, len(article.id), article.id

    given = list(articles)
    wordings = sorted(map(_wording, given), key=preference)
    originals: dict[str, str] = {}
    for kept, other in _pairs(wordings):
        if kept.article.id not in originals and other.article.id not in originals and kept.holds(other):
            originals[other.article.id] = kept.article.id
    left = [article for article in given if article.id not in originals]
    return left, tuple(Duplicate(name, originals[name]) for name in sorted(originals))


def _wording(article: Article) -> _Wording:
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", article.text)).casefold()
    sentences = (" ".join(_AFTER_WORDS.sub("", part).split()) for part in _SENTENCE_ENDS.split(plain))
    kept = tuple(filter(None, sentences))
    text = f" {' '.join(kept)} "
    return _Wording(article, kept, text, text.count(" ") - 1)


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
        for sentence in set(wording.sentences):
            if sentence.count(" ") >= _TELLING:
                by_sentence[sentence].append(number)
    for numbers in by_sentence.values():
        if 1 < len(numbers) <= _COMMON:
            pairs.update((kept, other) for kept in numbers for other in numbers if kept < other)
    yield from ((long_enough[kept], long_enough[other]) for kept, other in sorted(pairs))
