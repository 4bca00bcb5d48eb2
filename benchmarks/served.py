"""Two processes and one index of many articles: `python benchmarks/served.py SET_DIR [--times 10] [--keep FOLDER]`.

Articles and vectors are those of large.py, whose folder `--keep` can be used again. Chroma is the real `chroma run`,
the database a real PostgreSQL. One process builds; then both ask at once, the second one with an empty data folder,
into which it copies the index first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "index")]

from databases import PostgreSQLDatabases, postgresql_server  # noqa: E402
from large import asked, built, index_of, prepare, shown  # noqa: E402
from psutil import Process  # type: ignore[import-untyped] # noqa: E402
from real_chroma import RealChroma  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402

from footnote.adapters.database.shared_index import SharedIndex  # noqa: E402
from footnote_index.server.connection import ChromaServer  # noqa: E402
from footnote_index.server.generations import SharedGenerations  # noqa: E402

_DONE_WITHIN = 3 * 3600.0


@contextmanager
def running_chroma(folder: Path) -> Iterator[RealChroma]:
    folder.mkdir()
    chroma = RealChroma(folder)
    chroma.start()
    try:
        yield chroma
    finally:
        chroma.stop()


def start(step: str, folder: Path, data: Path, server: ChromaServer, database: str) -> subprocess.Popen[str]:
    """One of the two; the other may be running."""
    options = (str(folder), "--data", str(data), "--chroma", server.url, "--database", database, "--step", step)
    return subprocess.Popen([sys.executable, __file__, *options], stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script


def figures_of(process: subprocess.Popen[str]) -> dict[str, float]:
    said, _ = process.communicate(timeout=_DONE_WITHIN)
    if process.returncode:
        raise SystemExit(process.returncode)
    figures: dict[str, float] = json.loads(said.splitlines()[-1])
    return figures


def measured(place: Path, work: Path, database: str) -> dict[str, dict[str, float]]:
    with running_chroma(work / "chroma") as chroma:
        one, two = (work / name for name in ("one", "two"))
        found = {"built by one": figures_of(start("build", place, one, chroma.address, database))}
        alone = start("ask", place, one, chroma.address, database)
        found["one asks alone"] = figures_of(alone)
        both = [start("ask", place, data, chroma.address, database) for data in (one, two)]
        try:
            for name, process in zip(("both ask: one", "both ask: two"), both, strict=True):
                found[name] = figures_of(process)
        finally:
            for process in both:
                process.kill()
        servers = [child for child in Process().children() if any("chroma" in word for word in child.cmdline())]
        memory = sum(server.memory_info().rss for server in servers) / 1e6
        disk = sum(file.stat().st_size for file in (work / "chroma").rglob("*")) / 1e6
        found["Chroma server"] = {"memory MB": memory, "disk MB": disk}
        return found


async def step(given: argparse.Namespace) -> dict[str, float]:
    with closing(SharedIndex(given.database)) as records:
        home = SharedGenerations(given.data, ChromaServer(given.chroma), records)
        index = index_of(given.folder, given.data, home)
        if given.step == "build":
            return await built(index, given.folder)
        return await asked(index, given.folder, given.questions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="a folder that keeps the articles")
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--chroma", help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=["build", "ask"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps(asyncio.run(step(given))))
        return
    with tempfile.TemporaryDirectory() as work, postgresql_server() as url:
        place = given.keep or Path(work) / "articles"
        prepare(given.folder, given.times, place)
        databases = PostgreSQLDatabases(url)
        try:
            found = measured(place, Path(work), databases.migrated())
        finally:
            databases.drop()
    rows = Table("who", "figure", "value")
    for who, figures in found.items():
        for name, value in figures.items():
            rows.add_row(who, name, shown(value))
    console.print(rows)


if __name__ == "__main__":
    main()
