"""Runs a BERT-shaped encoder on the CPU."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.bert.encoder import opened
from footnote_index.embedders import Vectors

DIMENSIONS = 384


class Encoder:
    """Data-parallel over the cores: each takes its own batches."""

    def __init__(self, model: Path, *, cores: int | None = None) -> None:
        self._cores = cores or os.cpu_count() or 1
        self._encoder = opened(model, cores=self._cores)

    def encode(self, ids: Sequence[list[int]]) -> list[Vectors]:
        """Token vectors of each text, without the padding."""
        hidden = np.asarray(self._encoder.forward_batch(ids).last_hidden_state)
        return [rows[: len(text)] for rows, text in zip(hidden, ids, strict=True)]

    def run(self, ids: Sequence[list[int]], take: Callable[[int, Vectors], None], *, at_once: int) -> None:
        """Encodes many texts, `at_once` in a batch, and hands the token vectors of each to `take`, with its number."""

        def encode(rows: Sequence[int]) -> None:
            for row, hidden in zip(rows, self.encode([ids[row] for row in rows]), strict=True):
                take(row, hidden)

        by_length = sorted(range(len(ids)), key=lambda row: len(ids[row]))  # a batch is padded to its longest
        batches = [by_length[start : start + at_once] for start in range(0, len(by_length), at_once)]
        with ThreadPoolExecutor(self._cores) as pool:
            list(pool.map(encode, reversed(batches)))


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(norms, 1e-12)
    return scaled
