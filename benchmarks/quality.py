"""Retrieval, citation and abstention on evaluation sets: `python benchmarks/quality.py SET_DIR ... [--limit N]`.

Every citation of every answer is checked against its article, byte for byte.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from evaluation_set import Question, area_under_curve, holds, is_gold
from rich.table import Table
from running_set import asked, console

from footnote.models import Abstention, Answer
from footnote_bot.app import Footnote


@dataclass
class Tally:
    """What was seen over one set's questions."""

    any4: list[bool] = field(default_factory=list)
    any10: list[bool] = field(default_factory=list)
    share10: list[float] = field(default_factory=list)
    cites_gold: list[bool] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    abstained: list[bool] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    citations: int = 0

    def add(self, question: Question, outcome: Answer | Abstention) -> None:
        self.confidences.append((outcome.confidence, question.is_answerable))
        if not question.is_answerable:
            self.abstained.append(isinstance(outcome, Abstention))
            return
        found = [[rank for rank, hit in enumerate(outcome.receipt.hits) if holds(hit, one)] for one in question.gold]
        self.any4.append(any(rank < 4 for ranks in found for rank in ranks))
        self.any10.append(any(found))
        self.share10.append(mean(bool(ranks) for ranks in found))
        self.answered.append(isinstance(outcome, Answer))
        cited = [is_gold(one.article_id, one.quote, question.gold) for one in outcome.citations]
        self.cites_gold.append(isinstance(outcome, Answer) and any(cited))
        if isinstance(outcome, Answer):
            self.precision.append(mean(cited))


async def measure(folder: Path, limit: int | None) -> Tally:
    tally = Tally()
    async for footnote, question in asked(folder, limit):
        outcome = await footnote.answering.ask(question.text)
        await check_citations(footnote, outcome)
        tally.citations += len(outcome.citations)
        tally.add(question, outcome)
    return tally


async def check_citations(footnote: Footnote, outcome: Answer | Abstention) -> None:
    for citation in outcome.citations:
        article = await footnote.index.article(citation.article_id)
        assert article is not None
        assert article.version == citation.version
        assert article.text[citation.start : citation.end] == citation.quote


def table(tallies: dict[str, Tally]) -> Table:
    rows = Table(
        "set", "any@4", "any@10", "share@10", "answered", "cites gold", "precision", "abstained", "AUC", "citations"
    )
    for name, tally in tallies.items():
        curve = area_under_curve(tally.confidences)
        figures = (
            tally.any4,
            tally.any10,
            tally.share10,
            tally.answered,
            tally.cites_gold,
            tally.precision,
            tally.abstained,
        )
        cells = [f"{mean(figure):.3f}" if figure else "-" for figure in figures]
        rows.add_row(name, *cells, "-" if curve is None else f"{curve:.3f}", f"{tally.citations} exact")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="questions of each set")
    arguments = parser.parse_args()
    tallies = {folder.name: asyncio.run(measure(folder, arguments.limit)) for folder in arguments.folders}
    console.print(table(tallies))
    console.print("any, share, answered, cites gold, precision: answerable questions. abstained: unanswerable ones.")


if __name__ == "__main__":
    main()
