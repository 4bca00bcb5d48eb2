"""Deletes what no stored generation uses, and reports how much disk space that freed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from footnote.errors import EmptyIndex
from footnote_index.building.reports import Status
from footnote_index.storage import data_folder, disk
from footnote_index.storage.embedding_cache import EmbeddingCache
from footnote_index.storage.home import Home
from footnote_index.storage.reduced import reduce_kept

KEPT = 3
"""How many generations are kept for rollbacks, in addition to the live one."""


@dataclass(frozen=True, slots=True)
class Freed:
    """How many generations (old and unfinished ones) and cached vectors were deleted, and the bytes on disk that this
    freed.
    """

    generations: int
    vectors: int
    bytes: int


def collect_garbage(home: Home, data: Path) -> Freed:
    """Blocking. The data folder must be locked by this process; bytes are counted there. Raises EmptyIndex,
    BuildRunning, and DamagedIndex when it is unknown which vectors are in use: the build that repairs the index will
    need them.
    """
    with home.locked(f"The terminal started to delete old generations at {datetime.now(UTC):%H:%M} UTC"):
        if home.live() is None:
            raise EmptyIndex
        folder = data / "index"
        with data_folder.writing(folder):  # not what a killed rollback's writer is still working on
            before = disk.taken(folder)
            generations = remove_old_generations(home)
            reduce_kept(home, folder / "vectors.sqlite")
            vectors = keep_vectors_of(home, folder / "vectors.sqlite")
            return Freed(generations, vectors, before - disk.taken(folder))


def remove_old_generations(home: Home) -> int:
    """Deletes every generation except the live one and those kept for rollbacks, and what killed builds left behind;
    returns how many. The home must be locked.
    """
    return home.remove_all_but(_to_keep(home.live_id(), home.complete()))


def _to_keep(live: str | None, complete: Sequence[Status]) -> set[str]:
    """Which of these generations to keep, newest first: the live one, the one that was live before it, and the newest
    others.
    """
    previous = next((status.previous for status in complete if status.generation == live), None)
    others = [status.generation for status in complete if status.generation != live]
    others.sort(key=lambda generation: generation != previous)
    return {*others[:KEPT], *([live] if live else [])}


def keep_vectors_of(home: Home, cache: Path) -> int:
    """Deletes cached vectors that no generation on disk has; returns how many. Raises DamagedIndex."""
    keys = set[bytes]().union(*(folder.read_vector_keys() for folder in home.all()))
    with EmbeddingCache(cache) as vectors:
        known = len(vectors.known())
        vectors.keep_only(keys)
        return known - len(vectors.known())
