"""How build and answers grow with the articles: `python benchmarks/growth.py SET_DIR [--times 1 2 4 10] [--plot PNG]`.

An index of so many times the set's articles: the set itself, and copies in which every tenth longer word is another one
of the same article, so that no passage is embedded once for two of them.

Beside the plot a JSON file of the same name keeps what was measured: a size that is measured again takes its own place,
and `--redraw --plot PNG` draws the plot without measuring anything.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import tempfile
from pathlib import Path

from growth_plot import Row, draw
from rich.table import Table
from running_set import console
from speed import in_own_process, on_disk

_LONGER_WORD = re.compile(r"\b[a-z]{6,}\b")
_SHARE = 0.1
_NAMES = (
    *("articles", "passages", "build s", "build MB", "ask p50 ms", "ask p95 ms", "ask MB", "disk MB"),
    "load before",
)


def grown(folder: Path, times: int, target: Path) -> Path:
    """A set with so many times the articles."""
    shutil.copy(next(folder.glob("questions.dev.jsonl")), target)
    articles = Path(shutil.copytree(folder / "articles", target / "articles"))
    originals = [file for file in articles.iterdir() if file.is_file()]
    for number in range(2, times + 1):
        (articles / f"copy-{number}").mkdir()
        for file in originals:
            copy = articles / f"copy-{number}" / file.name
            copy.write_text(with_other_words(file.read_text(encoding="utf-8"), seed=number), encoding="utf-8")
    return target


def with_other_words(text: str, *, seed: int) -> str:
    head, mark, body = text.rpartition("\n---\n")
    words = _LONGER_WORD.findall(body) or ["another"]
    chance = random.Random(f"{seed} {body[:80]}")  # noqa: S311 - a benchmark's
    return (
        head + mark + _LONGER_WORD.sub(lambda word: chance.choice(words) if chance.random() < _SHARE else word[0], body)
    )


def measured(folder: Path, times: int, questions: int) -> Row:
    """The load is that of the minute before: with other work on the machine, times tell little."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as data:
        common = [str(grown(folder, times, Path(place))), "--data", data]
        figures = in_own_process(*common, "--step", "build")
        figures |= in_own_process(*common, "--questions", str(questions), "--step", "ask")
        figures |= {"disk MB": on_disk(data), "load before": load}
    return {name: round(figures[name], 1) for name in _NAMES}


def kept(file: Path) -> list[Row]:
    rows: list[Row] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return rows


def keep(file: Path, row: Row) -> None:
    """Replaces the row with the same number of articles, if there is one."""
    rows = [other for other in kept(file) if other["articles"] != row["articles"]] + [row]
    rows.sort(key=lambda other: other["articles"])
    file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def show(rows: list[Row]) -> None:
    table = Table(*_NAMES)
    for row in rows:
        table.add_row(*(f"{row[name]:,.1f}" if name == "load before" else f"{row[name]:,.0f}" for name in _NAMES))
    console.print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 2, 4, 10])
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--plot", type=Path, help="a PNG file; what was measured lies beside it")
    parser.add_argument("--redraw", action="store_true", help="only draw what was measured before")
    arguments = parser.parse_args()
    if not (arguments.plot if arguments.redraw else arguments.folder):
        parser.error("Measuring needs SET_DIR, and drawing needs --plot.")
    rows = []
    for times in [] if arguments.redraw else arguments.times:
        rows.append(measured(arguments.folder, times, arguments.questions))
        if arguments.plot:
            keep(arguments.plot.with_suffix(".json"), rows[-1])
    if arguments.plot:
        rows = kept(arguments.plot.with_suffix(".json"))
        draw(rows, arguments.plot)
    show(rows)


if __name__ == "__main__":
    main()
