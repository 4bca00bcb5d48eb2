"""What readers ask and the articles do not say: groups unanswered questions that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from footnote.checks.words import content
from footnote.review.question_matching import are_alike
from footnote.review.question_matching.kinds import kind_of
from footnote.review.question_matching.words import unsaid

if TYPE_CHECKING:
    import numpy as np  # not at run time: it takes a while, and `--help` does not need it
    from numpy.typing import NDArray

SAME_MEANING, OTHER_KIND = 0.65, 0.75
"""Cosine from which two unanswered questions ask for the same thing: if they ask for the same kind of thing, such as
who, and if they may.
"""

SAME_WORDS = 0.5
"""The same by words: the share of their words that two questions have in common. Neither may replace one of the other.
"""

_ASKING = frozenset({"mani", "much"})

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
    questions = [question for question, _ in missing]
    if vectors is None:
        members = _by_words(questions, threshold or SAME_WORDS)
    else:
        members = _by_vectors(questions, vectors, threshold)
    gaps = [Gap(sum(missing[row][1] for row in rows), missing[rows[0]][0]) for rows in members]
    return sorted(gaps, key=lambda gap: -gap.count)[:top]


def _by_vectors(questions: Sequence[str], vectors: Vectors, threshold: float | None) -> list[list[int]]:
    clusters: list[list[int]] = []
    for row, (question, vector) in enumerate(zip(questions, vectors, strict=True)):
        cosines = vectors[[rows[0] for rows in clusters]] @ vector if clusters else ()
        examples = [questions[rows[0]] for rows in clusters]
        alike = [
            float(cosine)
            if cosine >= (threshold or _needed(question, example)) and are_alike(question, example)
            else 0.0
            for cosine, example in zip(cosines, examples, strict=True)
        ]
        _put(row, alike, clusters)
    return clusters


def _needed(one: str, other: str) -> float:
    return SAME_MEANING if kind_of(one).word == kind_of(other).word else OTHER_KIND


def _by_words(questions: Sequence[str], threshold: float) -> list[list[int]]:
    clusters: list[list[int]] = []
    known: list[frozenset[str]] = []
    for row, question in enumerate(questions):
        words = content(question) - _ASKING
        known.append(words)
        shares = ((rows[0], _overlap(words, known[rows[0]])) for rows in clusters)
        alike = [
            share if share >= threshold and are_alike(question, questions[example]) else 0.0
            for example, share in shares
        ]
        _put(row, alike, clusters)
    return clusters


def _put(row: int, alike: Sequence[float], clusters: list[list[int]]) -> None:
    """Into the most similar cluster, or into a new one if all are 0."""
    best = max(range(len(alike)), key=alike.__getitem__, default=-1)
    if best >= 0 and alike[best] > 0:
        clusters[best].append(row)
    else:
        clusters.append([row])


def _overlap(some: frozenset[str], others: frozenset[str]) -> float:
    """0 if each has a word that the other lacks: it asks about something else in the same words."""
    if unsaid(some, others) and unsaid(others, some):
        return 0.0
    return len(some & others) / len(some | others) if some | others else 1.0
