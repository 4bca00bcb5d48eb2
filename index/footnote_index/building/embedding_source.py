"""The vectors of a build's passages: from the cache where they are, else from the embedder, and then in the cache."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import numpy as np

from footnote.errors import ModelError
from footnote.models import Passage
from footnote_index.building.reports import Forecast
from footnote_index.embedders import Embedder
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key
from footnote_index.storage.sentence_vectors import quantised

CHUNK = 96
"""Passages embedded at a time: enough to sort them by length, few enough that nothing else waits long. A build that is
killed embeds no more than these again."""


class EmbeddingSource:
    """For one build, which takes passages in order. `from_scratch`: the cache is not used.

    `embedder` is the name of the one that embeds; `tokens` counts what was really embedded; `keys` are what stands on
    the cache for these passages once all were taken. `dimensions` can be set to the length that vectors must have.
    """

    def __init__(
        self, passages: Sequence[Passage], cache: EmbeddingCache, embedder: Embedder, *, from_scratch: bool
    ) -> None:
        self.embedder = embedder.name
        self.tokens = 0
        self._cache = cache
        self._embedder = embedder
        self.dimensions: int | None = None
        self._keys = [cache_key(embedder.name, passage) for passage in passages]
        known = frozenset[bytes]() if from_scratch else cache.known()
        self._passages = passages
        self._missing = {key: passage for key, passage in zip(self._keys, passages, strict=True) if key not in known}
        self._in_hand: dict[bytes, CachedVectors] = {}

    def forecast(self) -> Forecast:
        """What is still to be embedded."""
        return Forecast(len(self._missing), self._embedder.expense(list(self._missing.values())))

    def take(self, start: int, end: int, *, pause: Callable[[float], None]) -> list[CachedVectors]:
        """Of the passages from `start` to before `end`. `pause` waits for so many seconds, or ends the build."""
        wanted = dict(zip(self._keys[start:end], self._passages[start:end], strict=True))
        while self._missing.keys() & wanted.keys():
            self._embed(dict(islice(self._missing.items(), CHUNK)), pause)
        found = self._cache.take(wanted.keys() - self._in_hand.keys())
        lost = {key: wanted[key] for key in wanted if key not in self._in_hand and key not in found}
        if lost:
            self._embed(lost, pause)
        taken = [found.get(key) or self._in_hand[key] for key in self._keys[start:end]]
        for key in wanted:
            self._in_hand.pop(key, None)
        self._check_dimensions(taken)
        return taken

    @property
    def keys(self) -> frozenset[bytes]:
        return frozenset(self._keys)

    def _embed(self, passages: Mapping[bytes, Passage], pause: Callable[[float], None]) -> None:
        vectors = self._embedder.embed_passages(list(passages.values()), pause=pause)
        cuts = np.cumsum([len(passage.sentences) for passage in passages.values()])[:-1]
        sentences = np.split(quantised(vectors.sentences), cuts)
        fresh = {key: CachedVectors(*both) for key, *both in zip(passages, vectors.passages, sentences, strict=True)}
        self._cache.put(fresh)
        self._in_hand |= fresh
        self.tokens += vectors.tokens
        for key in passages:
            self._missing.pop(key, None)

    def _check_dimensions(self, taken: Sequence[CachedVectors]) -> None:
        found = {len(cached.passage) for cached in taken} | ({self.dimensions} if self.dimensions else set())
        if len(found) > 1:
            raise ModelError(
                f"The embedding model {self.embedder} returns vectors of another length than before: the server "
                "has another model under this name. Run `footnote index build --full`, or set "
                "OPENAI_EMBEDDING_MODEL."
            )
        (self.dimensions,) = found
