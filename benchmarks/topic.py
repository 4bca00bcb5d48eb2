"""Which sentences count as being about a question: `python benchmarks/topic.py SET_DIR ... [--limit N]`.

For each answerable question, the sentences of the retrieved passages: how many of the gold ones a claim may cite by
`footnote.grounding.topic`, how often at least one of them, and how many of the others it may not. Other margins beside
it.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rich.table import Table
from running_set import asked, console

from footnote.evaluation import is_gold
from footnote.grounding import topic
from footnote.models import Candidate
from footnote.models.collections import EVERYTHING

MARGINS = ((3.0, 6.5), (4.0, 6.5), (topic.ABOUT_IT, topic.BESIDE_ONE), (6.5, 6.5))


@dataclass(frozen=True, slots=True)
class Read:
    sentences: tuple[Candidate, ...]
    is_gold: tuple[bool, ...]


async def read(folder: Path, limit: int | None) -> list[Read]:
    found = []
    async for footnote, question in asked(folder, limit):
        if question.is_answerable:
            hits = (await footnote.index.retrieve(question.text, readable=EVERYTHING)).hits
            sentences = (await footnote.reader.read(question.text, hits)).candidates
            gold = tuple(is_gold(one.article.id, one.quote, question.gold) for one in sentences)
            found.append(Read(sentences, gold))
    return [one for one in found if any(one.is_gold)]


def shares(reads: Iterable[Read], about_it: float, beside_one: float) -> list[str]:
    found, gold, others = [], [], []
    for one in reads:
        judged = topic.Topic(one.sentences, about_it=about_it, beside_one=beside_one)
        told = [judged.has(sentence) for sentence in one.sentences]
        right = [is_kept for is_kept, is_right in zip(told, one.is_gold, strict=True) if is_right]
        found.append(any(right))
        gold += right
        others += [not is_kept for is_kept, is_right in zip(told, one.is_gold, strict=True) if not is_right]
    return [f"{mean(share):.3f}" for share in (found, gold, others)]


async def main(folders: Iterable[Path], limit: int | None) -> None:
    table = Table("set", "questions", "margins", "a gold one kept", "gold ones kept", "others not kept")
    for folder in folders:
        reads = await read(folder, limit)
        for about_it, beside_one in MARGINS:
            name = f"{about_it:.1f}, {beside_one:.1f}"
            table.add_row(folder.name, str(len(reads)), name, *shares(reads, about_it, beside_one))
    console.print(table)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    asyncio.run(main(given.sets, given.limit))
