"""BM25 over passages, with title, source, date and headings in front of each.

Robertson and Zaragoza 2009; bm25s, Lù 2024.
"""

from __future__ import annotations

import logging
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Self

import bm25s
import numpy as np
from numpy.typing import NDArray

from footnote.models import Article, Passage
from footnote.text.languages import DEFAULT, language_of
from footnote.text.terms import asked_terms, question_language, terms

# It sets itself to DEBUG when it is imported, and logs every build.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_COUNTS = "counts.npy"

_K1, _B = 0.9, 0.4
"""The best of five pairs on MultiHop-RAG's dev questions, and a common choice for short passages."""

_BEHIND_LANGUAGE = ":"
"""Separates a language from a word in it. English words have no prefix, as in older indexes."""


class Lexical:
    """Which passages have a question's words. Rows are passages in the order they were built in.

    A passage has the words of its article's language; a question is read in each language that the index has.

    `counts` says how often a passage has a word, parallel to the weights that bm25s keeps: when passages are added or
    removed, weights are computed from counts, without reading a text again.
    """

    def __init__(self, model: bm25s.BM25, counts: NDArray[np.int32]) -> None:
        self._model = model
        self._counts = counts
        self.rows = int(model.scores["num_docs"])
        self._found_in = np.diff(model.scores["indptr"])
        self._languages = {DEFAULT, *_languages(model.vocab_dict)}

    @classmethod
    def build(cls, passages: Iterable[Passage], *, before: Lexical | None = None, rows: Sequence[int] = ()) -> Self:
        """Counts all passages or, with `before`, only the new ones: `rows` gives the row that each passage had in
        `before`, -1 for a new one.
        """
        words = _Words(before._model.vocab_dict if before else {})  # noqa: SLF001 - of the same class
        new = (row for row, old in enumerate(rows) if old < 0) if before else count()
        for row, passage in zip(new, passages, strict=before is not None):
            words.add(row, passage)
        if before is None:
            return cls(*_weighted(words.counted(), words.passages, words.vocabulary))
        counted = np.concatenate([before._moved(rows), words.counted()])  # noqa: SLF001
        return cls(*_weighted(counted, len(rows), words.vocabulary))

    @classmethod
    def load(cls, folder: Path) -> Self:
        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False), np.load(folder / _COUNTS, mmap_mode="r"))

    def save(self, folder: Path) -> None:
        self._model.save(folder, show_progress=False)
        np.save(folder / _COUNTS, self._counts)

    def _moved(self, rows: Sequence[int]) -> _Counted:
        """The counts of the passages that stay, with their new rows."""
        new_row = np.full(self.rows, -1)
        stay = np.flatnonzero(np.asarray(rows) >= 0)
        new_row[np.asarray(rows)[stay]] = stay
        moved = new_row[self._model.scores["indices"]]
        moved |= np.repeat(np.arange(len(self._found_in)), self._found_in) << _ROW_BITS
        moved <<= _OFTEN_BITS
        moved |= self._counts
        stays: _Counted = moved[moved >= 0]
        return stays

    def scores(self, question: str) -> NDArray[np.float32]:
        """The BM25 score of each passage; all zero when none has any of the question's words."""
        asked = [term for language in self._languages for term in _named(asked_terms(question, language), language)]
        known = self._model.get_tokens_ids(asked)
        scores: NDArray[np.float32] = (
            self._model.get_scores_from_ids(known) if known else np.zeros(self.rows, np.float32)
        )
        return scores

    def coverage(self, question: str, texts: Iterable[str], *, language: str = DEFAULT) -> list[float]:
        """For each text in that language, the share (0 to 1) of the question's words that it has, weighted by how rare
        they are.
        """
        weights = {term: self._weight(term) for term in _named(asked_terms(question, language), language)}
        total = sum(weights.values()) or 1.0
        return [sum(map(weights.__getitem__, weights.keys() & _terms(text, language))) / total for text in texts]

    def reads(self, question: str) -> bool:
        """Whether the index has articles in the question's language, or the question counts as English."""
        return question_language(question) in self._languages

    def language_of(self, article: Article) -> str:
        """The language in which its words are counted."""
        found = language_of(article.text) if len(self._languages) > 1 else DEFAULT
        return found if found in self._languages else DEFAULT

    def _weight(self, term: str) -> float:
        token = self._model.vocab_dict.get(term)
        found_in = 0 if token is None else int(self._found_in[token])
        return float(np.log1p((self.rows - found_in + 0.5) / (found_in + 0.5)))


