"""Tells right claims from wrong ones beside what they cite: `benchmarks/weigh.py [CLAIMS ...] [--wice FILE]`.

No retrieval, no question: each claim with its sentences, as `footnote.grounding.weighing` weighs it. The claims of
`training/written` that are kept out of training are always measured. CLAIMS are files of lines with `claim`, `cited`
(`article`, `sentence`) and `right`; their articles are in the folder `articles` beside them. --wice reads WiCE (Kamoi
et al. 2023, arXiv:2303.01432): claims with evidence sentences, supported or not.

--fit prints the numbers of weighing.py that suit the kept-out claims and the first CLAIMS best.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from running_set import console

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

import written

from footnote.adapters.reader.model import LoadedModel
from footnote.checks import EXACT, SENSE, QuotedSource, failed_checks, support
from footnote.evaluation import area_under_curve
from footnote.grounding import weighing
from footnote.models import Article, Evidence
from footnote_index.loaders.dates import day_in
from footnote_index.loaders.folder import find_articles, read_articles

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim beside what it cites, and whether that supports it."""

    claim: str
    sources: Sequence[QuotedSource]
    header: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """`is_exact`: it passes the checks that no claim may fail."""

    signs: tuple[float, float, float, float, float]
    is_exact: bool
    is_right: bool
    chance: float
    supported: float


def kept_out() -> Iterator[Judged]:
    for claim in written.claims(kept_out=True):
        title, _, day = claim.header.rpartition(" · ")
        before = ("", *claim.evidence)
        sources = [
            QuotedSource(quote, title, day_in(day), before[number]) for number, quote in enumerate(claim.evidence)
        ]
        yield Judged(claim.text, sources, claim.header, claim.verdict == written.SUPPORTED)


def about_articles(file: Path) -> Iterator[Judged]:
    folder = file.parent / "articles"
    articles = {one.id: one for one in read_articles(find_articles(folder), folder) if isinstance(one, Article)}
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        cited = [(articles[one["article"]], one["sentence"]) for one in row["cited"]]
        sources = [QuotedSource(sentence, article.title, article.published) for article, sentence in cited]
        yield Judged(row["claim"], sources, _header(cited[0][0]), row["right"])


def _header(article: Article) -> str:
    day = article.published
    return f"{article.title} · {day.day} {day:%B %Y}" if day else article.title


def from_wice(file: Path) -> Iterator[Judged]:
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        title = row["article_title"] or ""
        yield Judged(
            row["claim"], [QuotedSource(one, title) for one in row["evidence"]], title, row["label"] == "supported"
        )


def measured(claims: Iterable[Judged], model: LoadedModel) -> Iterator[Measured]:
    for one in claims:
        (read,) = model.entail([one.claim], [Evidence(one.header, tuple(source.quote for source in one.sources))])
        words = support(one.claim, one.sources)
        against = [*failed_checks(one.claim, one.sources, among=SENSE)]
        signs = weighing.signs(words, read, against)
        is_exact = next(failed_checks(one.claim, one.sources, among=EXACT), None) is None
        yield Measured(signs, is_exact, one.is_right, weighing.chance(words, read, against), read.supported)


def show(sets: Mapping[str, Sequence[Measured]], *, with_exact: Mapping[str, bool]) -> None:
    table = Table(
        "claims", "", "AUC by words", "by the reader", "weighed", "right shown", "wrong caught", "balanced, best cut"
    )
    for name, found in sets.items():
        right = np.array([one.is_right for one in found])
        chances = np.array([one.chance * (one.is_exact or not with_exact[name]) for one in found])
        by = [[one.signs[0] for one in found], [one.supported for one in found], chances.tolist()]
        shown = chances >= weighing.ENOUGH
        table.add_row(
            name, str(len(found)), *(f"{area_under_curve([*zip(scores, right, strict=True)]):.3f}" for scores in by),
            f"{shown[right].mean():.2f}", f"{1 - shown[~right].mean():.2f}", f"{_balanced(chances, right):.3f}",
        )  # fmt: skip
    console.print(table)


def _balanced(scores: Array, right: NDArray[np.bool_]) -> float:
    return float(max((np.mean(scores[right] >= cut) + np.mean(scores[~right] < cut)) / 2 for cut in np.unique(scores)))


def fitted(sets: Sequence[Sequence[Measured]]) -> Array:
    """Logistic regression with a little ridge, by Newton's method; sets, and right and wrong in them, count alike."""
    kept = [[one for one in found if one.is_exact] for found in sets]
    inputs = np.array([[*one.signs, 1.0] for found in kept for one in found])
    right = np.array([one.is_right for found in kept for one in found])
    share = np.concatenate([_shares(np.array([one.is_right for one in found])) for found in kept])
    ridge = np.diag([1.0] * (inputs.shape[1] - 1) + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(100):
        chances = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        gradient = inputs.T @ (share * (chances - right)) + ridge @ weights
        curvature = (inputs * (share * chances * (1 - chances))[:, None]).T @ inputs + ridge
        weights -= 0.7 * np.linalg.solve(curvature, gradient)
    return weights


def _shares(right: NDArray[np.bool_]) -> Array:
    """A set counts by the root of its size: a small one is not lost, and does not decide."""
    size = len(right) ** 0.5 * 10
    shares: Array = np.where(right, size / 2 / right.sum(), size / 2 / (~right).sum())
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="*", type=Path)
    parser.add_argument("--wice", type=Path)
    parser.add_argument("--fit", action="store_true", help="print the best numbers for weighing.py")
    given = parser.parse_args()
    model = LoadedModel(Path("var") / "models")
    sources = {"written, kept out": kept_out(), **{file.stem: about_articles(file) for file in given.claims}}
    if given.wice:
        sources["WiCE"] = from_wice(given.wice)
    began = perf_counter()
    sets = {name: [*measured(claims, model)] for name, claims in sources.items()}
    milliseconds = (perf_counter() - began) * 1000 / sum(map(len, sets.values()))
    show(sets, with_exact={name: name != "WiCE" for name in sets})
    console.print(f"{milliseconds:.1f} ms a claim, with all checks")
    if given.fit:
        *weights, bias = fitted([*sets.values()][:2])
        console.print(f"_BIAS = {bias:.2f}, _WEIGHTS = ({', '.join(f'{one:.2f}' for one in weights)})")


if __name__ == "__main__":
    main()
