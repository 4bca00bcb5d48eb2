"""An embedder for benchmarks that are not about vectors: it draws them at random, the same for the same passage.

It takes no time and hardly any memory, so that what is measured is everything else. It can be sent to another process.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from footnote.models import Passage
from footnote_index.building.reports import Skipped
from footnote_index.embedders import PassageVectors, Pause, Vectors
from footnote_index.embedders.minilm import MiniLM
from footnote_index.loaders.folder import find_articles, read_articles
from footnote_index.passages import split_passages

DIMENSIONS = 384  # MiniLM's
_FROM_REAL, _FROM_PASSAGE = 0.5, 1.0
"""How far vectors are drawn from a real one, and those of sentences from their passage's: cosines of .89 and .71."""

_CHUNK = 500


class DrawnVectors:
    """Unit vectors in all directions."""

    name = "drawn"

    def expense(self, passages: Sequence[Passage]) -> None:
        """Nothing."""

    def embed_passages(self, passages: Sequence[Passage], *, pause: Pause = time.sleep) -> PassageVectors:  # noqa: ARG002 - it never waits
        both = [self._vectors(passage) for passage in passages]
        sentences = np.concatenate([sentences for _, sentences in both])
        return PassageVectors(np.stack([vector for vector, _ in both]), sentences, len(sentences))

    def embed_question(self, question: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = _directions(_seeded(question), 1)[0]
        return vector

    def _vectors(self, passage: Passage) -> tuple[NDArray[np.float32], Vectors]:
        drawn = _directions(_seeded(passage.text), 1 + len(passage.sentences))
        return drawn[0], drawn[1:]


class VectorsAroundReal(DrawnVectors):
    """Vectors near those that MiniLM gave other passages (`keep_real`), so that searching takes as long as with real
    ones. Questions are really embedded.
    """

    def __init__(self, real: Path, models: Path) -> None:
        self._real, self._models = np.load(real), models

    def embed_question(self, question: str) -> NDArray[np.float32]:
        return self._minilm.embed_question(question)

    @cached_property
    def _minilm(self) -> MiniLM:
        return MiniLM(self._models)

    def _vectors(self, passage: Passage) -> tuple[NDArray[np.float32], Vectors]:
        chance = _seeded(passage.text)
        drawn = _directions(chance, 1 + len(passage.sentences))
        vector = _unit(self._real[chance.integers(len(self._real))] + _FROM_REAL * drawn[0])
        return vector, _unit(vector + _FROM_PASSAGE * drawn[1:])


def keep_real(articles: Path, models: Path, target: Path) -> None:
    """Writes the vectors of the passages of a folder of articles."""
    embedder, passages = MiniLM(models), passages_of(articles)
    chunks = (passages[start : start + _CHUNK] for start in range(0, len(passages), _CHUNK))
    np.save(target, np.concatenate([embedder.embed_passages(chunk).passages for chunk in chunks]))


def passages_of(articles: Path) -> list[Passage]:
    """All passages of a folder of articles."""
    found = read_articles(find_articles(articles), articles)
    return [one for article in found if not isinstance(article, Skipped) for one in split_passages(article)]


def _seeded(text: str) -> Generator:
    return np.random.default_rng(zlib.crc32(text.encode()))


def _directions(chance: Generator, count: int) -> Vectors:
    return _unit(chance.standard_normal((count, DIMENSIONS), np.float32))


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit
