"""The vectors of a build's passages: from the cache or, if missing there, from the embedder, which also fills the
cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

import numpy as np

from footnote.errors import ModelError
from footnote.models import Passage
from footnote_index.building.reports import Expense, Forecast
from footnote_index.embedders import Embedder
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key
from footnote_index.storage.sentence_vectors import quantised

CHUNK = 96
"""Passages embedded at a time: enough to sort them by length, few enough that nothing else waits long. After a build is
killed, only these are embedded again.
"""

_AHEAD = 4_000
"""Passages that may wait until there is a chunk of new ones."""

_Keyed = list[tuple[bytes, Passage]]


class EmbeddingSource:
    """For one build. `from_scratch`: the cache is not used.

    `tokens` counts what was really embedded; `keys` are the cache keys of the passages so far. `dimensions` can be set
    to the length that vectors must have.
    """

    def __init__(self, cache: EmbeddingCache, embedder: Embedder, *, from_scratch: bool) -> None:
        self.tokens = 0
        self.keys: set[bytes] = set()
        self.dimensions: int | None = None
        self._cache = cache
        self._embedder = embedder
        self._known = set[bytes]() if from_scratch else cache.known()

    def expense(self, passages: Iterable[Passage]) -> Expense | None:
        """What it costs to embed the new passages among these; None when it is done on this machine."""
        return None if self._embedder.expense([]) is None else self.forecast(passages).expense

    def forecast(self, passages: Iterable[Passage]) -> Forecast:
        """The passages among these that would be embedded."""
        seen: set[bytes] = set()
        expense = self._embedder.expense([])
        for some in _chunks(self._keyed(passages)):
            new = {key: passage for key, passage in some if key not in self._known and key not in seen}
            seen |= new.keys()
            expense = _sum(expense, self._embedder.expense(list(new.values())))
        return Forecast(len(seen), expense)

    def take(
        self, passages: Iterable[Passage], *, pause: Callable[[float], None]
    ) -> Iterator[list[tuple[Passage, CachedVectors]]]:
        """Each passage with its vectors, in order, a chunk at a time. `pause` waits for a number of seconds, or ends
        the build.
        """
        waiting: _Keyed = []
        new: dict[bytes, Passage] = {}
        for key, passage in self._keyed(passages):
            waiting.append((key, passage))
            if key not in self._known:
                new[key] = passage
            if len(new) == CHUNK or len(waiting) == _AHEAD:
                yield from self._resolved(waiting, new, pause)
                waiting, new = [], {}
        yield from self._resolved(waiting, new, pause)

    def _keyed(self, passages: Iterable[Passage]) -> Iterator[tuple[bytes, Passage]]:
        return ((cache_key(self._embedder.name, passage), passage) for passage in passages)

    def _resolved(
        self, waiting: _Keyed, new: Mapping[bytes, Passage], pause: Callable[[float], None]
    ) -> Iterator[list[tuple[Passage, CachedVectors]]]:
        in_hand = self._embed(new, pause)
        for chunk in _chunks(waiting):
            wanted = dict(chunk)
            found = self._cache.take(wanted.keys() - in_hand.keys())
            found |= {key: in_hand[key] for key in wanted.keys() & in_hand.keys()}
            found |= self._embed({key: one for key, one in chunk if key not in found}, pause)
            self._check_dimensions(found.values())
            self.keys |= wanted.keys()
            yield [(passage, found[key]) for key, passage in chunk]

    def _embed(self, passages: Mapping[bytes, Passage], pause: Callable[[float], None]) -> dict[bytes, CachedVectors]:
        if not passages:
            return {}
        vectors = self._embedder.embed_passages(list(passages.values()), pause=pause)
        cuts = np.cumsum([len(passage.sentences) for passage in passages.values()])[:-1]
        sentences = np.split(quantised(vectors.sentences), cuts)
        fresh = {key: CachedVectors(*both) for key, *both in zip(passages, vectors.passages, sentences, strict=True)}
        self._cache.put(fresh)
        self._known |= fresh.keys()
        self.tokens += vectors.tokens
        return fresh

    def _check_dimensions(self, taken: Iterable[CachedVectors]) -> None:
        found = {len(cached.passage) for cached in taken} | ({self.dimensions} if self.dimensions else set())
        if len(found) > 1:
            raise ModelError(
                f"The embedding model {self._embedder.name} now returns vectors of a different length: the server "
                "has a different model under this name. Run `footnote index build --full`, or set "
                "OPENAI_EMBEDDING_MODEL."
            )
        (self.dimensions,) = found


def _chunks(keyed: Iterable[tuple[bytes, Passage]]) -> Iterator[_Keyed]:
    left = iter(keyed)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _sum(one: Expense | None, other: Expense | None) -> Expense | None:
    if one is None or other is None:
        return None
    dollars = None if one.dollars is None or other.dollars is None else one.dollars + other.dollars
    return Expense(one.tokens + other.tokens, dollars)
