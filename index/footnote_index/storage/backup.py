"""The live generation as backup files, and back into any data folder.

    index/ID/               the generation's own files except Chroma's, and passages.f32: the passage vectors, in order
    fetched/pages.sqlite    what was fetched from the web

Chroma's files depend on its version, and may be written to while they are copied. Its rows, and the cached vectors for
the next build, are written again from vectors and texts: nothing has to be embedded again.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from footnote.errors import DamagedIndex
from footnote.models import Passage
from footnote_index.building.reports import Status
from footnote_index.storage import checksums, data_folder
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.chroma import ChromaPassages, StoredPassage, copied
from footnote_index.storage.disk import told_when_full
from footnote_index.storage.embedding_cache import CachedVectors, EmbeddingCache, cache_key
from footnote_index.storage.garbage import remove_old_generations
from footnote_index.storage.generations import GenerationFolder, Generations
from footnote_index.storage.reduced import live_in_use
from footnote_index.web.fetch_stage import store_file

OnPassages = Callable[[int, int], None]
"""Called with the number of finished passages, and of all."""

_VECTORS = "passages.f32"
_FLOAT = np.dtype("<f4")
_LAST_DIGITS = 1e-6


def save(data: Path, folder: Path, on_passages: OnPassages) -> Status | None:
    """Writes what is live in a data folder, which may be in use meanwhile; None when nothing is live. Blocking.

    Raises DamagedIndex when it is not what was built.
    """
    _save_fetched(store_file(data), folder / "fetched" / store_file(data).name)
    with live_in_use(Generations(data)) as live:
        return _save_generation(live, folder, on_passages) if live else None


def _save_generation(live: GenerationFolder, folder: Path, on_passages: OnPassages) -> Status:
    status, known = live.read_manifest(), live.read_checksums()
    saved = GenerationFolder(folder / "index" / live.id)
    for name in [*checksums.files_of(live), live.manifest.name]:
        _copy(live.path / name, saved.path / name)
    if not checksums.are_right(saved) or set(checksums.files_of(saved)) != known.keys() - {checksums.CHROMA}:
        raise DamagedIndex("files of the live generation are missing or altered")
    if _save_vectors(live, saved, on_passages) != known.get(checksums.CHROMA):
        raise DamagedIndex("Chroma's rows have been altered")
    return status


def saved_generation(folder: Path) -> GenerationFolder | None:
    """The generation in a backup, if there is one."""
    found = sorted((folder / "index").glob("*"))
    return GenerationFolder(found[0]) if found else None


class RestoredGeneration:
    """A generation from a backup, added to a data folder that this process holds. It is not live yet."""

    def __init__(self, data: Path, saved: GenerationFolder, on_passages: OnPassages) -> None:
        """Raises DamagedIndex when its format is not the one that this Footnote writes, DiskFull. Nothing is left
        then.
        """
        self._status = saved.read_manifest()
        self._folder = data / "index"
        self._is_first = not self._folder.exists()
        self._generations = Generations(data)
        with data_folder.writing(self._folder):
            remove_old_generations(self._generations)
        with told_when_full(data):
            self._target = self._generations.create()
            try:
                _write(saved, self._target, self._status, data / "index" / "vectors.sqlite", on_passages)
                with closing(self._target.open_passages()) as passages:
                    rows = checksums.of_rows(passages)
                self._checksums = checksums.of_generation(self._target, rows)
            except BaseException:
                self.discard()
                raise

    def discard(self) -> None:
        """Removes it again. If there was no index before, none is left."""
        self._generations.remove(self._target)
        if self._is_first:
            shutil.rmtree(self._folder, ignore_errors=True)

    def go_live(self) -> str | None:
        """Makes it the live one. Returns the id of the one that was live before, which is kept for a rollback."""
        live = self._generations.live()
        before = live.id if live else None
        status = replace(self._status, generation=self._target.id, previous=before, replaced=0)
        self._target.write_manifest(status, self._checksums)
        self._generations.switch_to(self._target)
        return before


def check_fetched(folder: Path) -> None:
    """Raises sqlite3.DatabaseError when the fetched pages of a backup are not what SQLite can read."""
    saved = folder / "fetched" / store_file(folder).name
    if saved.is_file():
        with closing(sqlite3.connect(f"file:{quote(str(saved.resolve()))}?mode=ro", uri=True)) as rows:
            if rows.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise sqlite3.DatabaseError("it is damaged")


def restore_fetched(folder: Path, data: Path, aside: str) -> None:
    """Replaces the fetched pages with those of a backup, if it has any. The old ones are kept next to them."""
    target = store_file(data)
    saved = folder / "fetched" / target.name
    if not saved.is_file():
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        _copy_rows(target, target.with_name(f"{target.name}.{aside}"))
    _copy_rows(saved, target)


def _save_fetched(file: Path, target: Path) -> None:
    if file.is_file():
        target.parent.mkdir()
        _copy_rows(file, target)


def _copy_rows(file: Path, target: Path) -> None:
    """Copies them as they are at one moment, in one transaction of the target."""
    address = f"file:{quote(str(file.resolve()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def _save_vectors(live: GenerationFolder, saved: GenerationFolder, on_passages: OnPassages) -> str:
    """Returns the checksum of all rows."""
    with closing(Catalogue(saved.catalogue)) as catalogue:
        ids = catalogue.ids()
    total = checksums.RowSum()
    with copied(live.chroma) as chroma, (saved.path / _VECTORS).open("wb") as file:
        for start, rows in zip(range(0, len(ids), checksums.ROWS), checksums.stored_rows(chroma, ids), strict=True):
            total.add(rows)
            present = (rows[row_id] for row_id in ids[start : start + checksums.ROWS] if row_id in rows)
            file.writelines(row.vector.astype(_FLOAT).tobytes() for row in present)
            on_passages(start + len(rows), len(ids))
    return total.value


def _write(
    saved: GenerationFolder, target: GenerationFolder, status: Status, cache: Path, on_passages: OnPassages
) -> None:
    for name in checksums.files_of(saved):
        if name != _VECTORS:
            _copy(saved.path / name, target.path / name)
    with (
        closing(Catalogue(target.catalogue)) as catalogue,
        closing(ChromaPassages(target.chroma, create=True)) as chroma,
        EmbeddingCache(cache) as kept,
    ):
        for start, ids, passages, vectors in _rows(saved, catalogue):
            chroma.upsert(ids, passages, np.stack([vector.passage for vector in vectors]))
            _compare(vectors, chroma.read(ids), ids)
            kept.put(
                {cache_key(status.embedder, passage): both for passage, both in zip(passages, vectors, strict=True)}
            )
            on_passages(start + len(ids), status.passages)


def _compare(vectors: list[CachedVectors], rows: Mapping[str, StoredPassage], ids: list[str]) -> None:
    """Chroma normalises vectors again, which may alter the last digit: so there is no checksum."""
    if rows.keys() != {*ids} or not np.allclose(
        [rows[row_id].vector for row_id in ids], [vector.passage for vector in vectors], rtol=0, atol=_LAST_DIGITS
    ):
        raise DamagedIndex("Chroma does not give back what was written")


def _rows(
    saved: GenerationFolder, catalogue: Catalogue
) -> Iterator[tuple[int, list[str], list[Passage], list[CachedVectors]]]:
    """A few hundred at a time: the number of the first, ids, passages, and vectors."""
    ids = catalogue.ids()
    vectors: NDArray[np.float32] = np.fromfile(saved.path / _VECTORS, _FLOAT).astype(np.float32).reshape(len(ids), -1)
    sentences = np.fromfile(saved.sentence_vectors, np.int8).reshape(-1, vectors.shape[1])
    spans = list(pairwise(catalogue.sentence_rows.tolist()))
    for start in range(0, len(ids), checksums.ROWS):
        numbers = range(start, min(start + checksums.ROWS, len(ids)))
        cached = [CachedVectors(vectors[number], sentences[slice(*spans[number])]) for number in numbers]
        yield start, ids[start : numbers.stop], catalogue.passages(numbers), cached
