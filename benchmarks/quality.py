"""Retrieval, citation and abstention on evaluation sets: `python benchmarks/quality.py SET_DIR ... [--limit N]`.

What `footnote eval` reports for one set, for many of them, each in its own new index.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from rich.table import Table
from running_set import console, settings_for

from footnote.evaluation import AnswerQuality
from footnote_bot.app import opened
from footnote_bot.terminal.evaluation import measure
from footnote_bot.terminal.evaluation_sets import read_questions


async def measured(folder: Path, limit: int | None) -> AnswerQuality:
    with tempfile.TemporaryDirectory() as data:
        async with opened(settings_for(folder, data)) as footnote:
            return await measure(console, footnote, read_questions(folder, limit=limit))


def table(metrics_by_name: dict[str, AnswerQuality]) -> Table:
    rows = Table(
        "set", "any@4", "any@10", "share@10", "answered", "cites gold", "precision", "abstained", "AUC", "citations"
    )
    for name, one in metrics_by_name.items():
        figures = (
            *(one.any4, one.any10, one.share10, one.answered),
            *(one.cites_gold, one.precision, one.abstained, one.auc),
        )
        cells = ["-" if figure is None else f"{figure:.3f}" for figure in figures]
        rows.add_row(name, *cells, f"{one.exact} of {one.citations} exact")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="questions of each set")
    arguments = parser.parse_args()
    metrics = {folder.name: asyncio.run(measured(folder, arguments.limit)) for folder in arguments.folders}
    console.print(table(metrics))
    assert all(one.exact == one.citations for one in metrics.values()), "a citation is not what its article says"


if __name__ == "__main__":
    main()
