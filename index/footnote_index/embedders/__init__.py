"""Text -> vectors. Each embedder offers the same names: `name`, `expense`, `embed_passages`, `embed_question`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage
from footnote_index.building.reports import Expense

Vectors = NDArray[np.float32]
"""One unit vector per row."""

ENGLISH_ONLY = frozenset({"minilm"})
"""Names of embedders that only read English well."""

Pause = Callable[[float], None]
"""Waits for a number of seconds; raises instead when the work should stop."""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """`passages` has a row for each passage, `sentences` one for each of their sentences, both in reading order."""

    passages: Vectors
    sentences: Vectors
    tokens: int


class Embedder(Protocol):
    """Blocking; callers on the event loop use a thread. Vectors of one `name` can be compared.

    Raises ModelError when it cannot embed.
    """

    @property
    def name(self) -> str: ...

    def expense(self, passages: Sequence[Passage]) -> Expense | None:
        """About what embedding these would cost; None when it is done on this machine."""
        ...

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:
        """`pause` may be called from several threads."""
        ...

    def embed_question(self, question: str) -> NDArray[np.float32]: ...


@runtime_checkable
class ComparesWords(Protocol):
    """An embedder that can also compare a question with passages, word by word, in different languages. Blocking."""

    def alike(self, question: str, passages: Sequence[Passage]) -> list[NDArray[np.float32]]:
        """For each passage, how much of the question each of its sentences has (about 0 to 1)."""
        ...
