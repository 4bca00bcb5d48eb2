"""Tells right claims from wrong ones beside what they cite: `benchmarks/weigh.py [CLAIMS ...] [--wice FILE]`.

No retrieval, no question: each claim with its sentences, as `footnote.grounding.weighing` weighs it. The claims of
`training/written` that are kept out of training are always measured. CLAIMS are files of lines with `claim`, `cited`
(`article`, `sentence`) and `right`; their articles are in the folder `articles` beside them. --wice reads WiCE (Kamoi
et al. 2023, arXiv:2303.01432): claims with evidence sentences, supported or not.

--fit CLAIMS ... prints the numbers of weighing.py that suit the kept-out claims and these files best.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from logistic import logistic
from numpy.typing import NDArray
from rich.table import Table
from running_set import console

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import written
from made_claims import SUPPORTED

from footnote.adapters.reader.kinds import CLAIMS
from footnote.adapters.reader.model import LoadedModel
from footnote.checks import EXACT, fails_in_sense, first_failed, support
from footnote.evaluation import area_under_curve
from footnote.grounding import weighing
from footnote.grounding.citing import evidence_of, source_of
from footnote.models import Article, Candidate, Passage, Sentence
from footnote.text.sentences import split_sentences
from footnote_index.loaders.dates import day_in
from footnote_index.loaders.folder import find_articles, read_articles

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with what it cites, and whether that supports it."""

    claim: str
    cited: tuple[Candidate, ...]
    is_right: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """`is_exact`: it passes the checks that no claim may fail."""

    signs: tuple[float, ...]
    is_exact: bool
    is_right: bool
    chance: float
    supported: float
    is_shown: bool


def kept_out() -> Iterator[Judged]:
    for claim in written.claims(kept_out=True):
        title, _, day = claim.header.rpartition(" · ")
        published = day_in(day) if title else None
        yield Judged(
            claim.text,
            tuple(_cited(claim.evidence, title if published else claim.header, published)),
            claim.verdict == SUPPORTED,
        )


def from_wice(file: Path) -> Iterator[Judged]:
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        yield Judged(
            row["claim"], tuple(_cited(row["evidence"], row["article_title"] or "")), row["label"] == "supported"
        )


def _cited(sentences: Sequence[str], title: str, published: date | None = None) -> Iterator[Candidate]:
    """Sentences that stand behind one another in an article."""
    spans, end = [], 0
    for sentence in sentences:
        spans.append(Sentence(end, end + len(sentence)))
        end += len(sentence) + 1
    passage = Passage(Article("a.md", title, " ".join(sentences), published=published), tuple(spans))
    return (Candidate(passage, span, 0.0) for span in spans)


def about_articles(file: Path) -> Iterator[Judged]:
    folder = file.parent / "articles"
    passages = {
        one.id: Passage(one, split_sentences(one.text))
        for one in read_articles(find_articles(folder), folder)
        if isinstance(one, Article)
    }
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        yield Judged(row["claim"], tuple(_found(passages, row["cited"])), row["right"])


def _found(passages: Mapping[str, Passage], cited: Iterable[Mapping[str, str]]) -> Iterator[Candidate]:
    for one in cited:
        passage = passages[one["article"]]
        start = passage.article.text.index(one["sentence"])
        yield Candidate(passage, next(span for span in passage.sentences if span.end > start), 0.0)


def measured(claims: Iterable[Judged], model: LoadedModel) -> Iterator[Measured]:
    for one in claims:
        sources = [*map(source_of, one.cited)]
        (read,) = model.entail([one.claim], [evidence_of(one.cited)])
        words, failed = support(one.claim, sources), len(fails_in_sense(one.claim, sources))
        chance = weighing.chance(words, read, failed)
        is_exact = words >= weighing.LEAST_SUPPORT and first_failed(one.claim, sources, among=EXACT) is None
        yield Measured(
            weighing.signs(words, read, failed), is_exact, one.is_right, chance, read.supported,
            is_exact and weighing.is_enough(chance, read),
        )  # fmt: skip


def show(sets: Mapping[str, Sequence[Measured]]) -> None:
    table = Table(
        "claims", "", "AUC by words", "by the reader", "weighed", "balanced, best cut", "right shown", "wrong caught"
    )
    for name, found in sets.items():
        right, shown = np.array([one.is_right for one in found]), np.array([one.is_shown for one in found])
        chances = np.array([one.chance for one in found])
        by = [[one.signs[0] for one in found], [one.supported for one in found], chances.tolist()]
        table.add_row(
            name, str(len(found)), *(f"{area_under_curve([*zip(scores, right, strict=True)]):.3f}" for scores in by),
            f"{_balanced(chances, right):.3f}", f"{shown[right].mean():.2f}", f"{1 - shown[~right].mean():.2f}",
        )  # fmt: skip
    console.print(table)


def _balanced(scores: Array, right: NDArray[np.bool_]) -> float:
    return float(max((np.mean(scores[right] >= cut) + np.mean(scores[~right] < cut)) / 2 for cut in np.unique(scores)))


def fitted(sets: Sequence[Sequence[Measured]]) -> Array:
    """The weights of the signs and, last, the bias. Right and wrong claims of a set count alike."""
    kept = [[one for one in found if one.is_exact] for found in sets]
    inputs = np.array([[*one.signs, 1.0] for found in kept for one in found])
    columns = inputs.shape[1]
    return logistic(
        inputs,
        np.array([one.is_right for found in kept for one in found], float),
        np.concatenate([_shares(np.array([one.is_right for one in found])) for found in kept]),
        prior=np.zeros(columns),
        firmness=np.array([*np.ones(columns - 1), 0.0]),
    )


def _shares(right: NDArray[np.bool_]) -> Array:
    """A set counts by the root of its size: a small one is not lost, and does not decide."""
    size = len(right) ** 0.5 * 10
    shares: Array = np.where(right, size / 2 / right.sum(), size / 2 / (~right).sum())
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*", type=Path)
    parser.add_argument("--wice", type=Path)
    parser.add_argument(
        "--fit", nargs="*", type=Path, metavar="CLAIMS", help="print the numbers of weighing.py that suit these"
    )
    given = parser.parse_args()
    model = LoadedModel(Path("var") / "models", CLAIMS)
    own = [*measured(kept_out(), model)]
    sets = {"written, kept out": own} | {str(file): [*measured(about_articles(file), model)] for file in given.claims}
    if given.wice:
        sets["WiCE"] = [*measured(from_wice(given.wice), model)]
    show(sets)
    if given.fit is not None:
        *weights, bias = fitted([own, *([*measured(about_articles(file), model)] for file in given.fit)])
        console.print(f"_BIAS, _WEIGHTS = {bias:.2f}, ({', '.join(f'{one:.2f}' for one in weights)})")


if __name__ == "__main__":
    main()
