"""What moderators decided, to learn from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footnote.models import Citation
from footnote.ports import Pair
from footnote.records.answers import Decision


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What moderators of a guild decided about a question; `refused` are sentences that do not answer it.

    `answered` tells an answer from an abstention; `decision` is None when only citations were judged. `citations` are
    those that are shown.
    """

    answer_id: int
    guild_id: int
    question: str
    answered: bool
    decision: Decision | None
    citations: tuple[Citation, ...]
    refused: frozenset[Pair]

    @property
    def is_approved(self) -> bool:
        return self.decision is Decision.APPROVED


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """The question of a reviewed answer. `vector` is None if it has none from the requested embedder; its precision is
    that of the database.
    """

    answer_id: int
    guild_id: int
    text: str
    vector: NDArray[np.floating] | None


class ReviewedAnswers(Protocol):
    """Decided answers, and those with a citation that was found wrong."""

    async def last_act(self) -> int:
        """A number that grows with every decision."""
        ...

    async def decided_after(self, act: int) -> frozenset[int]:
        """The numbers of the answers that were decided, changed or undone after that act."""
        ...

    async def reviewed(self, answer_ids: Collection[int] | None = None) -> Sequence[Reviewed]:
        """All, or those of `numbers` that are left; oldest first. Without forgotten questions and repetitions."""
        ...

    async def questions(self, embedder: str, answer_ids: Collection[int] | None = None) -> Sequence[ReviewedQuestion]:
        """Only the questions of the same answers, with the vectors that `keep_vectors` stored."""
        ...

    async def keep_vectors(self, embedder: str, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        """Stores vectors by the numbers of their answers, except for questions that were forgotten meanwhile."""
        ...
