"""Recorded answers in the terminal. Only the database is opened: a bot may be running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from footnote.errors import FootnoteError, UnknownAnswer
from footnote.records.answers import AnswerRecord
from footnote.records.overview import QueueState
from footnote.review.recording import utc_now
from footnote_bot.citation_format import counted, on_one_line
from footnote_bot.json_form import one_line, record_json, statistics_json
from footnote_bot.render.figures import duration, figures, span
from footnote_bot.render.receipts import sections
from footnote_bot.server_records.counting import Counted, count
from footnote_bot.server_records.exporting import ExportForm, exported
from footnote_bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


class NoDatabase(FootnoteError):
    """Nothing is on record because there is no database."""


class NoSuchAnswer(FootnoteError):
    """No answer has this number."""


class NotExported(FootnoteError):
    """The file cannot be written."""


async def show_queue(console: Console, settings: Settings, state: QueueState, *, limit: int, as_json: bool) -> None:
    """The oldest answers of all servers and of direct messages, up to a limit."""
    from footnote.adapters.database import DatabaseOverview

    async with _engine(settings) as engine:
        found = await DatabaseOverview(engine).queue(None, state, limit=limit)
    if as_json:
        for record in found.records:
            console.file.write(one_line(record_json(record)) + "\n")
        return
    console.print(_table(found.records))
    more = found.total - len(found.records)
    console.print(Text(f"{counted(found.total, 'answer')} {state.value}" + (f", {more:,} not shown" if more else "")))


async def show_statistics(
    console: Console, settings: Settings, *, days: int | None, plot: Path | None, as_json: bool
) -> None:
    """For all servers; with a chart on request. Raises NotExported."""
    from footnote.adapters.database import DatabaseOverview

    async with _engine(settings) as engine:
        found = await count(DatabaseOverview(engine), None, days=days, now=utc_now())
    if plot is not None:
        await asyncio.to_thread(_plot, found, plot)
    if as_json:
        console.file.write(one_line(statistics_json(found.statistics, found.gaps)) + "\n")
        return
    console.print(Text(f"Answers and their review: {span(days)}", style="bold"))
    for name, line in figures(found.statistics):
        console.print(Text(f"  {name}: {line}"), soft_wrap=True)
    if found.gaps:
        console.print(Text("Not answered:"))
    for gap in found.gaps:
        console.print(Text(f"  {gap.count:,} × {on_one_line(gap.example)}"), soft_wrap=True)


async def export(console: Console, settings: Settings, target: Path, *, days: int | None) -> None:
    """For all servers. The file gets its name when it is complete. Raises NotExported."""
    from footnote.adapters.database import DatabaseOverview

    form = _form(target)
    since = utc_now() - timedelta(days=days) if days else None
    async with _engine(settings) as engine:
        size = await _write(exported(DatabaseOverview(engine).records(None, since=since), form), target)
    console.print(Text(f"Written: {target}, {size / 1e6:,.1f} MB, {span(days)}.", style="green"))


async def show_why(console: Console, settings: Settings, answer_id: int) -> None:
    """How an answer was made. Raises NoSuchAnswer."""
    from footnote.adapters.database import DatabaseReceipts, DatabaseStore

    async with _engine(settings) as engine:
        try:
            record = await DatabaseStore(engine).get(answer_id)
        except UnknownAnswer as error:
            raise NoSuchAnswer(
                f"There is no answer {answer_id}. In Discord, its number is below each answer; "
                "`footnote review export answers.csv` lists all with their numbers."
            ) from error
        receipt = await DatabaseReceipts(engine).get(answer_id)
    for section in sections(record, receipt):
        console.print(Text(section.title, style="bold"))
        for line in section.lines:
            console.print(Text(f"  {on_one_line(line)}"), soft_wrap=True)


@asynccontextmanager
async def _engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    """The database, brought up to date. Raises NoDatabase, SettingsError."""
    from footnote.adapters.database import missing_file, open_engine, upgrade

    if missing := missing_file(settings.database):
        raise NoDatabase(
            f"There is no database {missing} yet. The bot creates it when it first runs: set DISCORD_TOKEN, then "
            "`make run`. If it is elsewhere, set DATABASE_URL."
        )
    await asyncio.to_thread(upgrade, settings.database)
    engine = open_engine(settings.database)
    try:
        yield engine
    finally:
        await engine.dispose()


def _table(records: Sequence[AnswerRecord]) -> Table:
    table = Table("number", "age", "confidence", "question", box=None)
    for record in records:
        age = duration((utc_now() - record.asked_at).total_seconds())
        question = on_one_line(record.question) or "(forgotten)"
        table.add_row(str(record.id), age, f"{record.confidence:.0%}", Text(question))
    return table


def _plot(found: Counted, target: Path) -> None:
    from footnote_bot.render.plots import plotted

    try:
        target.write_bytes(plotted(found))
    except OSError as error:
        raise NotExported(f"{target} cannot be written: {error.strerror}.") from error


def _form(target: Path) -> ExportForm:
    try:
        return ExportForm(target.suffix.removeprefix("."))
    except ValueError as error:
        raise NotExported(f"{target} must end with .jsonl or .csv.") from error


async def _write(pieces: AsyncIterator[bytes], target: Path) -> int:
    """In bytes."""
    fresh = target.with_name(f"{target.name}.new")
    try:
        with fresh.open("wb") as file:
            async for piece in pieces:
                file.write(piece)
        size = fresh.stat().st_size
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise NotExported(f"{target} cannot be written: {error.strerror}.") from error
    return size
