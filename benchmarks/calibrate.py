"""Fits the numbers in signs.py: `python benchmarks/calibrate.py SET_DIR ... [--limit N] [--plot FILE]`.

The weights of the scores are those that rank a gold sentence first most often. Confidence is a logistic curve over the
signs of the best sentence, fitted so that each set, and in it answerable and unanswerable questions, count alike. Each
set is also left out in turn, so that a curve which suits only the sets it was fitted on shows. To every answerable
question belongs one with a single thing changed, which the same passages do not answer.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from statistics import mean

import numpy as np
from logistic import logistic
from numpy.typing import NDArray
from rich.table import Table
from running_set import asked, console

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import perturb

from footnote.adapters.reader import TrainedModel
from footnote.evaluation import area_under_curve, is_gold
from footnote.models import Candidate, Hit
from footnote.models.collections import EVERYTHING
from footnote.reading.relevance import PASSAGES_READ
from footnote.reading.signs import RANKING, Signs, evidence, signs

THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
TRIED = ((0.0, 0.25, 0.5, 0.75), (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 14.0), (0.0, 1.0, 2.0, 3.0))
"""Weights tried for the passage's logit, the cosine and the share of words, in addition to the sentence's logit."""
PRIOR = Signs(0.5, 0.3, 3.0, 0.5, -1.0, -1.5, -0.5, -1.5)
"""A prior: few questions of the sets have a number, and a curve that is fitted on few of them may give a missing number
the wrong sign.
"""
HOW_FIRM = Signs(1.0, 1.0, 1.0, 1.0, 1.0, 30.0, 1.0, 30.0)
"""How strongly each feature is drawn towards it: the sets' numbers are years and amounts, but users ask for quay 6."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A question's sentences: (sentences, signs), and whether each is gold."""

    is_answerable: bool
    signs: Array
    is_gold: tuple[bool, ...]

    @property
    def best(self) -> Array:
        """The signs of the sentence that is ranked first."""
        found: Array = self.signs[int(np.argmax(self.signs @ np.array(astuple(RANKING))))]
        return found


async def read(folder: Path, limit: int | None, model: TrainedModel) -> list[Read]:
    chance = random.Random(7)  # noqa: S311 - a repeatable benchmark
    found = []
    async for footnote, question in asked(folder, limit):
        hits = (await footnote.index.retrieve(question.text, readable=EVERYTHING)).hits[:PASSAGES_READ]
        one = await _signs(question.text, hits, model)
        gold = tuple(is_gold(candidate.article.id, candidate.quote, question.gold) for candidate, _ in one)
        found.append(Read(question.is_answerable, _array(one), gold))
        changed = question.is_answerable and perturb.unanswerable(
            question.text, "", " ".join(gold.text for gold in question.gold), _names(hits), chance
        )
        if changed:
            hits = (await footnote.index.retrieve(changed, readable=EVERYTHING)).hits[:PASSAGES_READ]
            found.append(Read(False, _array(await _signs(changed, hits, model)), ()))
    return [one for one in found if len(one.signs)]


async def _signs(question: str, hits: Sequence[Hit], model: TrainedModel) -> list[tuple[Candidate, Signs]]:
    return signs(question, hits, await model.score(question, [evidence(hit.passage) for hit in hits]))


def _array(found: Sequence[tuple[Candidate, Signs]]) -> Array:
    return np.array([astuple(one) for _, one in found])


def _names(hits: Sequence[Hit]) -> list[str]:
    return sorted({name for hit in hits for name in perturb.names(hit.passage.text)})


def hit_at_one(reads: Sequence[Read], weights: Array) -> float:
    return mean(one.is_gold[int(np.argmax(one.signs @ weights))] for one in reads if one.is_answerable and one.is_gold)


def fitted(sets: Sequence[Sequence[Read]]) -> Array:
    """The weights of the signs and, last, the bias, drawn a little towards PRIOR."""
    best = np.array([one.best for reads in sets for one in reads])
    return logistic(
        np.column_stack([best, np.ones(len(best))]),
        np.array([one.is_answerable for reads in sets for one in reads], float),
        np.concatenate([_shares(reads) for reads in sets]),
        prior=np.array([*astuple(PRIOR), 0.0]),
        firmness=2 * np.array([*astuple(HOW_FIRM), 0.05]),
    )


def _shares(reads: Sequence[Read]) -> Array:
    """Answerable and unanswerable questions weigh the same, and all sets of a hundred questions or more do."""
    answerable = np.array([one.is_answerable for one in reads])
    size = min(len(reads), 100)
    shares: Array = np.where(answerable, size / max(1, answerable.sum()), size / max(1, (~answerable).sum()))
    return shares


def confidences(reads: Sequence[Read], beta: Array) -> list[float]:
    return [float(1 / (1 + np.exp(-one.best @ beta[:-1] - beta[-1]))) for one in reads]


def show(sets: dict[str, list[Read]], beta: Array) -> None:
    table = Table("share of", *(f"{one:.2f}" for one in THRESHOLDS), title="answered and abstained, by threshold")
    for name, reads in sets.items():
        chances = list(zip(confidences(reads, beta), reads, strict=True))
        for title, wanted in (("answerable answered", True), ("unanswerable abstained", False)):
            of = [chance for chance, one in chances if one.is_answerable is wanted]
            cells = [f"{mean((chance >= line) is wanted for chance in of):.3f}" if of else "-" for line in THRESHOLDS]
            table.add_row(f"{name}: {title}", *cells)
    console.print(table)


def plot(sets: dict[str, list[Read]], beta: Array, file: Path) -> None:
    """Risk against coverage: of the questions that would be answered, the share that should not have been."""
    from matplotlib.figure import Figure

    axes = (figure := Figure(figsize=(7, 4.5), layout="constrained")).subplots()
    for name, reads in sets.items():
        order = sorted(zip(confidences(reads, beta), reads, strict=True), key=lambda pair: -pair[0])
        wrong = np.cumsum([not one.is_answerable for _, one in order])
        answered = np.arange(1, len(order) + 1)
        axes.plot(answered / len(order), wrong / answered, label=name)
    axes.set(xlabel="share of all questions that are answered", ylabel="share of the answered that are unanswerable")
    axes.legend()
    figure.savefig(file, dpi=150)


async def main(folders: Sequence[Path], limit: int | None, file: Path | None) -> None:
    model = TrainedModel(Path("var") / "models")
    sets = {folder.name: await read(folder, limit, model) for folder in folders}
    ranked = []
    for weights in itertools.product(*TRIED):
        tried = replace(RANKING, **dict(zip(("passage", "cosine", "words"), weights, strict=True)))
        ranked.append((mean(hit_at_one(reads, np.array(astuple(tried))) for reads in sets.values()), weights))
    for share, weights in sorted(ranked, reverse=True)[:5]:
        console.print(f"hit@1 {share:.3f} with passage, cosine and words weighing {weights}")
    for name, reads in sets.items():
        if len(sets) > 1:
            others = fitted([other for other_name, other in sets.items() if other_name != name])
            told = zip(confidences(reads, others), [one.is_answerable for one in reads], strict=True)
            console.print(f"{name}: AUC {area_under_curve([*told]):.3f} with a curve fitted on the others")
    beta = fitted([*sets.values()])
    console.print(f"WEIGHTS = Signs({', '.join(f'{one:.2f}' for one in beta[:-1])}), BIAS = {beta[-1]:.2f}")
    show(sets, beta)
    if file:
        plot(sets, beta, file)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--plot", type=Path, help="draws risk against coverage into this file")
    given = parser.parse_args()
    asyncio.run(main(given.sets, given.limit, given.plot))
