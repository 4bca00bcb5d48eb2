"""What no generation uses, and the disk space that it takes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing

import pytest
from small_index import SmallIndex

from footnote.errors import DamagedIndex, EmptyIndex
from footnote_index.storage.garbage import Freed, collect_garbage
from footnote_index.storage.generations import Generations


def used(small: SmallIndex) -> int:
    """As the system's `du` reports it, in bytes; folders count a little."""
    told = subprocess.run(["du", "-s", "-B1", small.data / "index"], check=True, capture_output=True, text=True)  # noqa: S603, S607
    return int(told.stdout.split()[0])


async def test_what_nobody_uses_is_deleted_and_its_disk_is_free_again(small: SmallIndex) -> None:
    live = await small.built(1)
    await small.index.close()
    for number in range(5):
        copied = small.generations / f"20200101-00000{number}-dead"
        shutil.copytree(small.generations / live, copied)
        manifest = copied / "manifest.json"
        manifest.write_text(manifest.read_text().replace(live, copied.name))
    unfinished = small.generations / "20200101-000009-dead"
    unfinished.mkdir()
    (unfinished / "catalogue.sqlite").write_bytes(b"half" * 100_000)
    with closing(sqlite3.connect(small.data / "index/vectors.sqlite")) as rows, rows:
        rows.executemany("INSERT INTO vectors VALUES (?, ?, '', 0)", [(bytes([n]), b"0" * 100_000) for n in range(9)])
    before = used(small)
    freed = collect_garbage(Generations(small.data), small.data)
    after = used(small)
    assert before - after > 4 * 300_000
    assert (freed.generations, freed.vectors) == (3, 9)
    assert freed.bytes == pytest.approx(before - after, abs=200_000)
    assert len(small.folders()) == 4
    assert live in small.folders()
    assert collect_garbage(Generations(small.data), small.data) == Freed(0, 0, 0)


async def test_vectors_of_every_kept_generation_stay(small: SmallIndex) -> None:
    await small.built(1)
    (small.articles / "number-1.txt").unlink()
    await small.built(2)
    assert collect_garbage(Generations(small.data), small.data).vectors == 0
    await small.index.rollback(started_by="A test")
    assert collect_garbage(Generations(small.data), small.data).vectors == 0


async def test_without_a_sound_index_nothing_is_deleted(small: SmallIndex) -> None:
    with pytest.raises(EmptyIndex):
        collect_garbage(Generations(small.data), small.data)
    live = await small.built(1)
    await small.index.close()
    (small.generations / live / "vectors.keys").unlink()
    with pytest.raises(DamagedIndex, match="the keys of generation"):
        collect_garbage(Generations(small.data), small.data)
