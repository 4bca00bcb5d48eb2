"""Sentence vectors, quantised to int8, in their own file.

They are only ever read together with their passage, so they need no rows in HNSW (59,017 such rows took Chroma 44 s to
write) and stay on disk until a question needs them. Rows follow the passages: first all sentences of passage 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote_index.embedders import Vectors

_AT_ONCE = 1_024
"""Rows per block: 1.5 MB as float32, which fits a processor's cache. 60,000 rows take 16 ms of processor time this way,
and 90 ms in blocks of 8,192.
"""


def quantised(vectors: Vectors) -> NDArray[np.int8]:
    """Unit vectors in the stored form: the largest component of each becomes 127."""
    largest = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-12)
    rows: NDArray[np.int8] = np.rint(vectors * (127 / largest)).astype(np.int8)
    return rows


def append(file: Path, vectors: Iterable[NDArray[np.int8]]) -> None:
    """Adds quantised vectors at the end of the file."""
    with file.open("ab") as stream:
        stream.writelines(rows.tobytes() for rows in vectors)


class SentenceVectors:
    """Read access to a finished file."""

    def __init__(self, file: Path, *, rows: int, dimensions: int) -> None:
        self._vectors = np.memmap(file, np.int8, mode="r").reshape(rows, dimensions)

    def cosines(self, question: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The cosine of a unit vector with each of the rows."""
        some = [self._cosines(question, rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE)]
        return np.concatenate(some) if some else np.empty(0, np.float32)

    def _cosines(self, question: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        vectors = self._vectors[rows].astype(np.float32)
        lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)
        cosines: NDArray[np.float32] = vectors @ question / lengths
        return cosines
