"""The `footnote` command. Heavy parts are imported where they are used, so that --help answers at once."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from footnote.errors import FootnoteError
from footnote_bot.citation_format import on_one_line
from footnote_bot.terminal.own_command import typeable

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
index_app = typer.Typer(no_args_is_help=True, help="Build the index of the articles, and look at it.")
app.add_typer(index_app, name="index")
review_app = typer.Typer(no_args_is_help=True, help="Look at answers on record, also while a bot runs.")
app.add_typer(review_app, name="review")

UpToDate = Annotated[bool, typer.Option("--build", help="First bring the index up to date with the articles.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Since = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published then or later.")]
Days = Annotated[
    int | None, typer.Option(min=1, max=36500, help="Only what was asked in the last days; all when left out.")
]
Until = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only articles published then or earlier.")]


def main() -> None:
    """Errors leave as one line and exit code 1, never as a traceback (unless LOG_LEVEL=DEBUG)."""
    os.umask(0o077)  # questions, answers and articles are for whoever runs Footnote, not for all users of the machine
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without UTF-8 shows ? for what it cannot show
    try:
        app()
    except FootnoteError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            raise
        _fail(f"Something unexpected happened ({type(error).__name__}: {error}). LOG_LEVEL=DEBUG shows where.")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"footnote {version('footnote')}")
        raise typer.Exit


@app.callback()
def footnote(
    *, _version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True)] = False
) -> None:
    """Answers questions about your articles and cites the source sentence of everything it says."""


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What do you want to know?")] = None,
    *,
    as_json: AsJson = False,
    since: Since = None,
    until: Until = None,
    batch: Annotated[Path | None, typer.Option(help="Answer each line of this JSONL file (id, question).")] = None,
    out: Annotated[Path | None, typer.Option(help="Where --batch writes its answers.")] = None,
    build: UpToDate = False,
) -> None:
    """Answer one question, or a file of them."""
    if since and until and since > until:
        raise typer.BadParameter("--since is later than --until.")
    if (question is None) == (batch is None) or (batch is None) != (out is None):
        raise typer.BadParameter("Give either a question, or --batch with --out.")
    from footnote_bot.terminal import commands

    if batch and out:
        commands.ask_batch(batch, out, since=_day(since), until=_day(until), up_to_date=build)
    elif question and question.strip():
        commands.ask(question, since=_day(since), until=_day(until), up_to_date=build, as_json=as_json)
    else:
        raise typer.BadParameter("The question is empty.")


@app.command()
def chat(*, build: UpToDate = False) -> None:
    """Ask in the terminal, as often as you like."""
    from footnote_bot.terminal import commands

    commands.chat(up_to_date=build)


@app.command()
def bot(*, build: UpToDate = False) -> None:
    """Answer in Discord. Without DISCORD_TOKEN, in the terminal."""
    from footnote_bot.terminal import commands

    commands.bot(up_to_date=build)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write: footnote-2026-03-01.tar.gz, say.")]) -> None:
    """Put the live index and the database into one file, also while a bot runs.

    The articles folder, .env and earlier generations are not in it: the articles are yours to keep.
    """
    from footnote_bot.terminal import commands

    commands.backup(file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What `footnote backup` wrote.")],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where there is an index or answers: they are moved aside, not deleted.")
    ] = False,
) -> None:
    """Put the index and the database of a backup in place, in SQLite or PostgreSQL. Stop the bot first."""
    from footnote_bot.terminal import commands

    commands.restore(file, yes=yes)


@app.command("eval")
def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[SET_DIR]", help="Articles and questions with known answers; moderators' decisions when left out."
        ),
    ] = None,
    *,
    split: Annotated[str, typer.Option(help="Ask questions.SPLIT.jsonl.")] = "dev",
    limit: Annotated[int | None, typer.Option(min=1, help="Ask so many, drawn at random; the same each time.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the questions of an evaluation set, and measure the answers. The set has an index of its own.

    Without one, ask again what moderators have decided. Exit code 1 when a decision does not hold.
    """
    from footnote_bot.terminal import commands

    if folder is None:
        commands.ask_decisions_again(as_json=as_json)
    else:
        commands.evaluate(folder, split=split, limit=limit, as_json=as_json)


