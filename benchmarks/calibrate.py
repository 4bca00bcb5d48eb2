"""Fits the numbers in relevance.py and extractive.py: `python benchmarks/calibrate.py SET_DIR ... [--limit N]`.

Confidence is a logistic curve over the evidence, fitted so that each set, and in it answerable and unanswerable
questions, count alike. Then come the abstention threshold and the distance within which further sentences join.
"""

from __future__ import annotations

import argparse
import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from running_set import asked, console

from footnote.evaluation import GoldQuestion, is_gold
from footnote.extractive import MAX_SENTENCES
from footnote.models import Candidate
from footnote.relevance import MatchReader, evidence

THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
DISTANCES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Seen:
    """A question with what was read for it."""

    question: GoldQuestion
    evidence: float
    candidates: tuple[Candidate, ...]

    def f1(self, distance: float) -> float:
        """Of the sentences that the extractive answerer would cite, against the gold sentences."""
        best = self.candidates[0].score
        chosen = [one for one in self.candidates[:MAX_SENTENCES] if one.score >= best - distance]
        right = sum(is_gold(one.article.id, one.quote, self.question.gold) for one in chosen)
        return 2 * right / (len(chosen) + max(len(self.question.gold), right))


async def see(folder: Path, limit: int | None) -> list[Seen]:
    reader = MatchReader()
    seen = []
    async for footnote, question in asked(folder, limit):
        hits = (await footnote.index.retrieve(question.text)).hits
        seen.append(Seen(question, evidence(question.text, hits), reader.read(question.text, hits).candidates))
    return [one for one in seen if one.candidates]


def fit(sets: dict[str, list[Seen]]) -> tuple[float, float]:
    """Slope and middle of the logistic curve, by Newton's method on the weighted likelihood."""
    x = np.array([one.evidence for seen in sets.values() for one in seen])
    y = np.array([one.question.is_answerable for seen in sets.values() for one in seen], float)
    weights = np.concatenate([_weights(seen) for seen in sets.values()])
    inputs = np.stack([x, np.ones_like(x)], axis=1)
    beta = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-inputs @ beta))
        gradient = inputs.T @ (weights * (p - y))
        curvature = (inputs * (weights * p * (1 - p))[:, None]).T @ inputs
        beta -= np.linalg.solve(curvature, gradient)
    return float(beta[0]), float(-beta[1] / beta[0])


def _weights(seen: list[Seen]) -> NDArray[np.float64]:
    answerable = np.array([one.question.is_answerable for one in seen])
    weights: NDArray[np.float64] = np.where(answerable, 1 / max(1, answerable.sum()), 1 / max(1, (~answerable).sum()))
    return weights


def table(
    title: str, sets: dict[str, list[Seen]], values: tuple[float, ...], cell: Callable[[list[Seen], float], str]
) -> Table:
    rows = Table("", *(f"{value:g}" for value in values), title=title)
    for name, seen in sets.items():
        rows.add_row(name, *(cell(seen, value) for value in values))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="questions of each set")
    arguments = parser.parse_args()
    sets = {folder.name: asyncio.run(see(folder, arguments.limit)) for folder in arguments.folders}
    slope, middle = fit(sets)

    def kept(seen: list[Seen], threshold: float) -> str:
        sure = {id(one): 1 / (1 + math.exp(-slope * (one.evidence - middle))) >= threshold for one in seen}
        yes = [sure[id(one)] for one in seen if one.question.is_answerable]
        no = [not sure[id(one)] for one in seen if not one.question.is_answerable]
        return f"{mean(yes):.2f} / {mean(no):.2f}" if yes and no else "-"

    def f1(seen: list[Seen], distance: float) -> str:
        return f"{mean(one.f1(distance) for one in seen if one.question.is_answerable):.3f}"

    console.print(f"slope {slope:.2f}, middle {middle:.3f}")
    console.print(table("answerable answered / unanswerable abstained, by threshold", sets, THRESHOLDS, kept))
    console.print(table("citation F1, by distance from the best", sets, DISTANCES, f1))


if __name__ == "__main__":
    main()
