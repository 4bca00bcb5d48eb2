"""An embedder without a model: vectors drawn at random, the same ones for the same text.

It takes no time and hardly any memory, so that what is measured is everything else. It can be sent to another process.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage
from footnote_index.embedders import PassageVectors, Pause, Vectors

DIMENSIONS = 384  # MiniLM's


class DrawnVectors:
    """Random unit vectors."""

    name = "drawn"

    def expense(self, passages: Sequence[Passage]) -> None:
        """Nothing."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        sentences = [passage.article.text[one.start : one.end] for passage in passages for one in passage.sentences]
        return PassageVectors(_drawn([passage.text for passage in passages]), _drawn(sentences), len(sentences))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = _drawn([question])[0]
        return vector


def _drawn(texts: Sequence[str]) -> Vectors:
    seeds = (np.random.default_rng(zlib.crc32(text.encode())) for text in texts)
    vectors = np.stack([seed.standard_normal(DIMENSIONS, np.float32) for seed in seeds])
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
