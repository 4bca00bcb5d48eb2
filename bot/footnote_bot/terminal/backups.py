"""`footnote backup` and `footnote restore` in the terminal: progress, and what was done."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from footnote_bot.citation_format import on_one_line
from footnote_bot.settings import Settings
from footnote_bot.terminal.backup import OnStep, RestoredBackup, back_up, restore
from footnote_bot.terminal.builds import warn
from footnote_bot.terminal.own_command import typeable
from footnote_index.building.reports import Status

_SOON = 1.0  # seconds


def backup_to(out: Console, err: Console, settings: Settings, file: Path) -> None:
    with _steps(err) as on_step:
        done = back_up(settings, file, on_step)
    size = f"{file.stat().st_size / 1e6:,.1f} MB"
    out.print(Text(on_one_line(f"{file} ({size}) holds {_what(done.generation, done.rows)}."), style="green"))
    if done.has_index_elsewhere:
        warn(err, "The index is on the server of CHROMA_URL: only the database is in the backup.")
    out.print(Text(on_one_line(f"{settings.articles} is not in the backup: keep a copy of it yourself.")))


def restore_from(out: Console, err: Console, settings: Settings, file: Path, *, yes: bool) -> None:
    with _steps(err) as on_step:
        done = restore(settings, file, may_move_aside=yes, on_step=on_step)
    out.print(Text(on_one_line(f"Restored: {_what(done.generation, done.rows)}."), style="green"))
    _show_kept(out, done)
    if done.why_no_index:
        warn(err, f"The index in the backup cannot be used here: {done.why_no_index}.")


def _show_kept(out: Console, done: RestoredBackup) -> None:
    if done.index_before:
        out.print(
            Text(
                typeable(
                    f"Generation {done.index_before}, live before, is kept: `footnote index rollback` goes back to it."
                )
            )
        )
    if done.database_before:
        out.print(Text(on_one_line(f"The earlier answers are kept in {done.database_before}.")), soft_wrap=True)


def _what(generation: Status | None, rows: Mapping[str, int] | None) -> str:
    index = f"generation {generation.generation} with {generation.articles:,} articles" if generation else "no index"
    if rows is None:
        return f"{index}, and no answers"
    return f"{index}, {rows['answers']:,} answers, {rows['verdicts']:,} verdicts"


@contextmanager
def _steps(err: Console) -> Iterator[OnStep]:
    """After a second, a line for what is being done, with a bar if the total is known."""
    bars = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=err, transient=True)
    task, begun = bars.add_task("", total=None), time.monotonic()

    def show(step: str, done: int, total: int | None) -> None:
        bars.update(task, description=step, completed=done, total=total)
        if err.is_interactive and time.monotonic() - begun > _SOON:
            bars.start()

    try:
        yield show
    finally:
        if bars.live.is_started:
            bars.stop()
