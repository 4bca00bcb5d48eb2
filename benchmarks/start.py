"""What a question from the shell costs with moderators' decisions in the database: `python benchmarks/start.py
[--answers 10000]`.

Asks `footnote ask` about the sample articles, with an empty database and with one of so many decided answers, whose
questions have their vectors in the database. Each round asks both, so that other work on the machine hits both alike.
CPU time is that of the whole process, its threads included.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np
from overview import fill
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from footnote.adapters.database import open_engine, stores_of, upgrade
from footnote.adapters.database.tables import QuestionVectorRow
from footnote_index.embedders.minilm import MiniLM

console = Console(width=120)
ARTICLES = Path(__file__).parents[1] / "articles"
QUESTION = "Who leads the resistance in Panjshir?"
AT_ONCE, DIMENSIONS = 500, 384


def footnote(data: Path, *words: str) -> tuple[float, float]:
    """Seconds and CPU seconds of the command."""
    environment = {**os.environ, "FOOTNOTE_ARTICLES": str(ARTICLES), "FOOTNOTE_DATA": str(data)}
    command = [sys.executable, "-c", "from footnote_bot.cli import main; main()", *words]
    began, worked = time.perf_counter(), _cpu()
    said = subprocess.run(command, check=True, env=environment, cwd=data, capture_output=True)  # noqa: S603 - our own
    assert said.stdout, "it does something"
    return time.perf_counter() - began, _cpu() - worked


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def decide(data: Path, answers: int) -> int:
    """All decided, with vectors as those of a start before this one. The number of vectors."""
    (data / "footnote.sqlite").unlink()
    url = f"sqlite:///{data / 'footnote.sqlite'}"
    await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    await fill(engine, answers, decided_share=1.0)
    reviewed = stores_of(engine).reviewed
    name = MiniLM(data / "models").name
    ids = [one.answer_id for one in await reviewed.questions(name)]
    drawn = np.random.default_rng(7).standard_normal((len(ids), DIMENSIONS)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    for start in range(0, len(ids), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        await reviewed.keep_vectors(name, dict(zip(ids[some], drawn[some], strict=True)))
    await engine.dispose()
    return len(ids)


async def vectors_in(data: Path) -> int:
    engine = open_engine(f"sqlite:///{data / 'footnote.sqlite'}")
    async with engine.connect() as connection:
        found = await connection.scalar(select(func.count()).select_from(QuestionVectorRow))
    await engine.dispose()
    return found or 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        empty.mkdir()
        footnote(empty, "index", "build", "--json")
        shutil.copytree(empty, full)
        for data in (empty, full):
            footnote(data, "ask", QUESTION, "--json")
        vectors = asyncio.run(decide(full, options.answers))
        times: dict[Path, list[tuple[float, float]]] = {empty: [], full: []}
        for _ in range(options.rounds):
            for data, taken in times.items():
                taken.append(footnote(data, "ask", QUESTION, "--json"))
        table = Table("decided answers", "seconds, median", "fastest", "CPU s, median")
        for data, count in ((empty, 0), (full, options.answers)):
            seconds, cpu = zip(*times[data], strict=True)
            table.add_row(f"{count:,}", f"{median(seconds):.2f}", f"{min(seconds):.2f}", f"{median(cpu):.2f}")
        console.print(table)
        console.print(f"Vectors of questions before and after: {vectors:,} and {asyncio.run(vectors_in(full)):,}")


if __name__ == "__main__":
    main()
