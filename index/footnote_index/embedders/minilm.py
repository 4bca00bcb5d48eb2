"""all-MiniLM-L6-v2 on the CPU, with late pooling.

One forward pass yields a vector for every token; their mean over the passage is the passage's vector (as Reimers and
Gurevych pool, arXiv:1908.10084), their mean over each sentence that sentence's, seen in its context (late chunking,
Günther et al., arXiv:2409.04701).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.bert.tokenizer import tokenizer_of
from footnote.adapters.minilm.weights import converted, find_weights
from footnote.models import Passage
from footnote_index.embedders import PassageVectors, Pause, Vectors
from footnote_index.embedders.encoder import DIMENSIONS, Encoder, unit

_BATCH = 2
"""Texts per forward pass. The activations of one or two passages stay in a core's cache: they run a quarter faster than
twelve, and twice as fast as 64 (`benchmarks/speed.py`).
"""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """`sentence_of` has the index of the sentence that each token belongs to; special tokens go with their
    neighbour.
    """

    ids: list[int]
    sentence_of: NDArray[np.intp]


class MiniLM:
    """Data-parallel over the cores: each takes its own batches. Raises ModelError when the weights are missing."""

    name = "minilm"

    def __init__(self, models: Path, *, weights: Path | None = None, cores: int | None = None) -> None:
        folder = converted(weights or find_weights(), models)
        self._encoder = Encoder(folder, cores=cores)
        self._tokenizer = tokenizer_of(folder)

    def expense(self, passages: Sequence[Passage]) -> None:
        """No cost but time."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        texts = self._tokenize(passages)
        sentence_rows = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
        vectors = np.empty((len(passages), DIMENSIONS), np.float32)
        sentences = np.empty((int(sentence_rows[-1]), DIMENSIONS), np.float32)

        def pool(row: int, hidden: Vectors) -> None:
            vectors[row] = unit(hidden.mean(axis=0))
            count = len(passages[row].sentences)
            start = sentence_rows[row]
            sentences[start : start + count] = _pool(hidden, texts[row].sentence_of, count, vectors[row])

        self._encoder.run([text.ids for text in texts], pool, at_once=_BATCH)
        return PassageVectors(vectors, sentences, sum(len(text.ids) for text in texts))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        (hidden,) = self._encoder.encode([self._tokenizer.encode(question).ids])
        return unit(hidden.mean(axis=0))

    def _tokenize(self, passages: Sequence[Passage]) -> list[_Tokens]:
        encodings = self._tokenizer.encode_batch([passage.text for passage in passages])
        return [
            _Tokens(encoding.ids, _sentence_of(encoding.offsets, passage))
            for encoding, passage in zip(encodings, passages, strict=True)
        ]


def _sentence_of(offsets: Sequence[tuple[int, int]], passage: Passage) -> NDArray[np.intp]:
    starts = [sentence.start - passage.start for sentence in passage.sentences]
    found = np.searchsorted(starts, [start for start, _ in offsets], side="right") - 1
    found[-1] = found[-2]  # [SEP] has the offset (0, 0), but comes after the last token
    return found


def _pool(hidden: Vectors, sentence_of: NDArray[np.intp], count: int, fallback: NDArray[np.float32]) -> Vectors:
    """Mean token vector of each sentence; a sentence after the last token that was read gets its passage's vector."""
    vectors = np.tile(fallback, (count, 1))
    first_tokens = np.flatnonzero(np.diff(sentence_of, prepend=-1))
    vectors[sentence_of[first_tokens]] = unit(np.add.reduceat(hidden, first_tokens, axis=0))
    return vectors
