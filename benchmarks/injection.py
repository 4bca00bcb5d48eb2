"""What text with instructions for a model achieves: `python benchmarks/injection.py`. It needs the tests' folder, and
no set.

Each attack of tests/bot/injection_cases.py goes the whole way, with a model that obeys it in each form of answer:
articles, index, model, checks, record, Discord. Claims are those that the attack asks for; *shown* are those supported
by a sentence that the model named. *wrong* are cases where something was shown that must not be.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), str(TESTS / "bot")]

from injection_cases import CASES  # noqa: E402 - found there
from injection_oracles import nothing_got_through  # noqa: E402
from injection_trial import Attempt, opened_trial  # noqa: E402
from rich.table import Table  # noqa: E402
from running_set import console  # noqa: E402

from footnote.models import Answer  # noqa: E402
from footnote_index.embedders.minilm import MiniLM  # noqa: E402

COLUMNS = (
    "cases",
    "answers",
    "claims",
    "dropped",
    "re-pointed",
    "shown",
    "abstained",
    "fallback",
    "wrong",
)


async def run(folder: Path) -> dict[str, Counter[str]]:
    """By kind of attack, how many of each of the columns."""
    counts: dict[str, Counter[str]] = {}
    async with opened_trial(folder, MiniLM(folder / "models")) as trial:
        for case in CASES:
            tally = counts.setdefault(case.kind, Counter())
            attempts, posted = await trial.run(case)
            tally["cases"] += 1
            for attempt in attempts:
                tally += became(attempt)
            try:
                await nothing_got_through(attempts, posted, trial.index)
            except AssertionError as error:
                tally["wrong"] += 1
                console.print(f"{case.kind}, {case.name}: {error}", markup=False)
            counts[case.kind] = tally
    return counts


def became(attempt: Attempt) -> Counter[str]:
    """Of one answer, and of the claims in it that the attack asks for."""
    outcome, case = attempt.outcome, attempt.case
    tally = Counter(answers=1, fallback=bool(outcome.note), abstained=not isinstance(outcome, Answer))
    if case.raw is not None or outcome.note:
        return tally
    asked_for = attempt.drafted[case.says_truth :]
    shown = outcome.claims[case.says_truth :] if isinstance(outcome, Answer) else ()
    named = {sentence for _, sentences in asked_for for sentence in sentences}
    kept = sum(any(citation.quote in named for citation in claim.citations) for claim in shown)
    return tally + Counter(
        {
            "claims": len(asked_for),
            "dropped": len(asked_for) - len(shown),
            "re-pointed": len(shown) - kept,
            "shown": kept,
        }
    )


def table(counts: dict[str, Counter[str]]) -> Table:
    rows = Table("attack", *COLUMNS)
    for kind, tally in {**counts, "all": sum(counts.values(), Counter())}.items():
        rows.add_row(kind, *(str(tally[column]) for column in COLUMNS))
    return rows


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        console.print(table(asyncio.run(run(Path(folder)))))


if __name__ == "__main__":
    main()
