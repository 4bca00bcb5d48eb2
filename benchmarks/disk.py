"""How much disk space stored generations take: `python benchmarks/disk.py SET_DIR [--rebuilds 50] [--articles 120]`.

Builds a copy of the set's articles, changes 1 % of them again and again, and goes back at the end. Vectors are drawn
at random (drawn_vectors.py), so this needs no model.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from time import perf_counter

from drawn_vectors import DrawnVectors
from rebuilds import change
from rich.table import Table
from running_set import console

from footnote.models import PassageScores
from footnote_index.index import Index
from footnote_index.storage.disk import taken


class NoReader:
    """There are no canary questions to read for."""

    async def read(self, question: str, passages: Sequence[object]) -> Sequence[PassageScores]:
        raise NotImplementedError


async def build(index: Index) -> None:
    await index.build(started_by="The benchmark", on_progress=lambda _: None)


def by_part(index: Path) -> Mapping[str, float]:
    """Megabytes of the live generation, of the others, and of the vectors that all share."""
    live = (index / "live").read_text().strip()
    folders = {folder.name: taken(folder) / 1e6 for folder in (index / "generations").iterdir()}
    return {
        "live generation": folders.pop(live),
        f"{len(folders)} kept": sum(folders.values()),
        "embedding cache": sum(file.stat().st_blocks * 512 for file in index.glob("vectors.sqlite*")) / 1e6,
        "together": taken(index) / 1e6,
    }


async def measured(articles: Path, files: Sequence[Path], data: Path, rebuilds: int) -> Table:
    index = Index(articles, data, DrawnVectors, reader=NoReader())  # type: ignore[arg-type] # it is never asked
    await build(index)
    first = by_part(data / "index")
    chosen = cycle(random.Random(0).sample(files, len(files)))  # noqa: S311 - the same each time
    most = first["together"]
    for number in range(rebuilds):
        for _ in range(max(1, len(files) // 100)):
            change(next(chosen), f"This is paragraph {number}, and it is new.")
        await build(index)
        most = max(most, by_part(data / "index")["together"])
    last = by_part(data / "index")
    began = perf_counter()
    await index.rollback(started_by="The benchmark")
    rows = Table(f"{len(files)} articles, {rebuilds} rebuilds", "MB", "times the first build's")
    rows.add_row("first build", f"{first['together']:.1f}", "1.00")
    for name, size in last.items():
        rows.add_row(name, f"{size:.1f}", f"{size / first['together']:.2f}")
    rows.add_row("together, at most", f"{most:.1f}", f"{most / first['together']:.2f}")
    rows.add_row(f"(going back took {perf_counter() - began:.1f} s)", "", "")
    await index.close()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rebuilds", type=int, default=50)
    parser.add_argument("--articles", type=int)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        articles.mkdir()
        for file in sorted((arguments.folder / "articles").iterdir())[: arguments.articles]:
            shutil.copy(file, articles)
        console.print(
            asyncio.run(measured(articles, sorted(articles.iterdir()), Path(folder, "data"), arguments.rebuilds))
        )


if __name__ == "__main__":
    main()
