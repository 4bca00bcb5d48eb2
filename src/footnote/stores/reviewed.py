"""What moderators decided, to be learnt from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footnote.models import Citation
from footnote.ports import Pair
from footnote.records import Decision


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
    """The question of a reviewed answer. `vector` is None when it has none of the embedder that was asked for; its
    numbers are as precise as they are stored.
    """

    answer_id: int
    guild_id: int
    text: str
    vector: NDArray[np.floating] | None


class ReviewedAnswers(Protocol):
    """Decided answers, and those of which a citation was found wrong."""

    async def last_act(self) -> int:
        """A number that grows with every decision."""
        ...

    async def decided_after(self, act: int) -> frozenset[int]:
        """The numbers of the answers that were decided on after that act, or changed, or given back."""
        ...

    async def reviewed(self, answer_ids: Collection[int] | None = None) -> Sequence[Reviewed]:
        """All, or what is left of some; oldest first. None whose question is forgotten, none that repeats another."""
        ...

    async def questions(self, embedder: str, answer_ids: Collection[int] | None = None) -> Sequence[ReviewedQuestion]:
        """Of the same answers, without reading these; with the vectors that `keep_vectors` was given."""
        ...

    async def keep_vectors(self, embedder: str, vectors: Mapping[int, NDArray[np.float32]]) -> None:
        """By the numbers of their answers. None is kept for a question that was forgotten meanwhile."""
        ...
