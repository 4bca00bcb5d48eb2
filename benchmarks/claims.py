"""Which claims are shown: `python benchmarks/claims.py CLAIMS_JSONL [--articles DIR] [--all-keys]`.

Each line of CLAIMS_JSONL is a claim as a good model may write it: `question`, `claim`, `cited` (`article`, `sentence`),
`right`, `kind`. A scripted model drafts it for its question, and the whole way of an answer follows: retrieval, the
reader, the checks, the trained reader's look at it. Right ones should be shown, wrong ones caught. A question whose
answer the index is not sure of is asked even so. With --all-keys, each claim names every sentence that is offered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table
from running_set import console, settings_for

from footnote.adapters.reader import TrainedModel
from footnote.answering.checking import Checking
from footnote.answering.pipeline import Answering
from footnote.evaluation import squeeze
from footnote.grounding.claims import READER
from footnote.models import Answer, Candidate, CheckedClaim
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("articles"))
    parser.add_argument("--all-keys", action="store_true")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.claims.read_text(encoding="utf-8").splitlines()]
    show_claims(asyncio.run(claims(rows, arguments.articles, all_keys=arguments.all_keys)))


if __name__ == "__main__":
    main()