def passage_header(article: Article, headings: Iterable[str] = ()) -> str:
    """What goes in front of a passage: its article's title, source and date, as far as known, and its headings."""
    published = f"{article.published:%B %-d, %Y}" if article.published else ""
    return ". ".join(filter(None, [article.title, article.source, published, *headings]))


_Counted = NDArray[np.int64]
"""A word's number, a passage's number and the count, packed into one number, so that they are sorted in place with the
least memory: by word, and within a word by passage.
"""

_ROW_BITS, _OFTEN_BITS = 25, 13
_MOST_OFTEN = (1 << _OFTEN_BITS) - 1


class _Words:
    """Counts the words of passages one by one. New words are added to the vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = dict(vocabulary)
        self.passages = 0
        self._counted = array("q")
        self._language_of = lru_cache(maxsize=1)(language_of)  # passages of an article come one after the other

    def add(self, row: int, passage: Passage) -> None:
        self.passages += 1
        text = f"{passage_header(passage.article, passage.headings)} {passage.text}"
        language = self._language_of(passage.article.text)
        for term, often in Counter(_terms(text, language)).items():
            word = self.vocabulary.setdefault(term, len(self.vocabulary))
            self._counted.append(((word << _ROW_BITS | row) << _OFTEN_BITS) | min(often, _MOST_OFTEN))

    def counted(self) -> _Counted:
        return np.frombuffer(self._counted, np.int64)


def _weighted(counted: _Counted, rows: int, vocabulary: dict[str, int]) -> tuple[bm25s.BM25, NDArray[np.int32]]:
    """BM25 as Lucene computes it, in the form of bm25s: for each word, the passages that have it. Consumes the counts.

    Words that are no longer in any passage are dropped.
    """
    counted.sort()
    counts = (counted & _MOST_OFTEN).astype(np.int32)
    counted >>= _OFTEN_BITS
    found_in = (counted & ((1 << _ROW_BITS) - 1)).astype(np.int32)
    counted >>= _ROW_BITS
    begins = np.flatnonzero(np.diff(counted, prepend=-1))
    words, frequencies = counted[begins], np.diff(begins, append=len(counted))
    number_of = dict(zip(words.tolist(), range(len(words)), strict=True))
    vocabulary = {word: number_of[old] for word, old in vocabulary.items() if old in number_of}
    lengths = np.bincount(found_in, counts, rows)
    rarity = np.log1p((rows - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    norms = (_K1 * (1 - _B + _B * lengths / (lengths.mean() or 1))).astype(np.float32)
    often = counts.astype(np.float32)
    model = bm25s.BM25(k1=_K1, b=_B)
    model.vocab_dict = vocabulary
    model.unique_token_ids_set = set(vocabulary.values())
    model.nonoccurrence_array = None
    model.scores = {
        "data": np.repeat(rarity, frequencies) * often / (often + norms[found_in]),
        "indices": found_in,
        "indptr": np.cumsum([0, *frequencies]),
        "num_docs": rows,
    }
    return model, counts


def _terms(text: str, language: str) -> list[str]:
    return _named(terms(text, language), language)


def _named(found: list[str], language: str) -> list[str]:
    return found if language == DEFAULT else [f"{language}{_BEHIND_LANGUAGE}{term}" for term in found]


def _languages(vocabulary: Iterable[str]) -> set[str]:
    return {term.partition(_BEHIND_LANGUAGE)[0] for term in vocabulary if _BEHIND_LANGUAGE in term}
