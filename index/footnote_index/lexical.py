"""BM25 over passages, with title, source and date in front of each (Robertson and Zaragoza 2009; bm25s, Lù 2024)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from footnote.models import Article, Passage

# It sets itself to DEBUG when it is imported, and tells of every build.
logging.getLogger("bm25s").setLevel(logging.WARNING)

_K1, _B = 0.9, 0.4
"""The best of five pairs on MultiHop-RAG's dev questions, and a usual choice for short passages."""

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_STOPWORD_LIST = """
a about an and are as at be been but by can could did do does for from had has have how if in into is it its may of on
or our shall should so than that the their them then there these they this those to was we were what when where which
who whom whose why will with would you your
"""
_STOPWORDS = frozenset(_STOPWORD_LIST.split())


class Lexical:
    """Which passages have a question's words. Rows are passages in the order they were built in."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model
        self.rows = int(model.scores["num_docs"])
        self._stem = Stemmer.Stemmer("english")
        self._found_in = np.diff(model.scores["indptr"])

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> Lexical:
        stem = Stemmer.Stemmer("english")
        model = bm25s.BM25(k1=_K1, b=_B)
        model.index([_terms(f"{header(p.article)} {p.text}", stem) or [""] for p in passages], show_progress=False)
        return cls(model)

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        return cls(bm25s.BM25.load(folder, mmap=True, show_progress=False))

    def save(self, folder: Path) -> None:
        self._model.save(folder, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of each passage; all zero when it has none of the question's words."""
        known = self._model.get_tokens_ids(_terms(question, self._stem))
        scores: NDArray[np.float32] = (
            self._model.get_scores_from_ids(known) if known else np.zeros(self.rows, np.float32)
        )
        return scores

    def coverage(self, question: str, texts: Iterable[str]) -> list[float]:
        """For each text the share (0 to 1) of the question's words that it has, each weighted by how rare it is."""
        weights = {term: self._weight(term) for term in _terms(question, self._stem)}
        total = sum(weights.values()) or 1.0
        return [sum(map(weights.__getitem__, weights.keys() & _terms(text, self._stem))) / total for text in texts]

    def _weight(self, term: str) -> float:
        token = self._model.vocab_dict.get(term)
        found_in = 0 if token is None else int(self._found_in[token])
        return float(np.log1p((self.rows - found_in + 0.5) / (found_in + 0.5)))


def header(article: Article) -> str:
    """What stands in front of each passage of an article: title, source and date, as far as known."""
    published = f"{article.published:%B %-d, %Y}" if article.published else ""
    return ". ".join(filter(None, [article.title, article.source, published]))


def _terms(text: str, stem: Any) -> list[str]:  # noqa: ANN401 - PyStemmer has no types
    words: list[str] = _WORD.findall(text.casefold().replace("’", "'"))
    terms: list[str] = stem.stemWords([word.removesuffix("'s") for word in words if word not in _STOPWORDS])
    return terms
