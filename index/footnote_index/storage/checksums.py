"""Checksums of a generation: computed when it is written, and compared to find out whether it has changed.

Chroma changes its own files when they are only opened: a row of SQLite that serves as a lock and, below about a
thousand passages, files of HNSW. So its folder counts as one part, with a checksum over its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from footnote_index.storage.chroma import ChromaPassages, StoredPassage
from footnote_index.storage.generations import GenerationFolder

CHROMA = "chroma"
"""The name of Chroma's rows, instead of a path."""

ROWS = 500
_BLOCK = 1 << 20


def of_generation(folder: GenerationFolder, rows: str) -> dict[str, str]:
    """Sha256 by path in the generation's folder, for all files except the manifest; `rows` is that of Chroma's rows."""
    return {CHROMA: rows, **{name: of_file(folder.path / name) for name in files_of(folder)}}


def of_rows(passages: ChromaPassages) -> str:
    """The checksum of all rows that are written."""
    return sum_of(passages, sorted(passages.ids())).value


def sum_of(chroma: ChromaPassages, ids: Sequence[str]) -> RowSum:
    """The checksum of the rows with these ids."""
    rows = RowSum()
    for chunk in stored_rows(chroma, ids):
        rows.add(chunk)
    return rows


def files_of(folder: GenerationFolder) -> list[str]:
    """Paths in the generation's folder of the files that never change again."""
    others = (file for file in folder.path.rglob("*") if file.is_file() and folder.chroma not in file.parents)
    return sorted(file.relative_to(folder.path).as_posix() for file in others if file != folder.manifest)


def are_right(folder: GenerationFolder) -> bool:
    """Whether all files except Chroma's are as they were written."""
    known = folder.read_checksums()
    return all(known.get(name) == of_file(folder.path / name) for name in files_of(folder))


def of_file(file: Path) -> str:
    total = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def stored_rows(chroma: ChromaPassages, ids: Sequence[str]) -> Iterator[dict[str, StoredPassage]]:
    """Chroma's rows with these ids, a few hundred at a time."""
    for start in range(0, len(ids), ROWS):
        yield chroma.read(ids[start : start + ROWS])


class RowSum:
    """One checksum over Chroma's rows, regardless of their order. It can continue from the value of another."""

    def __init__(self, value: str = "0") -> None:
        self._total = int(value, 16)

    def add(self, rows: Mapping[str, StoredPassage]) -> None:
        self._total += sum(map(_number, rows, rows.values()))

    def remove(self, rows: Mapping[str, StoredPassage]) -> None:
        """Removes rows that were added before."""
        self._total -= sum(map(_number, rows, rows.values()))

    @property
    def value(self) -> str:
        return f"{self._total % 2**256:064x}"


def _number(row_id: str, row: StoredPassage) -> int:
    told = json.dumps([row_id, row.text, row.metadata], sort_keys=True).encode()
    return int.from_bytes(hashlib.sha256(told + row.vector.tobytes()).digest())
