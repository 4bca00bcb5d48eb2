"""Deletes what no generation that is kept has any use for, and tells how much disk that gave back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from footnote.errors import DamagedIndex, EmptyIndex
from footnote_index import disk
from footnote_index.catalogue import Catalogue
from footnote_index.generations import GenerationFolder, Generations
from footnote_index.vector_shelf import VectorShelf, key_of

_PASSAGES = 500
"""Read at a time."""


@dataclass(frozen=True, slots=True)
class Freed:
    """Generations (old and unfinished ones) and kept vectors that are gone, and the bytes on disk that they took."""

    generations: int
    vectors: int
    bytes: int


def collect_garbage(data: Path) -> Freed:
    """Blocking. The data folder must be held. Raises EmptyIndex, and DamagedIndex when it cannot be known which vectors
    are of use: the build that mends that will want them.
    """
    generations = Generations(data)
    if generations.live() is None:
        raise EmptyIndex
    folder = data / "index"
    before, folders = disk.taken(folder), len(generations.all())
    generations.collect_old()
    keys = {key for kept in generations.all() for key in _keys(kept)}
    with VectorShelf(folder / "vectors.sqlite") as shelf:
        known = len(shelf.known())
        shelf.keep_only(keys)
        vectors = known - len(shelf.known())
    return Freed(folders - len(generations.all()), vectors, before - disk.taken(folder))


def _keys(folder: GenerationFolder) -> Iterator[bytes]:
    """The keys by which the vectors of a generation's passages are kept."""
    embedder = folder.read_manifest().embedder
    try:
        with closing(Catalogue(folder.catalogue)) as catalogue:
            for start in range(0, len(catalogue.days), _PASSAGES):
                passages = catalogue.passages(range(start, min(start + _PASSAGES, len(catalogue.days))))
                yield from (key_of(embedder, passage) for passage in passages)
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise DamagedIndex(f"the catalogue of generation {folder.id} cannot be read") from error
