"""Asks questions with known answers in the terminal: those of an evaluation set, and moderators' decisions."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from footnote.evaluation import (
    AnswerQuality,
    DecisionOutcome,
    GoldQuestion,
    Quality,
    Regression,
    Score,
    held,
    is_exact,
    metrics_of,
    score,
)
from footnote.models import Abstention, Answer
from footnote.models.collections import EVERYTHING
from footnote_bot.citation_format import counted, on_one_line
from footnote_bot.json_form import Json
from footnote_bot.settings import Settings
from footnote_bot.terminal.builds import build, warn
from footnote_bot.terminal.progress import ANSWERING, Step, tracked

if TYPE_CHECKING:
    from footnote_bot.app import Footnote

_ASKING_AGAIN = Step("Asking again", "question", "asked")

_SHARES = {
    "any4": ("any@4", "answerable: a gold sentence is in the first 4 passages"),
    "any10": ("any@10", "answerable: one is in the first 10"),
    "share10": ("share@10", "gold sentences that are in the first 10 passages"),
    "answered": ("answered", "answerable: there is an answer"),
    "cites_gold": ("cites gold", "answerable: the answer cites a gold sentence"),
    "precision": ("precision", "cited sentences that are gold"),
    "abstained": ("abstained", "unanswerable: there is no answer"),
    "auc": ("AUC", "an answerable question has the higher confidence"),
}
"""For each share of the metrics, its name and what it is a share of."""


def settings_for(folder: Path, settings: Settings) -> Settings:
    """Uses an index of the set's articles, which is kept in the data folder for the next time.

    Never on a Chroma server, where it would replace the index that others answer from, and without a bot's database,
    whose verified answers should not be measured.
    """
    place = folder.resolve()
    name = f"{place.name}-{hashlib.sha256(str(place).encode()).hexdigest()[:8]}"
    folders = {"articles": place / "articles", "data": settings.data / "eval" / name}
    return settings.model_copy(update={**folders, "chroma_url": None, "database_url": None})


async def measure(console: Console, footnote: Footnote, questions: Sequence[GoldQuestion]) -> AnswerQuality:
    """Brings the index up to date and asks. Progress goes to the console."""
    await build(console, footnote, may_shrink=True)
    return metrics_of([await _scored(footnote, one) for one in tracked(console, questions, ANSWERING)])


async def ask_again(
    console: Console, footnote: Footnote, regressions: Sequence[Regression]
) -> list[tuple[Regression, DecisionOutcome]]:
    """Each decision with what became of it, in the same order."""
    return [
        (one, held(one, await footnote.answering.ask(one.question)))
        for one in tracked(console, regressions, _ASKING_AGAIN)
    ]


def show_metrics(console: Console, name: str, metrics: AnswerQuality) -> None:
    console.print(Text(on_one_line(f"{name}: {metrics.questions:,} questions, {metrics.answerable:,} answerable")))
    rows = Table.grid(padding=(0, 2))
    for share, (short, meaning) in _SHARES.items():
        rows.add_row(short, _share(getattr(metrics, share)), Text(meaning, style="dim"))
    rows.add_row("citations", f"{metrics.citations:,}", Text(f"{metrics.exact:,} of them exact", style="dim"))
    for answerer, answers in metrics.answerers.items():
        told = f"by {on_one_line(answerer)}: {_told(metrics.quality[answerer])}"
        rows.add_row("answers", f"{answers:,}", Text(told, style="dim"))
    for note, outcomes in metrics.notes.items():
        rows.add_row("note", f"{outcomes:,}", Text(note, style="dim"))
    for check, claims in metrics.dropped.items():
        rows.add_row("dropped", f"{claims:,}", Text(f"claims that failed the check “{check}”", style="dim"))
    console.print(rows)


def _told(quality: Quality) -> str:
    gold, precision = _share(quality.cites_gold), _share(quality.precision)
    return f"{gold} cite gold, {precision} of their sentences are; {quality.to_unanswerable:,} unanswerable"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def show_findings(console: Console, findings: Sequence[tuple[Regression, DecisionOutcome]]) -> None:
    """Each decision that no longer holds, and how many do."""
    for regression, finding in findings:
        if finding is not DecisionOutcome.HELD:
            warn(console, f"No longer holds: {regression.question} ({finding.value})")
    holding = sum(finding is DecisionOutcome.HELD for _, finding in findings)
    decisions = counted(len(findings), "decision")
    console.print(Text(f"{holding:,} of {decisions} of moderators still {'holds' if holding == 1 else 'hold'}."))


def metrics_json(name: str, split: str, metrics: AnswerQuality) -> Json:
    """As `footnote eval SET_DIR --json` prints it."""
    return {"set": name, "split": split} | asdict(metrics)


def findings_json(findings: Sequence[tuple[Regression, DecisionOutcome]]) -> Json:
    """Each question with "held" or what is wrong."""
    return {"decisions": [{"question": one.question, "finding": finding.value} for one, finding in findings]}


async def _scored(footnote: Footnote, question: GoldQuestion) -> Score:
    outcome = await footnote.answering.ask(question.text)
    return score(question, outcome, exact=await _exact(footnote, outcome))


async def _exact(footnote: Footnote, outcome: Answer | Abstention) -> int:
    return sum(
        [is_exact(one, await footnote.index.article(one.article_id, readable=EVERYTHING)) for one in outcome.citations]
    )
