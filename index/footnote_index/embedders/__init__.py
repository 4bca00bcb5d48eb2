"""Text -> vectors. Each embedder offers the same three names: `name`, `embed_passages`, `embed_question`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage

Vectors = NDArray[np.float32]
"""One unit vector a row."""


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """`passages` has a row for each passage, `sentences` one for each of their sentences, both in reading order."""

    passages: Vectors
    sentences: Vectors
    tokens: int


class Embedder(Protocol):
    """Blocking; callers on the event loop use a thread. Vectors of one `name` can be compared."""

    @property
    def name(self) -> str: ...

    def embed_passages(self, passages: Sequence[Passage]) -> PassageVectors: ...

    def embed_question(self, question: str) -> NDArray[np.float32]: ...
