"""Puts the vectors of a generation back in the cache, so that its passages need not be embedded or paid for again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from footnote_index.storage import checksums
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key
from footnote_index.storage.generations import GenerationFolder


def warm(folder: GenerationFolder, cache: Path) -> bool:
    """Puts the vectors of a generation in the cache if they are missing there and undamaged. Returns whether the cache
    has all of them afterwards.
    """
    with EmbeddingCache(cache) as vectors:
        keys = folder.read_vector_keys()
        missing = keys - vectors.known()
        if missing and checksums.are_right(folder):
            _put(folder, vectors, missing)
        return not missing or keys <= vectors.known()


def _put(folder: GenerationFolder, cache: EmbeddingCache, missing: set[bytes]) -> None:
    status = folder.read_manifest()
    sentences = np.memmap(folder.sentence_vectors, np.int8, mode="r").reshape(status.sentences, -1)
    with closing(Catalogue(folder.catalogue)) as catalogue, closing(folder.open_passages()) as stored:
        ids = catalogue.ids()
        for start in range(0, len(ids), checksums.ROWS):
            numbers = range(start, min(start + checksums.ROWS, len(ids)))
            keys = {
                number: cache_key(status.embedder, passage)
                for number, passage in zip(numbers, catalogue.passages(numbers), strict=True)
            }
            wanted = {number: key for number, key in keys.items() if key in missing}
            rows = stored.read([ids[number] for number in wanted]) if wanted else {}
            cache.put(
                {
                    key: CachedVectors(
                        rows[ids[number]].vector, sentences[slice(*catalogue.sentence_rows[[number, number + 1]])]
                    )
                    for number, key in wanted.items()
                    if ids[number] in rows
                }
            )
