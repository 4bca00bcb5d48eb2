"""Fits the numbers in likeness.py: `python benchmarks/calibrate_languages.py SET_DIR ... [--limit N] [--unread]`, with
FOOTNOTE_EMBEDDER=multilingual. A set's name ends with its language: `xquad_de`, and `crossed_de` for questions in it
over articles in another one. `--unread`: without the multilingual reader.

Every language is left out in turn, so that it shows whether weights suit one that they were not fitted on. To every
answerable question belongs one that is near: the same one, without the passages that answer it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from statistics import mean

import numpy as np
from calibrate import THRESHOLDS
from logistic import logistic
from numpy.typing import NDArray
from rich.table import Table
from running_set import asked, console

from footnote.adapters.reader import MULTILINGUAL, TrainedModel
from footnote.evaluation import area_under_curve, is_gold
from footnote.models import Candidate
from footnote.models.collections import EVERYTHING
from footnote.reading.likeness import CROSSED, READ, UNREAD, Likeness, SignWeights, likeness
from footnote.reading.relevance import PASSAGES_READ
from footnote.reading.signs import evidence
from footnote.text.languages import language_of
from footnote.text.terms import question_language

_UNREAD_PRIOR = Likeness(6.0, 3.0, 3.0, 2.0, -1.5, 0.0)
PRIORS = {
    READ: Likeness(5.0, 2.0, 2.0, 1.5, -1.5, 0.0, 0.3, 0.3),
    UNREAD: _UNREAD_PRIOR,
    CROSSED: _UNREAD_PRIOR,
}
"""What common sense says: few questions have a number, and the reader knows some languages better than others."""

HOW_FIRM = {READ: 6.0, UNREAD: 1.5, CROSSED: 1.5}
"""How much the weights are drawn towards that. With less for READ, Chinese suffers when it is left out."""

NEAR = 0.3
"""How much the near ones weigh among those that should be abstained from."""

_UNREAD_TRIED = ((6.0, 8.5, 12.0), (0.0, 2.0, 4.0, 6.0, 8.0), (0.0,), (0.0,))
TRIED = {
    READ: ((0.0, 4.0, 8.0, 10.0, 12.0), (0.0, 2.0, 3.0, 6.0), (1.0,), (0.0, 0.5, 1.5)),
    UNREAD: _UNREAD_TRIED,
    CROSSED: _UNREAD_TRIED,
}
"""Weights tried for the cosine, the share of words and the reader's two logits, where sentences are put in order."""

_ANOTHER = [field.name for field in fields(Likeness)].index("another")

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A question's sentences: (sentences, signs), whether each is gold, and how much the question weighs."""

    is_answerable: bool
    signs: Array
    is_gold: NDArray[np.bool_]
    is_near: bool = False

    @property
    def is_crossed(self) -> bool:
        return bool(self.signs[0][_ANOTHER])

    def first(self, weights: SignWeights) -> int:
        """Which sentence is put first."""
        return int(np.argmax(self.signs @ np.array(astuple(weights.ranking))))

    def best(self, weights: SignWeights) -> Array:
        found: Array = self.signs[self.first(weights)]
        return found


async def read(folder: Path, limit: int | None, model: TrainedModel | None) -> list[Read]:
    found = []
    async for footnote, question in asked(folder, limit):
        hits = (await footnote.index.retrieve(question.text, readable=EVERYTHING)).hits[:PASSAGES_READ]
        asked_in = question_language(question.text)
        is_own = all(language_of(hit.passage.article.text) == asked_in for hit in hits)
        passages = [evidence(hit.passage, spelled=str) for hit in hits]
        scores = await model.score(question.text, passages) if model and is_own else None
        told = likeness(question.text, hits, asked_in, scores)
        gold = np.array([is_gold(one.article.id, one.quote, question.gold) for one, _ in told], bool)
        signs = np.array([astuple(one) for _, one in told])
        if not len(signs):
            continue
        found.append(Read(question.is_answerable, signs, gold))
        elsewhere = ~_beside(told, gold)
        if gold.any() and elsewhere.any():
            found.append(Read(False, signs[elsewhere], gold[elsewhere], is_near=True))
    return found


