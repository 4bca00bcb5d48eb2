"""Where one machine ends: many articles. `python benchmarks/large.py SET_DIR [--times 10] [--keep FOLDER]`.

The articles are those of the set and copies of them with other words (growth.py). Their vectors are drawn at random
around those of the set, so that a build costs neither the encoder's time nor its memory; questions are embedded, and
not read. What is left is what grows: splitting, Chroma, BM25, sentence vectors, the catalogue.

With `--keep` everything stays in that folder, and a second run only asks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, time

from disk import NoReader, build
from drawn_vectors import VectorsAroundReal, keep_real
from growth import grown, keep, kept
from growth_plot import draw
from psutil import Process  # type: ignore[import-untyped]
from rebuilds import change
from rich.table import Table
from running_set import console
from speed import memory_at_once, on_disk, peak_memory, timed

from footnote.models.collections import EVERYTHING
from footnote_bot.terminal.evaluation_sets import read_questions
from footnote_index.index import Index
from footnote_index.storage.home import Home

REAL = "vectors.npy"
"""Of the set's own passages."""


def index_of(folder: Path, data: Path, home: Home | None = None) -> Index:
    embedder = partial(VectorsAroundReal, folder / REAL, folder / "models")
    return Index(folder / "articles", data, embedder, reader=NoReader(), home=home)  # type: ignore[arg-type] # never asked


def prepare(folder: Path, times: int, place: Path) -> None:
    """So many times the articles of a set, and what their vectors are drawn around, unless they are there already."""
    place.mkdir(parents=True, exist_ok=True)
    if not (place / REAL).exists():
        grown(folder, times, place)
        keep_real(folder / "articles", place / "models", place / REAL)


async def built(index: Index, folder: Path) -> dict[str, float]:
    began = perf_counter()
    async with memory_at_once() as memory:
        await build(index)
    first, at_once = perf_counter() - began, max(memory)
    files = sorted(file for file in (folder / "articles").rglob("*") if file.is_file())
    for number, file in enumerate(files[:: max(1, len(files) // 100)][: max(1, len(files) // 100)]):
        change(file, f"This is paragraph {number}, and it is new.")
    began = perf_counter()
    await build(index)
    again = perf_counter() - began
    status = (await index.status()).passages
    await index.close()
    return {"passages": status, "build s": first, "build MB": at_once, "rebuild of 1 % s": again}


async def asked(index: Index, folder: Path, questions: int) -> dict[str, float]:
    texts = [question.text for question in read_questions(folder, limit=questions)]
    await index.retrieve(texts[0], readable=EVERYTHING)
    started = time() - Process().create_time()
    times = [1000 * await timed(index.retrieve(text, readable=EVERYTHING)) for text in texts]
    await index.close()
    return {
        "start to first passages s": started,
        "ask p50 ms": median(times),
        "ask p95 ms": quantiles(times, n=20)[-1],
        "ask MB": peak_memory(),
    }


def in_own_process(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this script
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measured(folder: Path, times: int, questions: int, place: Path) -> dict[str, float]:
    prepare(folder, times, place)
    data = place / "data"
    common = (str(place), "--data", str(data))
    figures: dict[str, float] = {}
    if not data.exists():
        figures = in_own_process(*common, "--step", "build")
    figures |= in_own_process(*common, "--questions", str(questions), "--step", "ask")
    return figures | {"articles": count(place / "articles"), "disk MB": on_disk(str(data))}


def count(articles: Path) -> int:
    return sum(file.is_file() for file in articles.rglob("*"))


def shown(value: float) -> str:
    return f"{value:,.2f}" if value < 10 else f"{value:,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="a folder that keeps articles and index")
    parser.add_argument("--plot", type=Path, help="a PNG file; what was measured lies beside it")
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--step", choices=["build", "ask"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        index = index_of(given.folder, given.data)
        doing = built(index, given.folder) if given.step == "build" else asked(index, given.folder, given.questions)
        print(json.dumps(asyncio.run(doing)))
        return
    rows = Table("figure", "value")
    with tempfile.TemporaryDirectory() as place:
        figures = measured(given.folder, given.times, given.questions, given.keep or Path(place))
    if given.plot:
        keep(given.plot.with_suffix(".json"), {name: round(value, 1) for name, value in figures.items()})
        draw(kept(given.plot.with_suffix(".json")), given.plot, is_logarithmic=True)
    for name, value in figures.items():
        rows.add_row(name, shown(value))
    console.print(rows)


if __name__ == "__main__":
    main()