@index_app.command("build")
def index_build(
    folder: Annotated[Path | None, typer.Argument(help="The articles; FOOTNOTE_ARTICLES when left out.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Build anew even when nothing has changed.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask: pay for vectors, and lose more than a quarter of the articles.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say of each article how much text its file holds, and was kept.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read the articles and make a new generation of the index, unless nothing has changed."""
    from footnote_bot.terminal import commands

    commands.index_build(folder, dry_run=dry_run, full=full, yes=yes, verbose=verbose, as_json=as_json)


@index_app.command("status")
def index_status(
    *,
    skipped: Annotated[
        bool,
        typer.Option("--skipped", help="List all that the last build skipped, left out, could not fetch or doubts."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What is live, and what it can be rolled back to."""
    from footnote_bot.terminal import commands

    commands.index_status(skipped=skipped, as_json=as_json)


@index_app.command("sources")
def index_sources() -> None:
    """What sources.yaml names, how much of it was fetched, and what the trouble is."""
    from footnote_bot.terminal import commands

    commands.index_sources()


@index_app.command("verify")
def index_verify(*, as_json: AsJson = False) -> None:
    """Check that the live generation is what was built. Exit code 1 when it is not."""
    from footnote_bot.terminal import commands

    commands.index_verify(as_json=as_json)


@index_app.command("rollback")
def index_rollback(
    generation: Annotated[
        str | None, typer.Argument(help="One of `index status`; the one before when left out.")
    ] = None,
) -> None:
    """Make an earlier generation the live one again."""
    from footnote_bot.terminal import commands

    commands.index_rollback(generation)


@index_app.command("gc")
def index_gc() -> None:
    """Delete old generations, what killed builds left, and vectors that no generation uses. Frees disk."""
    from footnote_bot.terminal import commands

    commands.index_gc()


@index_app.command("show")
def index_show(
    article: Annotated[str, typer.Argument(help="Its path below the articles folder, as citations give it.")],
) -> None:
    """Print an article's text exactly as citations count in it."""
    from footnote_bot.terminal import commands

    commands.index_show(article)


@review_app.command("list")
def review_list(
    *,
    state: Annotated[str, typer.Option(help="open, held, flagged, decided or expired.")] = "open",
    limit: Annotated[int, typer.Option(min=1, max=10**9, help="How many at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each.")] = False,
) -> None:
    """Answers that wait for a verdict, oldest first."""
    from footnote.overview import QueueState
    from footnote_bot.terminal import commands

    try:
        chosen = QueueState(state)
    except ValueError as error:
        raise typer.BadParameter(f"--state is one of {', '.join(QueueState)}.") from error
    commands.review_list(chosen, limit=limit, as_json=as_json)


@review_app.command("stats")
def review_stats(
    *,
    days: Days = None,
    as_json: AsJson = False,
    plot: Annotated[Path | None, typer.Option(help="Also draw it into this PNG file.")] = None,
) -> None:
    """Answers, verdicts, and what is missing."""
    from footnote_bot.terminal import commands

    commands.review_stats(days=days, plot=plot, as_json=as_json)


@review_app.command("export")
def review_export(
    file: Annotated[Path, typer.Argument(help="A name that ends with .jsonl or .csv.")], *, days: Days = None
) -> None:
    """Write answers and verdicts to a file."""
    from footnote_bot.terminal import commands

    commands.review_export(file, days=days)


@review_app.command("why")
def review_why(
    answer: Annotated[int, typer.Argument(min=1, max=10**15, help="Its number: 12 for #12.")],
) -> None:
    """How an answer came about: what was found, checked and dropped."""
    from footnote_bot.terminal import commands

    commands.review_why(answer)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _fail(message: str) -> NoReturn:
    print(f"footnote: {on_one_line(typeable(message))}", file=sys.stderr)  # noqa: T201 - the terminal is this module's output
    sys.exit(1)
