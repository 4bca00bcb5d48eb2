"""Cosines of an embedder that knows English only, for texts in other languages.

They mean little in Latin letters and nothing in others: two texts in Chinese are close to each other whatever they say.
Shared words replace them, on the scale of cosines. On XQuAD's dev questions in German, Spanish, Russian and Chinese the
AUC of confidence is .96, .97, .94 and .99 with them, and .96, .94, .73 and .76 with the cosines alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from footnote.text.languages import is_latin

_TOLD_BY_COSINES = 0.5
"""For a text in Latin letters."""

_UNRELATED, _BY_WORDS, _OF_A_PASSAGE = 0.2, 0.5, 0.35


def sentence_cosines(cosines: Sequence[float], coverages: Sequence[float], text: str) -> list[float]:
    """Replaces the cosines of a text's sentences; `coverages` are the shares of the question's words there."""
    return [
        _mixed(cosine, _UNRELATED + _BY_WORDS * words, text) for cosine, words in zip(cosines, coverages, strict=True)
    ]


def passage_cosine(cosine: float, coverage: float, text: str) -> float:
    return _mixed(cosine, _UNRELATED + _OF_A_PASSAGE * coverage, text)


def _mixed(cosine: float, by_words: float, text: str) -> float:
    told = _TOLD_BY_COSINES if is_latin(text) else 0.0
    return told * cosine + (1 - told) * by_words
