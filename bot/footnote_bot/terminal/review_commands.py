"""`footnote review ...`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import AsJson

app = Commands(no_args_is_help=True, help="Look at recorded answers, also while a bot runs.")

Days = Annotated[int | None, typer.Option(min=1, max=36500, help="How many days to look back. Default: all.")]


@app.command("list")
def list_answers(
    *,
    state: Annotated[str, typer.Option(help="open, held, flagged, decided or expired.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=10**9, help="How many to show at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each.")] = False,
) -> None:
    """Answers that are waiting for a verdict, oldest first."""
    from footnote.records.overview import QueueState
    from footnote_bot.terminal.reviews import show_queue
    from footnote_bot.terminal.session import open_session, run_until_stopped

    try:
        chosen = QueueState(state)
    except ValueError as error:
        raise typer.BadParameter(f"--state must be one of {', '.join(QueueState)}.") from error
    session = open_session()
    run_until_stopped(show_queue(session.out, session.settings, chosen, limit=limit, as_json=as_json))


@app.command()
def stats(
    *,
    days: Days = None,
    as_json: AsJson = False,
    plot: Annotated[Path | None, typer.Option(help="Also draw it as a PNG file.")] = None,
) -> None:
    """Show statistics of answers and verdicts, and what the articles do not answer."""
    from footnote_bot.terminal.reviews import show_statistics
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()
    run_until_stopped(show_statistics(session.out, session.settings, days=days, plot=plot, as_json=as_json))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="A name that ends with .jsonl or .csv.")], *, days: Days = None
) -> None:
    """Write answers and verdicts to a file."""
    from footnote_bot.terminal import reviews
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()
    run_until_stopped(reviews.export(session.err, session.settings, file, days=days))


@app.command()
def why(
    answer: Annotated[int, typer.Argument(min=1, max=10**15, help="Its number: 12 for #12.")],
) -> None:
    """How an answer was made: what was found, checked and dropped."""
    from footnote_bot.terminal.reviews import show_why
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()
    run_until_stopped(show_why(session.out, session.settings, answer))
