"""Vectors of passages that were embedded before, so that no passage is embedded or paid for twice.

One SQLite file next to the generations, with a row for each passage. A row's key identifies exactly what was embedded,
so a row is never out of date; it can only become useless.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from footnote.models import Passage
from footnote_index.storage.disk import is_of_full_disk

FORMAT = 1
"""Increase it when an embedder of the same name returns other vectors for the same passage, or when the row format
changes.
"""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, passage BLOB NOT NULL, sentences BLOB NOT NULL, sum INTEGER)
"""
_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # the last: other tables than ours
_FLOAT = np.dtype("<f4")

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CachedVectors:
    """What is stored for a passage: its unit vector, and its sentences' vectors as they are written (int8), one row
    each.
    """

    passage: NDArray[np.float32]
    sentences: NDArray[np.int8]


def cache_key(embedder: str, passage: Passage) -> bytes:
    """The key; it is the same for passages that an embedder of this name cannot tell apart."""
    cuts = [(sentence.start - passage.start, sentence.end - passage.start) for sentence in passage.sentences]
    return hashlib.sha256(json.dumps([FORMAT, embedder, cuts, passage.text]).encode()).digest()


class EmbeddingCache:
    """Blocking, for one thread. No method raises: whatever is wrong with the file, a build continues without it and
    logs a warning, unless the disk is full, which the build itself reports.

    A damaged file is deleted and created again, with a warning; a damaged row is not found.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._is_out_of_use = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def known(self) -> set[bytes]:
        """The keys of all rows. Creates no file."""
        if not self._file.exists():
            return set()
        return self._try(lambda rows: {key for (key,) in rows.execute("SELECT key FROM vectors")}, otherwise=set())

    def take(self, keys: Collection[bytes]) -> dict[bytes, CachedVectors]:
        """The entries for the keys that are there."""
        return self._try(lambda rows: _read(rows, tuple(keys)), otherwise={})

    def put(self, cached: Mapping[bytes, CachedVectors]) -> None:
        """Survives a power cut once this has returned."""

        def write(rows: sqlite3.Connection) -> None:
            with rows:
                values = (_row(key, vectors) for key, vectors in cached.items())
                rows.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", values)

        self._try(write, otherwise=None)

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Deletes all other rows, and frees their disk space."""

        def delete(rows: sqlite3.Connection) -> None:
            with rows:
                rows.execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY) WITHOUT ROWID")
                rows.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
                rows.execute("DELETE FROM vectors WHERE key NOT IN kept")
                rows.execute("DROP TABLE kept")
            rows.executescript("PRAGMA incremental_vacuum")  # `execute` would stop after its first page

        self._try(delete, otherwise=None)

    def _try(self, work: Callable[[sqlite3.Connection], T], *, otherwise: T) -> T:
        if self._is_out_of_use:
            return otherwise
        try:
            return work(self._open())
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
                self._throw_away(error)
            else:  # the file may be intact: the disk is full, or another process has locked it
                self._is_out_of_use = True
                level = logging.INFO if is_of_full_disk(error, self._file.parent) else logging.WARNING
                log.log(
                    level, "The vectors of this build could not be stored for the next one: %s (%s).", self._file, error
                )
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connection = sqlite3.connect(self._file)
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.execute(_SCHEMA)
        return self._connection

    def _throw_away(self, error: sqlite3.Error) -> None:
        log.warning("%s is damaged (%s). It is created again, and its passages are embedded again.", self._file, error)
        self._close()
        try:
            for file in (self._file, *(self._file.with_name(self._file.name + end) for end in ("-wal", "-shm"))):
                file.unlink(missing_ok=True)
        except OSError:
            self._is_out_of_use = True

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _row(key: bytes, cached: CachedVectors) -> tuple[bytes, bytes, bytes, int]:
    passage, sentences = cached.passage.astype(_FLOAT).tobytes(), cached.sentences.tobytes()
    return key, passage, sentences, _sum(key, passage, sentences)


def _read(rows: sqlite3.Connection, keys: tuple[bytes, ...]) -> dict[bytes, CachedVectors]:
    marks = ", ".join("?" * len(keys))
    found = rows.execute(f"SELECT * FROM vectors WHERE key IN ({marks})", keys)  # noqa: S608 - only marks
    return {
        key: CachedVectors(
            vector := np.frombuffer(passage, _FLOAT).astype(np.float32),
            np.frombuffer(sentences, np.int8).reshape(-1, len(vector)),
        )
        for key, passage, sentences, told in found
        if told == _sum(key, passage, sentences)
    }


def _sum(*parts: bytes) -> int:
    return zlib.crc32(b"".join(parts))
