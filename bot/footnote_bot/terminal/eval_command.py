"""`footnote eval`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from footnote.errors import NothingDecided
from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import AsJson

app = Commands()


@app.command("eval")
def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SET_DIR]",
            help="A folder of articles and questions with known answers. Without it: moderators' decisions.",
        ),
    ] = None,
    *,
    split: Annotated[str, typer.Option(help="Ask questions.SPLIT.jsonl.")] = "dev",
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask this many questions, chosen at random but the same each time.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the questions of an evaluation set, and measure the answers. The set has its own index.

    Without a set, test moderators' decisions again. Exit code 1 if a decision no longer holds.
    """
    if folder is None:
        _ask_decisions_again(as_json=as_json)
    else:
        _evaluate(folder, split=split, limit=limit, as_json=as_json)


def _evaluate(folder: Path, *, split: str, limit: int | None, as_json: bool) -> None:
    from footnote_bot.terminal import evaluation
    from footnote_bot.terminal.evaluation_sets import read_questions
    from footnote_bot.terminal.session import open_session, run_until_stopped

    questions = read_questions(folder, split=split, limit=limit)
    session = open_session()
    settings = evaluation.settings_for(folder, session.settings)
    name = folder.resolve().name

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(settings) as footnote:
            metrics = await evaluation.measure(session.err, footnote, questions)
        if as_json:
            session.print_json(evaluation.metrics_json(name, split, metrics))
        else:
            evaluation.show_metrics(session.out, name, metrics)

    run_until_stopped(work())


def _ask_decisions_again(*, as_json: bool) -> None:
    from footnote.evaluation import DecisionOutcome
    from footnote_bot.terminal import evaluation
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()

    async def work() -> None:
        from footnote_bot.app import opened
        from footnote_bot.decided_questions import regressions

        async with opened(session.settings, recalls=False) as footnote:
            decided = await regressions(footnote.stores.reviewed, footnote.index) if footnote.stores else ()
            if not decided:
                raise NothingDecided
            findings = await evaluation.ask_again(session.err, footnote, decided)
        if as_json:
            session.print_json(evaluation.findings_json(findings))
        else:
            evaluation.show_findings(session.out, findings)
        if not all(finding is DecisionOutcome.HELD for _, finding in findings):
            sys.exit(1)

    run_until_stopped(work())