def _beside(told: Sequence[tuple[Candidate, Likeness]], gold: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which sentences stand in a passage that answers."""
    answering = {(one.article.id, one.passage.start) for (one, _), answers in zip(told, gold, strict=True) if answers}
    return np.array([(one.article.id, one.passage.start) in answering for one, _ in told], bool)


def hit_at_one(reads: Sequence[Read], weights: SignWeights) -> float:
    return mean(float(one.is_gold[one.first(weights)]) for one in reads if one.is_answerable)


def fitted(sets: Sequence[Sequence[Read]], weights: SignWeights) -> Array:
    """The weights of the signs and, last, the bias, drawn a little towards the prior."""
    prior = np.array([*astuple(PRIORS[weights]), 0.0])
    return logistic(
        np.array([[*one.best(weights), 1.0] for reads in sets for one in reads]),
        np.array([one.is_answerable for reads in sets for one in reads], float),
        np.concatenate([_shares(reads) for reads in sets]),
        prior=prior,
        firmness=np.array([*(HOW_FIRM[weights] for _ in prior[:-1]), 0.01]),
    )


def _shares(reads: Sequence[Read]) -> Array:
    """Each set weighs a hundred questions, half of them answerable; of the others NEAR are near."""
    kinds = [(one.is_answerable, one.is_near) for one in reads]
    whole = {(True, False): 50.0, (False, False): 50 * (1 - NEAR), (False, True): 50 * NEAR}
    return np.array([whole[kind] / kinds.count(kind) for kind in kinds])


def chances(reads: Sequence[Read], beta: Array, weights: SignWeights) -> list[float]:
    return [float(1 / (1 + np.exp(-one.best(weights) @ beta[:-1] - beta[-1]))) for one in reads]


def show(name: str, reads: Sequence[Read], told: Sequence[float], table: Table) -> None:
    far = [(chance, one.is_answerable) for chance, one in zip(told, reads, strict=True) if not one.is_near]
    console.print(f"{name}: AUC {area_under_curve(far):.3f} with a curve fitted on the other languages")
    for title, kind in (("answered", (True, False)), ("abstained", (False, False)), ("near abstained", (False, True))):
        of = [chance for chance, one in zip(told, reads, strict=True) if (one.is_answerable, one.is_near) == kind]
        shares = [mean((chance >= line) is kind[0] for chance in of) if of else 0.0 for line in THRESHOLDS]
        table.add_row(f"{name}: {title}", *(f"{share:.3f}" for share in shares))


def ranked(sets: Sequence[Sequence[Read]], weights: SignWeights) -> list[tuple[float, Likeness]]:
    """Weights for the order of sentences, and how often they put a right one first: the best five."""
    found = []
    for cosine, words, sentence, answered in itertools.product(*TRIED[weights]):
        tried = Likeness(cosine, 0.0, words, 0.0, 0.0, 0.0, sentence, answered)
        found.append((mean(hit_at_one(reads, replace(weights, ranking=tried)) for reads in sets), tried))
    return sorted(found, key=lambda one: -one[0])[:5]


async def main(folders: Sequence[Path], limit: int | None, *, is_read: bool) -> None:
    model = TrainedModel(Path("var") / "models", MULTILINGUAL) if is_read else None
    sets = {folder.name: await read(folder, limit, model) for folder in folders}
    crossed = {name: reads for name, reads in sets.items() if reads[0].is_crossed}
    own = {name: reads for name, reads in sets.items() if name not in crossed}
    for title, weights, of_kind in (("own", READ if is_read else UNREAD, own), ("another", CROSSED, crossed)):
        if of_kind:
            console.print(f"Questions over articles in their {title} language")
            tell(of_kind, weights)


def tell(sets: Mapping[str, Sequence[Read]], weights: SignWeights) -> None:
    for share, tried in ranked([*sets.values()], weights):
        console.print(f"hit@1 {share:.3f} with {tried}")
    table = Table("share of", *(f"{one:.2f}" for one in THRESHOLDS), title="by threshold, fitted on the others")
    for name, reads in sets.items():
        console.print(f"{name}: hit@1 {hit_at_one(reads, weights):.3f}")
        others = [other for other_name, other in sets.items() if other_name != name] or [reads]
        show(name, reads, chances(reads, fitted(others, weights), weights), table)
    console.print(table)
    beta = fitted([*sets.values()], weights)
    console.print(f"chance=Likeness({', '.join(f'{one:.2f}' for one in beta[:-1])}), bias={beta[-1]:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--unread", action="store_true")
    given = parser.parse_args()
    asyncio.run(main(given.sets, given.limit, is_read=not given.unread))
