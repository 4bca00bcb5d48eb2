"""Which claims are shown: `python benchmarks/claims.py [CLAIMS_JSONL --articles DIR] [--wice WICE_JSONL] [--fit]`.

Each line of CLAIMS_JSONL is a claim as a good model may write it: `question`, `claim`, `cited` (`article`, `sentence`),
`right`, `kind`. A scripted model drafts it for its question, and the whole way of an answer follows: retrieval, the
reader, the checks, the trained reader's look at it. Right ones should be shown, wrong ones caught. A question whose
answer the index is not sure of is asked even so. With --all-keys, each claim names every sentence that is offered.

--wice reads WiCE (Kamoi et al. 2023, arXiv:2303.01432): claims with evidence sentences, supported or not. How well the
weighing tells them apart; --fit prints the numbers of weighing.py that would do so best.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.table import Table
from running_set import console, settings_for

from footnote.adapters.reader import TrainedModel
from footnote.answering.checking import Checking
from footnote.answering.pipeline import Answering
from footnote.checks import QuotedSource, support
from footnote.evaluation import area_under_curve, squeeze
from footnote.grounding import weighing
from footnote.grounding.claims import READER
from footnote.models import Answer, Candidate, CheckedClaim, Entailment, Evidence
from footnote.ports import Asker, Draft, DraftClaim, OnClaims
from footnote_bot.app import Footnote, opened
from footnote_bot.terminal.builds import build

Row = Mapping[str, Any]

CUTS = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75)


@dataclass
class Scripted:
    """Implements `Answerer`: drafts one claim, naming the sentences that are offered of those it cites."""

    claim: str
    cited: Sequence[str]
    names_all: bool = False
    name: str = "scripted"
    missing: int = 0

    async def draft(
        self,
        question: str,  # noqa: ARG002
        candidates: Mapping[str, Candidate],
        *,
        asker: Asker | None = None,  # noqa: ARG002
        on_claims: OnClaims | None = None,  # noqa: ARG002
    ) -> Draft:
        keys = [key for key, one in candidates.items() if squeeze(one.quote) in self.cited]
        self.missing = len(self.cited) - len(keys)
        return Draft((DraftClaim(self.claim, tuple(candidates if self.names_all else keys)),), self.name)


@dataclass(frozen=True, slots=True)
class Result:
    row: Row
    checked: CheckedClaim | None
    missing: int

    @property
    def is_shown(self) -> bool:
        return self.checked is not None and self.checked.fate.value != "dropped"


async def claims(rows: Sequence[Row], articles: Path, *, all_keys: bool) -> list[Result]:
    with tempfile.TemporaryDirectory() as data:
        settings = settings_for(articles.parent, data).model_copy(update={"articles": articles})
        async with opened(settings) as footnote:
            await build(console, footnote)
            checking = Checking(entailer=TrainedModel(Path(data) / "models"))
            return [await _tried(row, footnote, checking, all_keys) for row in rows]


async def _tried(row: Row, footnote: Footnote, checking: Checking, all_keys: bool) -> Result:
    model = Scripted(row["claim"], [squeeze(one["sentence"]) for one in row["cited"]], all_keys)
    answering = Answering(footnote.index, footnote.reader, model, abstain_below=0.0, checking=checking)
    outcome = await answering.ask(row["question"])
    checked = next((one for one in outcome.receipt.checked if one.text == row["claim"]), None)
    assert isinstance(outcome, Answer) or checked is None
    return Result(row, checked, model.missing)


def show_claims(results: Sequence[Result]) -> None:
    table = Table("", "kind", "became", "failed", "support", "not offered", "claim")
    for one in results:
        if one.is_shown != one.row["right"]:
            fate, failed, carried = _of(one.checked)
            table.add_row(
                "right" if one.row["right"] else "WRONG", one.row["kind"], fate, failed, carried, str(one.missing),
                one.row["claim"],
            )  # fmt: skip
    console.print(table)
    right = [one for one in results if one.row["right"]]
    wrong = [one for one in results if not one.row["right"]]
    console.print(f"right ones shown: {sum(one.is_shown for one in right)} of {len(right)}")
    console.print(f"wrong ones caught: {sum(not one.is_shown for one in wrong)} of {len(wrong)}")
    for cut in CUTS:
        kept, caught = sum(_is_over(one, cut) for one in right), sum(not _is_over(one, cut) for one in wrong)
        console.print(f"if a chance of {cut:.2f} were enough: {kept} shown, {caught} caught")
    caught_by = Counter(one.checked.failed for one in wrong if one.checked and not one.is_shown)
    console.print("caught by: " + ", ".join(f"{name} {count}" for name, count in caught_by.most_common()))


def _is_over(one: Result, cut: float) -> bool:
    """Whether it would be shown if that chance were enough: the checks still decide."""
    if one.checked is None or not (one.is_shown or one.checked.failed == READER):
        return False
    return one.checked.support >= cut


def _of(checked: CheckedClaim | None) -> tuple[str, str, str]:
    if checked is None:
        return "not drafted", "", ""
    return checked.fate.value, checked.failed or "", f"{checked.support:.2f}"


def weigh(file: Path, *, fit: bool) -> None:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    labels = np.array([row["label"] == "supported" for row in rows])
    words = [support(row["claim"], [QuotedSource(quote, row["article_title"] or "") for quote in row["evidence"]])
             for row in rows]  # fmt: skip
    read, milliseconds = _read(rows)
    signs = np.array([_signs(share, one) for share, one in zip(words, read, strict=True)])
    weighed = [weighing.chance(share, one) for share, one in zip(words, read, strict=True)]
    table = Table("WiCE", "AUC", "best balanced accuracy")
    for name, scores in (("words", words), ("reader", [one.supported for one in read]), ("weighed", weighed)):
        table.add_row(
            name, f"{area_under_curve([*zip(scores, labels, strict=True)]):.3f}", f"{_balanced(scores, labels):.3f}"
        )
    console.print(table)
    console.print(f"{milliseconds:.1f} ms a claim")
    if fit:
        *weights, bias = _fitted(signs, labels)
        console.print(
            f"_BIAS, _WORDS, _SUPPORTED, _CONTRADICTED = {bias:.2f}, " + ", ".join(f"{one:.2f}" for one in weights)
        )
        chances = 1 / (1 + np.exp(-(signs @ weights + bias)))
        console.print(f"with them: AUC {area_under_curve([*zip(chances, labels, strict=True)]):.3f}, "
                      f"balanced accuracy {_balanced([*chances], labels):.3f}")  # fmt: skip


def _read(rows: Sequence[Row]) -> tuple[Sequence[Entailment], float]:
    with tempfile.TemporaryDirectory() as models:
        model = TrainedModel(Path(models))
        evidence = [Evidence(row["article_title"] or "", tuple(row["evidence"])) for row in rows]
        asyncio.run(model.entail([rows[0]["claim"]], evidence[:1]))
        began = perf_counter()
        said = asyncio.run(model.entail([row["claim"] for row in rows], evidence))
        return said, (perf_counter() - began) * 1000 / len(rows)


def _signs(words: float, read: Entailment) -> tuple[float, float, float]:
    return words, weighing.logit(read.supported), weighing.logit(read.contradicted)


def _balanced(scores: Sequence[float], labels: NDArray[np.bool_]) -> float:
    values = np.array(scores)
    yes, no = values[labels], values[~labels]
    return float(max((np.mean(yes >= cut) + np.mean(no < cut)) / 2 for cut in np.unique(values)))


def _fitted(signs: NDArray[np.float64], labels: NDArray[np.bool_]) -> Iterator[float]:
    """Logistic regression with a little ridge, by Newton's method; both labels count alike."""
    inputs = np.column_stack([signs, np.ones(len(signs))])
    share = np.where(labels, 0.5 / labels.mean(), 0.5 / (1 - labels.mean()))
    ridge = np.diag([1.0] * signs.shape[1] + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (share * (chances - labels)) + ridge @ weights
        curvature = (inputs * (share * chances * (1 - chances))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(curvature, gradient)
    return iter(weights.tolist())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", nargs="?", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("articles"))
    parser.add_argument("--all-keys", action="store_true")
    parser.add_argument("--wice", type=Path)
    parser.add_argument("--fit", action="store_true", help="print the best weights for --wice")
    arguments = parser.parse_args()
    if arguments.claims:
        rows = [json.loads(line) for line in arguments.claims.read_text(encoding="utf-8").splitlines()]
        show_claims(asyncio.run(claims(rows, arguments.articles, all_keys=arguments.all_keys)))
    if arguments.wice:
        weigh(arguments.wice, fit=arguments.fit)


if __name__ == "__main__":
    main()
