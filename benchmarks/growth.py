"""How build and answers grow with the articles: `python benchmarks/growth.py SET_DIR [--times 1 3 10]`.

An index of so many times the set's articles: the set itself, and copies in which every tenth longer word is another one
of the same article, so that no passage is embedded once for two of them.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import tempfile
from pathlib import Path

from rich.table import Table
from running_set import console
from speed import in_own_process, on_disk

_LONGER_WORD = re.compile(r"\b[a-z]{6,}\b")
_SHARE = 0.1


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--questions", type=int, default=500)
    arguments = parser.parse_args()
    table = Table("articles", "passages", "build s", "build MB", "ask p50 ms", "ask p95 ms", "ask MB", "disk MB")
    for times in arguments.times:
        with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as data:
            common = [str(grown(arguments.folder, times, Path(place))), "--data", data]
            figures = in_own_process(*common, "--step", "build")
            figures |= in_own_process(*common, "--questions", str(arguments.questions), "--step", "ask")
            figures["disk MB"] = on_disk(data)
        names = ("articles", "passages", "build s", "build MB", "ask p50 ms", "ask p95 ms", "ask MB", "disk MB")
        table.add_row(*(f"{figures[name]:,.0f}" for name in names))
    console.print(table)


if __name__ == "__main__":
    main()
