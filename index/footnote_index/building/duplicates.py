"""The same text under two ids of one collection: one article is indexed, and the others are listed. A copy in another
collection stays: its readers may not be able to read the first.

An article is left out only if every sentence of it is, word for word, in the one that is kept, and if that one says
hardly more in any paragraph: the kept one can be cited for everything that the other can, and both are in the same
language. A correction, or a report in the same form with other figures, always stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from footnote.models import Article
from footnote.models.collections import collection_of
from footnote.text.languages import LANGUAGES, language_of
from footnote_index.building.reports import Duplicate

ALIKE = 0.8
"""How long an article must be, compared with the one that has all its sentences: a shorter one is a text of its own."""

_FEWEST_WORDS = 30
"""Shorter texts may be the same by chance."""

_COMMON = 20
"""A sentence that more articles have is boilerplate, and does not identify a text."""

_MOST_CUT = 3
"""How many sentences may be only a part of another sentence: the last one of a teaser, for example."""

_MOST_MORE = 0.5
"""The share of a paragraph's words in the kept article that the other one may lack."""

_WORDINGS = 100
"""How many articles are in memory at a time."""

_TELLING = 8  # words
_LONG = 20  # characters
_PARAGRAPH_ENDS = re.compile(r"\n\s*\n")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_QUOTES = re.compile("[\"'“”„«»‘’‚()\\[\\]]+")
_AFTER_WORDS = re.compile(r"(?<![.,;:!?…])[.,;:!?…]+(?=\s|$)")  # each run is read once, however long it is


@dataclass(frozen=True)
class _Wording:
    """An article's words without letter case, typography and punctuation around them."""

    paragraphs: tuple[tuple[str, ...], ...]
    text: str
    words: int

    def holds(self, other: _Wording) -> bool:
        """Whether this one has all sentences of an article that is nearly as long."""
        missing = other.known - self.known
        if len(missing) > _MOST_CUT or not all(f" {sentence} " in self.text for sentence in missing):
            return False
        return not any(self._says_more(paragraph, other) for paragraph in self.paragraphs)

    def _says_more(self, paragraph: tuple[str, ...], other: _Wording) -> bool:
        """Whether much of a paragraph of more than a few words is missing in the other article."""
        more = sum(len(sentence.split()) for sentence in paragraph if not other.says(sentence))
        return more >= _TELLING and more > _MOST_MORE * sum(len(sentence.split()) for sentence in paragraph)

    def says(self, sentence: str) -> bool:
        """Also where it was cut off in the middle."""
        return sentence in self.known or any(sentence.startswith(own) for own in self.known if len(own) > _LONG)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(sentence for paragraph in self.paragraphs for sentence in paragraph)


@dataclass(frozen=True, slots=True)
class _Trace:
    """An article's wording in memory: hashes of its text and its sentences; `telling` are those of the longer ones. Of
    two articles, the one with the lower `rank` is preferred.
    """

    name: str
    rank: tuple[bool, bool, bool, date, int, int, str]
    words: int
    text: int
    known: NDArray[np.int64]
    telling: NDArray[np.int64]

    @property
    def collection(self) -> str:
        return collection_of(self.name)

    def may_hold(self, other: _Trace) -> bool:
        """False only if it cannot: it is much shorter or longer, or has too few of the sentences."""
        if not ALIKE * self.words <= other.words <= self.words / ALIKE:
            return False
        return len(np.setdiff1d(other.known, self.known, assume_unique=True)) <= _MOST_CUT


def find_duplicates(
    articles: Mapping[str, Article], *, pages: Container[str] = (), live: Container[str] = ()
) -> tuple[Duplicate, ...]:
    """Those of the articles (by id) that should be left out.

    Of two that say the same, a local file is preferred to one of the `pages` from the web, and a `live` article (both
    by id) to a new one, so that nobody can replace an article by claiming an earlier date. After that, these are
    preferred, in order: the one in the language that its name says, with a date, with the earlier date, with more
    metadata, with the shorter id.
    """

    def rank(article: Article) -> tuple[bool, bool, bool, date, int, int, str]:
        published = article.published or date.max
        unknown = [article.author, article.source, article.url].count(None)
        is_elsewhere = article.id in pages, article.id not in live, _is_untranslated(article)
        return *is_elsewhere, published, unknown, len(article.id), article.id

    @lru_cache(_WORDINGS)
    def wording(name: str) -> _Wording:
        return _wording(articles[name])

    traces = sorted((_trace(article, rank(article)) for article in articles.values()), key=attrgetter("rank"))
    originals: dict[str, str] = {}
    for kept, other in _pairs(traces):
        if kept.name in originals or other.name in originals or not kept.may_hold(other):
            continue
        if wording(kept.name).holds(wording(other.name)):
            originals[other.name] = kept.name
    return tuple(Duplicate(name, originals[name]) for name in sorted(originals))


def _trace(article: Article, rank: tuple[bool, bool, bool, date, int, int, str]) -> _Trace:
    wording = _wording(article)
    telling = [hash(sentence) for sentence in wording.known if sentence.count(" ") >= _TELLING]
    known = np.fromiter(map(hash, wording.known), np.int64)
    return _Trace(article.id, rank, wording.words, hash(wording.text), known, np.array(telling, np.int64))


def _is_untranslated(article: Article) -> bool:
    """Whether its name says another language than its text is in: "ru.html", "de/about.md"."""
    named = {part for part in re.split(r"[^a-z]+", article.id.lower()) if part in LANGUAGES}
    return bool(named) and language_of(article.text) not in named


def _wording(article: Article) -> _Wording:
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", article.text)).casefold()
    paragraphs = tuple(tuple(_sentences(paragraph)) for paragraph in _PARAGRAPH_ENDS.split(plain))
    text = f" {' '.join(sentence for paragraph in paragraphs for sentence in paragraph)} "
    return _Wording(paragraphs, text, text.count(" ") - 1)


def _sentences(paragraph: str) -> Iterator[str]:
    for part in _SENTENCE_ENDS.split(paragraph):
        if sentence := " ".join(_AFTER_WORDS.sub("", part).split()):
            yield sentence


def _pairs(traces: Sequence[_Trace]) -> Iterator[tuple[_Trace, _Trace]]:
    """Pairs that may say the same, the preferred one first; pairs of the most preferred articles come first."""
    by_text: dict[tuple[str, int], _Trace] = {}
    different = []
    for trace in traces:
        if trace.words < _FEWEST_WORDS:
            continue
        original = by_text.setdefault((trace.collection, trace.text), trace)
        if original is trace:
            different.append(trace)
        else:
            yield original, trace
    alike = ((different[kept], different[other]) for kept, other in _sharing([one.telling for one in different]))
    yield from ((kept, other) for kept, other in alike if kept.collection == other.collection)


def _sharing(telling: Sequence[NDArray[np.int64]]) -> list[tuple[int, int]]:
    """Pairs of positions whose articles have a telling sentence in common."""
    if not telling:
        return []
    sentences = np.concatenate(telling)
    found_in = np.repeat(np.arange(len(telling)), [len(one) for one in telling])
    order = np.lexsort((found_in, sentences))
    groups = np.split(found_in[order], np.flatnonzero(np.diff(sentences[order])) + 1)
    shared = (group.tolist() for group in groups if 1 < len(group) <= _COMMON)
    return sorted({pair for group in shared for pair in combinations(group, 2)})
