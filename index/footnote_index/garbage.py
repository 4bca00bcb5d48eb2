"""Deletes what no generation that is kept has any use for, and tells how much disk that gave back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from footnote.errors import EmptyIndex
from footnote_index import disk
from footnote_index.generations import Generations
from footnote_index.vector_shelf import VectorShelf


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
    vectors = keep_vectors_of(generations, folder / "vectors.sqlite")
    return Freed(folders - len(generations.all()), vectors, before - disk.taken(folder))


def keep_vectors_of(generations: Generations, shelf: Path) -> int:
    """Clears the shelf of vectors that no generation on disk has; how many those were. Raises DamagedIndex."""
    keys = set[bytes]().union(*(folder.read_vector_keys() for folder in generations.all()))
    with VectorShelf(shelf) as vectors:
        known = len(vectors.known())
        vectors.keep_only(keys)
        return known - len(vectors.known())
