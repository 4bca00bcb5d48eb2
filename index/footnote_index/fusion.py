"""Fuses rankings of passages by reciprocal rank (Cormack, Clarke and Büttcher 2009)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_PASSAGE_WEIGHT, _SENTENCE_WEIGHT, _LEXICAL_WEIGHT, _FOREIGN_LEXICAL_WEIGHT = 0.5, 1.0, 3.0, 0.5
_RANK_OFFSET = 10
"""Weights and offset of the fusion: the best of 21 combinations on MultiHop-RAG's dev questions."""


def fused(
    passages: NDArray[np.floating[Any]],
    sentences: NDArray[np.floating[Any]],
    bm25: NDArray[np.floating[Any]],
    *,
    is_foreign: bool = False,
) -> NDArray[np.float64]:
    """Fuses three rankings of the same passages: by their vectors, by their best sentences, and by BM25.

    `is_foreign`: no article is in the question's language, so that only names and numbers are the same in both.
    """
    lexical_weight = _FOREIGN_LEXICAL_WEIGHT if is_foreign else _LEXICAL_WEIGHT
    return (
        _PASSAGE_WEIGHT * _reciprocal_ranks(passages)
        + _SENTENCE_WEIGHT * _reciprocal_ranks(sentences)
        + lexical_weight * _reciprocal_ranks(bm25) * (bm25 > 0)
    )


def best_of(scores: NDArray[np.floating[Any]], limit: int) -> NDArray[np.intp]:
    """Positions of the highest scores above zero, highest first; of equal scores, the earlier one first."""
    is_good = scores > 0
    if len(scores) > limit:  # only these are sorted: an index may have a million passages
        is_good &= scores >= np.partition(scores, -limit)[-limit]
    good = np.flatnonzero(is_good)
    return good[np.argsort(-scores[good], kind="stable")[:limit]]


def _reciprocal_ranks(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return 1 / (_RANK_OFFSET + ranks)
