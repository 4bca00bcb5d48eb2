"""What a rebuild costs, and how much it slows questions down. `python benchmarks/rebuilds.py SET_DIR [--rebuilds 50]`.

Works on a copy of the set's articles. Changes one thing at a time, then 1 % of the articles again and again, then
builds everything again while questions are asked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from rich.table import Table
from running_set import console
from speed import FOOTNOTE, longest_stall, timed

from footnote_bot.app import Footnote, opened
from footnote_bot.settings import Settings
from footnote_bot.terminal.evaluation_sets import read_questions
from footnote_index.building.reports import BuildReport

_IDLE = 300
_BETWEEN_QUESTIONS = 0.05  # seconds


def change_nothing(articles: Path) -> None:
    """The articles as they are."""


def change_one(articles: Path) -> None:
    change(min(articles.iterdir()), "One paragraph is new.")


def add_one(articles: Path) -> None:
    article = min(articles.iterdir())
    (articles / f"zzz{article.suffix}").write_text(article.read_text() + "\n\nAll this was said before.\n")


def remove_one(articles: Path) -> None:
    min(articles.iterdir()).unlink()


def change(article: Path, paragraph: str) -> None:
    article.write_text(f"{article.read_text()}\n\n{paragraph}\n")


def built(environment: dict[str, str], *options: str) -> tuple[dict[str, float], float]:
    """The report of `footnote index build`, and the seconds of the whole process."""
    began = perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command
        [FOOTNOTE, "index", "build", "--json", *options], check=True, stdout=subprocess.PIPE, env=environment
    )
    report: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return report, perf_counter() - began


def single_changes(articles: Path, environment: dict[str, str]) -> Table:
    rows = Table("rebuild", "s", "s, whole process", "tokens embedded")
    steps: list[tuple[str, Callable[[Path], None], list[str]]] = [
        ("everything, first build", change_nothing, []),
        ("nothing changed", change_nothing, []),
        ("one paragraph changed", change_one, []),
        ("one article added", add_one, []),
        ("one article removed", remove_one, []),
    ]
    for name, alter, options in steps:
        alter(articles)
        report, seconds = built(environment, *options)
        rows.add_row(name, f"{report['seconds']:.1f}", f"{seconds:.1f}", f"{report['embedded_tokens']:,}")
    return rows


async def build(footnote: Footnote, *, full: bool = False) -> BuildReport:
    return await footnote.index.build(full=full, started_by="The benchmark", on_progress=lambda _: None)


async def many_changes(files: list[Path], settings: Settings, rebuilds: int) -> Table:
    """1 % of the articles each time, another 1 % the next."""
    chosen = cycle(random.Random(0).sample(files, len(files)))  # noqa: S311 - the same each time
    seconds, disk = [], []
    async with opened(settings) as footnote:
        for number in range(rebuilds):
            for _ in range(max(1, len(files) // 100)):
                change(next(chosen), f"This is paragraph {number}, and it is new.")
            seconds.append((await build(footnote)).seconds)
            disk.append(sum(file.stat().st_size for file in settings.data.rglob("*")) / 1e6)
    rows = Table(f"{rebuilds} rebuilds, 1 % of the articles changed each", "")
    rows.add_row("s, median", f"{median(seconds):.1f}")
    rows.add_row("s, longest", f"{max(seconds):.1f}")
    rows.add_row("disk MB after the first", f"{disk[0]:.0f}")
    rows.add_row("disk MB at most", f"{max(disk):.0f} ({max(disk) / disk[0] - 1:+.0%})")
    rows.add_row("disk MB after the last", f"{disk[-1]:.0f} ({disk[-1] / disk[0] - 1:+.0%})")
    return rows


async def asked_meanwhile(settings: Settings, questions: list[str]) -> Table:
    endless = cycle(questions)
    async with opened(settings) as footnote:
        for question in questions[:20]:
            await footnote.answering.ask(question)
        async with longest_stall() as idle_stall:
            idle = await ask(footnote, endless, until=iter([False] * _IDLE + [True]).__next__)
        async with longest_stall() as busy_stall:
            building = asyncio.create_task(build(footnote, full=True))
            busy = await ask(footnote, endless, until=building.done)
        report = await building
    rows = Table(f"asking, {report.seconds:.0f} s of full build", "idle", "during the build")
    rows.add_row("questions", str(len(idle)), str(len(busy)))
    rows.add_row("p50 ms", f"{median(idle) * 1000:.0f}", f"{median(busy) * 1000:.0f}")
    rows.add_row("p95 ms", f"{quantiles(idle, n=20)[-1] * 1000:.0f}", f"{quantiles(busy, n=20)[-1] * 1000:.0f}")
    rows.add_row("longest stall of the event loop ms", f"{max(idle_stall) * 1000:.0f}", f"{max(busy_stall) * 1000:.0f}")
    return rows


async def ask(footnote: Footnote, questions: Iterator[str], *, until: Callable[[], bool]) -> list[float]:
    times = []
    while not until():
        times.append(await timed(footnote.answering.ask(next(questions))))
        await asyncio.sleep(_BETWEEN_QUESTIONS)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rebuilds", type=int, default=50)
    arguments = parser.parse_args()
    questions = [question.text for question in read_questions(arguments.folder, limit=200)]
    with tempfile.TemporaryDirectory() as folder:
        articles, data = Path(folder) / "articles", Path(folder) / "data"
        shutil.copytree(arguments.folder / "articles", articles)
        settings = Settings(FOOTNOTE_ARTICLES=articles, FOOTNOTE_DATA=data)  # type: ignore[call-arg] # by alias
        environment = os.environ | {"FOOTNOTE_ARTICLES": str(articles), "FOOTNOTE_DATA": str(data)}
        console.print(single_changes(articles, environment))
        console.print(asyncio.run(many_changes(sorted(articles.iterdir()), settings, arguments.rebuilds)))
        console.print(asyncio.run(asked_meanwhile(settings, questions)))


if __name__ == "__main__":
    main()
