"""Whether confidence depends on the size of the index: `python benchmarks/index_size.py SET_DIR [--among 10 600]`.

The questions of one article are asked where it stands alone, and among more and more others of the set.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from rich.table import Table
from running_set import console, settings_for

from footnote.evaluation import GoldQuestion
from footnote_bot.app import opened
from footnote_bot.terminal.builds import build
from footnote_bot.terminal.evaluation_sets import read_questions

MOST_QUESTIONS = 40


async def confidences(articles: Sequence[Path], questions: Sequence[GoldQuestion]) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "articles").mkdir()
        for article in articles:
            (Path(folder) / "articles" / article.name).symlink_to(article.resolve())
        async with opened(settings_for(Path(folder), folder)) as footnote:
            await build(console, footnote)
            return [(await footnote.answering.ask(one.text)).confidence for one in questions]


async def main(folder: Path, sizes: Sequence[int]) -> None:
    questions = [one for one in read_questions(folder) if one.is_answerable and one.gold]
    counts = Counter(gold.article for one in questions for gold in one.gold[:1])
    chosen, _ = counts.most_common(1)[0]
    asked = [one for one in questions if {gold.article for gold in one.gold} == {chosen}][:MOST_QUESTIONS]
    articles = sorted((folder / "articles").iterdir(), key=lambda path: (path.stem != chosen, path.name))
    alone = await confidences(articles[:1], asked)
    table = Table("articles", "mean confidence", "moved by, mean", "moved by, most")
    table.add_row("1", f"{mean(alone):.3f}", "-", "-")
    for size in sizes:
        among = await confidences(articles[:size], asked)
        moved = [abs(one - other) for one, other in zip(alone, among, strict=True)]
        table.add_row(str(min(size, len(articles))), f"{mean(among):.3f}", f"{mean(moved):.3f}", f"{max(moved):.3f}")
    console.print(f"{len(asked)} questions about {chosen}")
    console.print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", type=Path)
    parser.add_argument("--among", nargs="+", type=int, default=[10, 600])
    given = parser.parse_args()
    asyncio.run(main(given.set, given.among))
