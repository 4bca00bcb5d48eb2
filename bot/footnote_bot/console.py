"""The console face: answers in the terminal, with superscript footnotes and the sentences they stand for."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from footnote.conversation import LONGEST_CONVERSATION
from footnote.errors import FootnoteError, WouldShrink
from footnote.models import Abstention, Answer, Citation
from footnote.ports import Drafting, OnDrafting, Turn
from footnote.questions import clean_question
from footnote_bot.notation import annotated, byline, on_one_line, page_marks, priced, superscript
from footnote_index.reports import BuildReport, Difference, Expense, Forecast, Stage, Status
from footnote_index.reports import Progress as BuildProgress

if TYPE_CHECKING:
    from footnote_bot.app import Footnote
    from footnote_index.garbage import Freed
    from footnote_index.sources.overview import SourceState

_SHOWN = 10
_NAMES_SHOWN = 20
_FINDINGS_SHOWN = 20

HELP = (
    "Ask about the articles. /rebuild reads them again, /new begins a new conversation, /help says this, "
    "/quit (or Ctrl-D) leaves."
)


def show_outcome(console: Console, outcome: Answer | Abstention) -> None:
    """Everything goes out as plain text: what an article says can neither style nor steer the terminal."""
    if outcome.receipt.understood:
        console.print(Text(on_one_line(f"Understood as: {outcome.receipt.understood}"), style="dim"))
    if isinstance(outcome, Answer):
        console.print(Text(on_one_line(annotated(outcome.claims)), style="bold"))
    else:
        console.print(Text(outcome.text, style="bold yellow"))
    if outcome.note:
        console.print(Text(outcome.note, style="dim"))
    if isinstance(outcome, Abstention) and outcome.nearest:
        console.print(Text("Closest in the articles:"))
    for citation in outcome.citations:
        _show_citation(console, citation)


def _show_citation(console: Console, citation: Citation) -> None:
    console.print()
    console.print(Padding(Text(f"{superscript(citation.number)} “{on_one_line(citation.quote)}”"), (0, 0, 0, 2)))
    about = " · ".join(filter(None, [citation.title, byline(citation), citation.article_id, page_marks([citation])]))
    console.print(Padding(Text(on_one_line(about), style="dim"), (0, 0, 0, 4)))
    if citation.url:
        console.print(Text(f"    {on_one_line(citation.url)}", style="dim"), soft_wrap=True)  # whole, to be clicked


@contextmanager
def drafts(console: Console) -> Iterator[OnDrafting | None]:
    """Shows an answer while it is made, and takes that away again; None where nobody looks on."""
    if not console.is_terminal:
        yield None
        return
    with Live(console=console, transient=True) as live:
        yield lambda state: live.update(_draft(state), refresh=True)


def _draft(state: Drafting) -> Text:
    reading = f"Reading {state.passages} passage{'' if state.passages == 1 else 's'}…"
    return Text(on_one_line(f"{annotated(state.claims)} …") if state.claims else reading, style="dim")


def warn(console: Console, line: str) -> None:
    """Something that the user may want to mend, though the work goes on."""
    console.print(Text(on_one_line(line), style="yellow"))


def _warn_of_first(console: Console, lines: Sequence[str], what: str) -> None:
    for line in lines[:_SHOWN]:
        warn(console, line)
    if len(lines) > _SHOWN:
        warn(console, f"and {len(lines) - _SHOWN:,} more {what}.")


def show_report(console: Console, report: BuildReport) -> None:
    """What a build did, which articles it could not read or fetch or left out, and which should be looked at."""
    for skipped in report.skipped:
        warn(console, f"Skipped {skipped.article_id}: {skipped.reason}.")
    _warn_of_first(console, [f"Look at {one.article_id}: it holds {one.found}." for one in report.warned], "to look at")
    _warn_of_first(console, [f"Not fetched: {one.url}: {one.reason}." for one in report.not_fetched], "not fetched")
    _warn_of_first(
        console,
        [f"Left out {one.article_id}: the same text as {one.original_id}." for one in report.duplicates],
        "left out",
    )
    for failure in report.failed_canaries:
        warn(console, f"A canary question fails: {failure}.")
    _show_names(console, "No longer readable, and so no longer in the index", report.difference.unreadable)
    if not report.live:
        _show_difference(console, report.difference)
    changes = f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged"
    what = f"{report.articles:,} articles, {report.passages:,} passages, {report.sentences:,} sentences"
    state = f"Live: generation {report.generation}" if report.live else "Dry run: nothing was written"
    console.print(Text(f"{state}. {what} ({changes}) in {report.seconds:.1f} s.", style="green"))
    if report.forecast and not report.live:
        console.print(Text(_to_embed(report.forecast)))


def _show_difference(console: Console, difference: Difference) -> None:
    _show_names(console, "To be added", difference.added)
    _show_names(console, "Changed", difference.changed)
    _show_names(console, "To be removed", difference.removed)
    if difference.shrinks:
        lost = f"{len(difference.lost):,} of {difference.before:,} articles would be gone"
        warn(console, f"{lost}, which a build does not do unless somebody agrees, or with --yes.")


def _show_names(console: Console, what: str, names: Sequence[str]) -> None:
    if not names:
        return
    console.print(Text(f"{what}:"))
    for name in names[:_NAMES_SHOWN]:
        console.print(Text(f"  {on_one_line(name)}"), soft_wrap=True)
    if len(names) > _NAMES_SHOWN:
        console.print(Text(f"  and {len(names) - _NAMES_SHOWN:,} more"))


def _to_embed(forecast: Forecast) -> str:
    expense = f", {priced(forecast.expense)}" if forecast.expense else ""
    return f"To be embedded: {forecast.passages:,} passages{expense}."


def show_status(console: Console, status: Status, kept: Sequence[Status]) -> None:
    """The live generation, and those that it can be rolled back to."""
    console.print(Text(f"Generation {_dated(status)}"))
    console.print(Text(on_one_line(f"{_counts(status)}; embedder {status.embedder}; from {status.folder}")))
    for other in kept:
        console.print(Text(on_one_line(f"Kept: {_dated(other)}: {_counts(other)}; embedder {other.embedder}")))


def show_rollback(console: Console, status: Status) -> None:
    """The generation that is live again."""
    console.print(Text(f"Live again: generation {_dated(status)}. {_counts(status)}.", style="green"))
    console.print(Text("The next build takes the articles in as they are by then: mend them before, if need be."))


def _dated(status: Status) -> str:
    return f"{status.generation}, built {status.built_at:%-d %B %Y %H:%M} UTC"


def _counts(status: Status) -> str:
    return f"{status.articles:,} articles, {status.passages:,} passages, {status.sentences:,} sentences"


def show_findings(console: Console, generation: str, findings: Sequence[str]) -> None:
    """What is wrong with a generation, a line each; or that nothing is."""
    for finding in findings[:_FINDINGS_SHOWN]:
        console.print(Text(on_one_line(f"Damaged: {finding}.")), soft_wrap=True)
    if len(findings) > _FINDINGS_SHOWN:
        console.print(Text(f"and {len(findings) - _FINDINGS_SHOWN:,} more, which --json tells."))
    if findings:
        console.print(
            Text("`footnote index build --full` makes it anew; `footnote index rollback` goes back.", style="red")
        )
    else:
        console.print(Text(f"Generation {generation} is sound.", style="green"))


def show_freed(console: Console, freed: Freed) -> None:
    """What was deleted."""
    what = f"{freed.generations:,} generations and {freed.vectors:,} kept vectors deleted"
    console.print(Text(f"{what}; {freed.bytes / 1e6:,.1f} MB of disk are free again.", style="green"))


@contextmanager
def checking_bar(console: Console) -> Iterator[Callable[[int, int], None]]:
    """A bar over passages, with the time left."""
    columns = (TextColumn("checking passages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def show_sources(console: Console, states: Sequence[SourceState]) -> None:
    """Each source of sources.yaml with how much of it was fetched, when, and what the trouble is."""
    if not states:
        console.print("There are no sources: write their addresses into sources.yaml in the articles folder.")
    for state in states:
        source, asked = state.source, f"{state.asked_at:%-d %B %Y %H:%M} UTC" if state.asked_at else "never"
        console.print(Text(on_one_line(f"{source.kind} {source.url}")), soft_wrap=True)
        failed = f", {state.in_trouble:,} in trouble" if state.in_trouble else ""
        console.print(Text(f"    {state.fetched:,} of {state.named:,} pages{failed}; last asked {asked}", style="dim"))
        if state.trouble:
            console.print(Text(f"    {on_one_line(state.trouble)}", style="yellow"), soft_wrap=True)


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[BuildProgress], None]]:
    """A bar for each stage of a build, with rate and time left. The callback may be called from any thread."""
    columns = (
        TextColumn("{task.description:<18}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    bars = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
    told: set[Expense] = set()
    tasks = {stage: bars.add_task(stage.value, total=None, visible=False, rate="") for stage in Stage}

    def show(progress: BuildProgress) -> None:
        bars.start()  # only now: a build that is refused shows no bar
        if progress.expense and progress.expense.tokens and progress.expense not in told:
            told.add(progress.expense)
            console.print(Text(f"To be embedded: {priced(progress.expense)}."))
        task = tasks[progress.stage]
        speed = bars.tasks[task].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        bars.update(task, completed=progress.done, total=progress.total, visible=True, rate=rate)

    try:
        yield show
    finally:
        bars.stop()


async def build(
    console: Console, footnote: Footnote, *, full: bool = False, dry_run: bool = False, may_shrink: bool = False
) -> BuildReport:
    """Builds with a progress bar."""
    with progress_bar(console) as show:
        return await footnote.index.build(
            full=full, dry_run=dry_run, may_shrink=may_shrink, started_by="The terminal", on_progress=show
        )


async def build_or_ask(console: Console, footnote: Footnote, *, full: bool = False) -> BuildReport:
    """Builds; whoever sits at the terminal is asked when the index would shrink. Raises WouldShrink otherwise."""
    try:
        return await build(console, footnote, full=full)
    except WouldShrink as error:
        if not (sys.stdin.isatty() and await _says_yes(console, error.what)):
            raise
    return await build(console, footnote, full=full, may_shrink=True)


async def agrees(console: Console, forecast: Forecast) -> bool:
    """Whether whoever sits at the terminal wants to spend that. What costs nothing is not asked."""
    expense = forecast.expense
    if expense is None or not expense.tokens or expense.dollars == 0:
        return True
    return await _says_yes(console, _to_embed(forecast))


async def _says_yes(console: Console, what: str) -> bool:
    question = f"{escape(on_one_line(what))} Go on? \\[y/N] "
    try:
        return (await _in_daemon_thread(lambda: console.input(question))).strip().casefold() in {"y", "yes"}
    except EOFError:
        console.print()
        return False


async def chat(console: Console, footnote: Footnote) -> None:
    """Question and answer until the end of the input; each question may build on those before it."""
    console.print(Text(HELP, style="dim"))
    conversation: deque[Turn] = deque(maxlen=LONGEST_CONVERSATION)
    async for line in _lines(console):
        try:
            if line == "/rebuild":
                show_report(console, await build_or_ask(console, footnote))
            elif line == "/new":
                conversation.clear()
                console.print(Text("A new conversation.", style="dim"))
            elif line.startswith("/") or line.casefold() == "help":
                console.print(Text(HELP, style="dim"))
            else:
                question, before = clean_question(line), tuple(conversation)
                with drafts(console) as on_drafting:
                    outcome = await footnote.answering.ask(question, conversation=before, on_drafting=on_drafting)
                show_outcome(console, outcome)
                conversation.append(Turn(outcome.receipt.understood or outcome.question))
                conversation.append(Turn(outcome.text, is_answer=True))
        except FootnoteError as error:
            console.print(Text(on_one_line(str(error)), style="red"))


async def _lines(console: Console) -> AsyncIterator[str]:
    while True:
        try:
            line = (await _in_daemon_thread(lambda: console.input("\n[bold]?[/bold] "))).strip()
        except EOFError:
            console.print()
            return
        if line.removeprefix("/") in {"quit", "exit"}:
            return
        if line:
            if not sys.stdin.isatty():
                console.print(Text(on_one_line(line)))  # nobody has typed it here
            yield line


async def _in_daemon_thread(work: Callable[[], str]) -> str:
    """Like `asyncio.to_thread`, but Ctrl-C need not wait for the work: nothing can wake a thread from `input`."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str] = loop.create_future()

    def settle(outcome: Future[str]) -> None:
        if not done.cancelled():
            error = outcome.exception()
            done.set_exception(error) if error else done.set_result(outcome.result())

    def run() -> None:
        outcome: Future[str] = Future()
        try:
            outcome.set_result(work())
        except Exception as error:  # noqa: BLE001 - handed on to whoever waits
            outcome.set_exception(error)
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, outcome)

    Thread(target=run, daemon=True).start()
    return await done
