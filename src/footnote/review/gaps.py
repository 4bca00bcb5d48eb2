"""What readers ask and the articles do not say: groups unanswered questions that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from footnote.checks.words import content

if TYPE_CHECKING:
    import numpy as np  # not at run time: it takes a while, and `--help` does not need it
    from numpy.typing import NDArray

SAME_MEANING = 0.65
"""Cosine from which two unanswered questions ask for the same thing."""

SAME_WORDS = 0.4
"""The same by words: the share of their words that two questions have in common."""

Vectors: TypeAlias = "NDArray[np.float32]"
"""One unit vector per row."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Unanswered questions that ask for the same thing: how many, and one of them."""

    count: int
    example: str


def find_gaps(
    missing: Sequence[tuple[str, int]],
    vectors: Vectors | None = None,
    *,
    top: int = 5,
    threshold: float | None = None,
) -> list[Gap]:
    """Clusters of questions (with how often each was asked), the largest first; the example is the question that was
    asked most often.

    Greedy: a question joins the cluster with the most similar example, if it is similar enough; otherwise it starts a
    new one. `vectors` has a row for each question; without vectors, words decide.
    """
    if vectors is None:
        members = _by_words([question for question, _ in missing], threshold or SAME_WORDS)
    else:
        members = _by_vectors(vectors, threshold or SAME_MEANING)
    gaps = [Gap(sum(missing[row][1] for row in rows), missing[rows[0]][0]) for rows in members]
    return sorted(gaps, key=lambda gap: -gap.count)[:top]


def _by_vectors(vectors: Vectors, threshold: float) -> list[list[int]]:
    clusters: list[list[int]] = []
    for row, vector in enumerate(vectors):
        alike = vectors[[rows[0] for rows in clusters]] @ vector if clusters else ()
        _put(row, [*map(float, alike)], clusters, threshold)
    return clusters


def _by_words(questions: Iterable[str], threshold: float) -> list[list[int]]:
    clusters: list[list[int]] = []
    known: list[frozenset[str]] = []
    for row, words in enumerate(map(content, questions)):
        known.append(words)
        _put(row, [_overlap(words, known[rows[0]]) for rows in clusters], clusters, threshold)
    return clusters


def _put(row: int, alike: Sequence[float], clusters: list[list[int]], threshold: float) -> None:
    best = max(range(len(alike)), key=alike.__getitem__, default=-1)
    if best >= 0 and alike[best] >= threshold:
        clusters[best].append(row)
    else:
        clusters.append([row])


def _overlap(some: frozenset[str], others: frozenset[str]) -> float:
    return len(some & others) / len(some | others) if some | others else 1.0
