"""Question -> hits of one generation.

Three rankings of passages are fused (fusion.py): by passage vector, by the best sentence vector inside, and by BM25
with title, source, date and headings in front.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from threading import Condition

import numpy as np
from numpy.typing import NDArray

from footnote.errors import DamagedIndex, DiskFull, FootnoteError, ModelError
from footnote.models import Hit, Passage
from footnote.models.collections import Readable, collection_of
from footnote.reading.identifiers import identifiers_in, is_entry_of, lacks_identifier
from footnote_index.fusion import best_of, fused
from footnote_index.hits import hit_of
from footnote_index.storage import folder_lock
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.disk import is_of_full_disk
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.lexical import Lexical
from footnote_index.storage.sentence_vectors import SentenceVectors

log = logging.getLogger(__name__)

Found = tuple[int, Passage, float]
"""A passage, its number, and the score that it is found with."""

_NAMING = 4
"""How many more passages are looked at for the setting or command that a question names."""

POOL = 100
"""How many passages the vectors and BM25 each propose."""

_FURTHER = 3
"""How many more passages Chroma returns if not everything may be read, since it cannot filter by that."""


class Retired(Exception):
    """The generation is no longer live: use the live one."""


class OpenGeneration:
    """One complete generation, open for questions. Blocking; several threads may use it at once, each inside `in_use`.

    Raises DamagedIndex when its parts are missing or do not belong together, DiskFull when there is no space to open
    it, ServerAway.
    """

    def __init__(self, folder: GenerationFolder) -> None:
        self.status = folder.read_manifest()
        self._users = 0
        self._is_retired = False
        self._users_change = Condition()
        with ExitStack() as opened:
            opened.enter_context(folder_lock.in_use(folder.path))
            try:
                self.catalogue = opened.enter_context(closing(Catalogue(folder.catalogue)))
                self.passages = opened.enter_context(closing(folder.open_passages()))
                self._lexical = Lexical.load(folder.lexical)
                passages, self._dimensions = self.passages.shape()
                self._sentences = SentenceVectors(
                    folder.sentence_vectors, rows=self.status.sentences, dimensions=self._dimensions
                )
                self._check_counts(passages, len(self.catalogue.days), self._lexical.rows)
            except FootnoteError:
                raise
            except Exception as error:
                if is_of_full_disk(error, folder.path):  # Chroma writes a row when it is opened
                    raise DiskFull(str(folder.path)) from error
                log.debug("generation %s cannot be opened", folder.id, exc_info=True)
                raise DamagedIndex(f"a part of generation {folder.id} is missing or altered") from error
            self._opened = opened.pop_all()

    def _check_counts(self, *passages: int) -> None:
        if set(passages) != {self.status.passages} or self.catalogue.sentence_rows[-1] != self.status.sentences:
            raise ValueError(passages)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keeps the generation open inside the block. Raises Retired when it is already being closed."""
        with self._users_change:
            if self._is_retired:
                raise Retired
            self._users += 1
        try:
            yield
        finally:
            with self._users_change:
                self._users -= 1
                self._users_change.notify_all()

    def close(self) -> None:
        """Accepts no new users, and closes when the last one has left."""
        with self._users_change:
            self._is_retired = True
            self._users_change.wait_for(lambda: self._users == 0)
        self._opened.close()

    def retrieve(
        self,
        question: str,
        vector: NDArray[np.float32],
        *,
        readable: Readable,
        top_k: int,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> tuple[Hit, ...]:
        """At most `top_k` hits, best first, all `readable`. With a span of time, articles without a date are left out;
        with `articles`, all others.

        Raises ModelError when the question's vector has another length than the passages'.
        """
        if len(vector) != self._dimensions:
            raise ModelError(
                f"The embedding model {self.status.embedder} returns vectors of a different length than those in the "
                "index: the server has a different model under this name. Run `footnote index build --full`."
            )
        may_be_read = self.catalogue.readable(readable)
        permitted = self._published_between(since, until) & may_be_read
        if articles is not None:
            permitted &= self._of(articles)
        known = None if articles is not None else self._known_nearest(vector, may_be_read, since, until)
        near, cosines = known or self._nearest_of(vector, permitted)
        bm25 = np.where(permitted, self._lexical.scores(question), 0)
        pool = np.union1d(near, best_of(bm25, POOL)).astype(np.intp)
        if not pool.size:
            return ()
        cosine_of = dict(zip(near, cosines.tolist(), strict=True))
        best_sentences = self._best_sentences(vector, pool)
        of_passages = np.array([cosine_of.get(number, -1) for number in pool.tolist()])
        scores = fused(of_passages, best_sentences, bm25[pool], is_foreign=not self._lexical.reads(question))
        wanted = top_k if len(self.catalogue.collections) < 2 else 2 * top_k
        named = identifiers_in(question)
        best = best_of(scores, _NAMING * wanted if named else wanted)
        return self._hits(question, vector, pool[best], scores[best], top_k, named)

    def _known_nearest(
        self, vector: NDArray[np.float32], may_be_read: NDArray[np.bool_], since: date | None, until: date | None
    ) -> tuple[list[int], NDArray[np.float32]] | None:
        """What Chroma finds among what may be read; None if that is fewer than POOL."""
        is_all = bool(may_be_read.all())
        limit = POOL if is_all else _FURTHER * POOL
        ids, cosines = self.passages.nearest(vector, limit=limit, since=since, until=until)
        numbers = np.array(self.catalogue.numbers(ids), np.intp)
        kept = np.flatnonzero(may_be_read[numbers])[:POOL]
        return (numbers[kept].tolist(), cosines[kept]) if is_all or len(kept) == POOL else None

    def _published_between(self, since: date | None, until: date | None) -> NDArray[np.bool_]:
        days = self.catalogue.days
        if since is None and until is None:
            return np.ones(len(days), np.bool_)
        first, last = (since or date.min).toordinal(), (until or date.max).toordinal()
        return (days >= max(first, 1)) & (days <= last)

    def _of(self, articles: frozenset[str]) -> NDArray[np.bool_]:
        chosen = np.zeros(len(self.catalogue.days), np.bool_)
        chosen[self.catalogue.numbers_in(articles)] = True
        return chosen

    def _nearest_of(
        self, vector: NDArray[np.float32], permitted: NDArray[np.bool_]
    ) -> tuple[list[int], NDArray[np.float32]]:
        """Like Chroma's search, for limits that it cannot filter by: compares the best sentences of all passages."""
        numbers = np.flatnonzero(permitted)
        if not numbers.size:
            return [], np.empty(0, np.float32)
        best = self._best_sentences(vector, numbers)
        order = np.argsort(-best, kind="stable")[:POOL]
        return numbers[order].tolist(), best[order]

    def _best_sentences(self, vector: NDArray[np.float32], pool: NDArray[np.intp]) -> NDArray[np.float32]:
        """The highest sentence cosine in each passage of the pool."""
        starts, ends = self.catalogue.sentence_rows[pool], self.catalogue.sentence_rows[pool + 1]
        cosines = self._sentences.cosines(vector, np.concatenate([*map(np.arange, starts, ends)]))
        best: NDArray[np.float32] = np.maximum.reduceat(cosines, np.cumsum([0, *(ends - starts)[:-1]]))
        return best

    def _hits(
        self,
        question: str,
        vector: NDArray[np.float32],
        numbers: NDArray[np.intp],
        scores: NDArray[np.float64],
        top_k: int,
        named: frozenset[str],
    ) -> tuple[Hit, ...]:
        passages = self.catalogue.passages(numbers.tolist())
        found = zip(numbers.tolist(), passages, scores.tolist(), strict=True)
        distinct = [one for one, is_copy in zip(found, _copies(passages), strict=True) if not is_copy]
        chosen = _naming_first(distinct, named)[:top_k]
        return tuple(self._hit(question, vector, *one) for one in chosen)

    def _hit(self, question: str, vector: NDArray[np.float32], number: int, passage: Passage, score: float) -> Hit:
        rows = np.arange(self.catalogue.sentence_rows[number], self.catalogue.sentence_rows[number + 1])
        cosines = self._sentences.cosines(vector, rows).tolist()
        return hit_of(question, self._lexical, passage, score, cosines, embedder=self.status.embedder)


def _naming_first(found: list[Found], asked: frozenset[str]) -> list[Found]:
    """Passages with an entry of the setting or command that is asked for, then those that mention it, then the others:
    for vectors and BM25, it is made of common words. The scores are given out again in this order.
    """
    if not asked:
        return found

    def rank(one: Found) -> int:
        text = one[1].text
        if lacks_identifier(asked, text):
            return 2
        return 0 if any(is_entry_of(asked, line) for line in text.splitlines()) else 1

    ordered = sorted(found, key=rank)
    return [(number, passage, score) for (number, passage, _), (_, _, score) in zip(ordered, found, strict=True)]


def _copies(passages: Sequence[Passage]) -> Iterator[bool]:
    """For each, whether an earlier one in another collection says the same: builds remove copies only within one
    collection.
    """
    seen: dict[str, str] = {}
    for passage in passages:
        collection = collection_of(passage.article.id)
        yield seen.setdefault(passage.text, collection) != collection
