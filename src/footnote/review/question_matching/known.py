"""Questions that have an approved answer, to be found again when somebody asks the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from footnote.review.question_matching.guards import asks_the_same
from footnote.review.question_matching.wording import repetition_key

SAME_FROM = 0.92
"""Cosine from which two questions may ask the same: for MiniLM, by benchmarks/verified.py."""

_MOST_COMPARED = 32
"""How many known questions, nearest first, the guards check: the same may have been asked about many years or names."""

_ROOM = 256
"""Rows of the first matrix; a full one is doubled."""


class QuestionEmbedder(Protocol):
    """Turns questions into unit vectors. Only those of the same embedder can be compared. Raises ModelError."""

    async def embedder_name(self) -> str: ...

    async def question_vectors(self, questions: Sequence[str], /) -> NDArray[np.float32]:
        """Takes at least one question, and returns a row for each."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A question that was answered before. `cosine` is 1 if it is the very same question, word for word."""

    answer_id: int
    question: str
    cosine: float


class KnownQuestions:
    """Known questions in memory, changed one by one, and searched in a thread or on the event loop: 10,000 take a few
    milliseconds.

    All vectors are from one embedder and have length 1. If two answers have the same question, the one added last
    counts.
    """

    def __init__(self, *, same_from: float = SAME_FROM) -> None:
        self._same_from = same_from
        self._vectors: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._ids: list[int] = []
        self._questions: dict[int, str] = {}
        self._repeated: dict[str, dict[int, None]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, answer_id: int, question: str, vector: ArrayLike) -> None:
        """Replaces what is known under this id."""
        self.remove(answer_id)
        row = np.asarray(vector)
        self._make_room(len(row))
        self._vectors[len(self._ids)] = row
        self._ids.append(answer_id)
        self._questions[answer_id] = question
        self._repeated.setdefault(repetition_key(question), {})[answer_id] = None

    def remove(self, answer_id: int) -> None:
        """Does nothing if it is not known. The last row fills the gap."""
        question = self._questions.pop(answer_id, None)
        if question is None:
            return
        row, last = self._ids.index(answer_id), len(self._ids) - 1
        self._vectors[row] = self._vectors[last]
        self._ids[row] = self._ids[last]
        self._ids.pop()
        key = repetition_key(question)
        del self._repeated[key][answer_id]
        if not self._repeated[key]:
            del self._repeated[key]

    def repeated(self, question: str) -> Known | None:
        """The same question except for case, white space, punctuation and courtesy; it needs no vector."""
        ids = self._repeated.get(repetition_key(question))
        return self._known(next(reversed(ids)), 1.0) if ids else None

    def nearest(self, question: str, vector: ArrayLike) -> Known | None:
        """The known question that asks the same: the very same one, or else the nearest of those that are near enough
        and pass all guards.
        """
        return self.repeated(question) or next(
            (known for known in self._near(vector) if asks_the_same(question, known.question)), None
        )

    def matching(self, question: str, vector: ArrayLike) -> list[Known]:
        """All known questions that ask the same: the very same ones first, then the nearest; if equal, the newest
        first.
        """
        repeated = [self._known(one, 1.0) for one in reversed(self._repeated.get(repetition_key(question), {}))]
        near = [known for known in self._near(vector) if asks_the_same(question, known.question)]
        return list({known.answer_id: known for known in [*repeated, *near]}.values())

    def _near(self, vector: ArrayLike) -> Sequence[Known]:
        if not self._ids:
            return []
        cosines = self._vectors[: len(self._ids)] @ np.asarray(vector, np.float32)
        near = np.flatnonzero(cosines >= self._same_from)
        nearest = near[np.lexsort((-near, -cosines[near]))][:_MOST_COMPARED]
        return [self._known(self._ids[row], float(cosines[row])) for row in nearest]

    def _known(self, answer_id: int, cosine: float) -> Known:
        return Known(answer_id, self._questions[answer_id], cosine)

    def _make_room(self, dimensions: int) -> None:
        if not self._ids:
            self._vectors = np.empty((_ROOM, dimensions), np.float32)
        elif len(self._ids) == len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.empty_like(self._vectors)])
