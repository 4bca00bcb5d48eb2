"""The progress of a build or a check of the index in the terminal: bars, or plain sentences in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from footnote_bot.citation_format import priced
from footnote_bot.terminal.progress import PlainProgress, Step
from footnote_index.building.reports import Expense, Stage
from footnote_index.building.reports import Progress as BuildProgress

_STEPS = {
    Stage.FETCHING: Step("Fetching", "page", "fetched"),
    Stage.READING: Step("Reading", "article", "read"),
    Stage.EMBEDDING: Step("Embedding", "passage", "embedded"),
    Stage.WRITING: Step("Writing the index"),
    Stage.EXAMINING: Step("Testing the new index with", "question", "asked"),
    Stage.SWITCHING: Step("Switching to the new index"),
}
_CHECKING = Step("Checking", "passage", "checked")


@contextmanager
def checking_bar(console: Console) -> Iterator[Callable[[int, int], None]]:
    """A bar over passages, with the time left; lines if there is no terminal."""
    if not console.is_terminal:
        yield partial(PlainProgress(console), _CHECKING)
        return
    columns = (TextColumn("checking passages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[BuildProgress], None]]:
    """A bar for each stage of a build, with rate and time left; lines if there is no terminal. The callback may be
    called from any thread.
    """
    if not console.is_terminal:
        yield _plain(console)
        return
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
        bars.start()  # only now, so that a refused build shows no bar
        if progress.expense and progress.expense.tokens and progress.expense not in told:
            told.add(progress.expense)
            console.print(Text(f"To embed: {priced(progress.expense)}."))
        task = tasks[progress.stage]
        speed = bars.tasks[task].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        bars.update(task, completed=progress.done, total=progress.total, visible=True, rate=rate)

    try:
        yield show
    finally:
        bars.stop()


def _plain(console: Console) -> Callable[[BuildProgress], None]:
    show = PlainProgress(console)

    def tell(progress: BuildProgress) -> None:
        if progress.total or progress.stage is not Stage.EXAMINING:  # most have no questions of their own
            show(_STEPS[progress.stage], progress.done, progress.total)

    return tell
