"""Builds that are killed, and builds on a full disk: what was live answers, and nothing is left behind.

`benchmarks/killed_builds.py` does the same at random instants and with disks that are really full.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.errors import InternalError
from killed_build import killed
from small_index import SmallIndex

from footnote.errors import DiskFull
from footnote.models.collections import EVERYTHING
from footnote_index.building.reports import Progress
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.verification import find_damage


async def assert_unharmed(small: SmallIndex, generation: str) -> None:
    """Checks that the generation is live and answers, nothing half-written is kept, and the next build works."""
    assert await small.live() == generation
    assert (await small.index.retrieve("Who leads the front?", readable=EVERYTHING)).hits[
        0
    ].passage.article.id == "front.md"
    assert find_damage(GenerationFolder(small.generations / generation)) == []
    assert not list(small.data.rglob("*.new"))
    await small.built(7)
    assert all((folder / "manifest.json").is_file() for folder in small.generations.iterdir())
    assert find_damage(GenerationFolder(small.generations / await small.live())) == []


# With the last article read, before embedding, with all vectors written, with BM25 written, before the switch
@pytest.mark.parametrize("tick", [4, 5, 6, 9, 10])
async def test_a_build_that_is_killed_does_no_harm(small: SmallIndex, tmp_path: Path, models: Path, tick: int) -> None:
    first = str((await small.build()).generation)
    await small.index.close()
    small.open()
    assert killed(tmp_path, models, tick)
    await assert_unharmed(small, first)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        sqlite3.OperationalError("database or disk is full"),
        InternalError("Query error: (code: 13) database or disk is full"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_full_disk_is_one_line_and_nothing_is_left(small: SmallIndex, error: Exception) -> None:
    first = str((await small.build()).generation)
    for fails_at in range(5, 11):
        ticks = iter(range(20))

        def tell(_: Progress, ticks: Iterator[int] = ticks, fails_at: int = fails_at) -> None:
            if next(ticks) == fails_at:
                raise error

        with pytest.raises(DiskFull, match=rf"^The disk with {small.data} is full; .*footnote index gc"):
            await small.index.build(full=True, started_by="A test", on_progress=tell)
        assert small.folders() == {first}
    await assert_unharmed(small, first)
