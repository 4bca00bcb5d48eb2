"""The index and its builds in the terminal: progress, what was done, what needs confirmation."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from footnote.errors import WouldShrink
from footnote_bot.citation_format import counted, on_one_line, other_languages, priced
from footnote_bot.terminal.build_progress import progress_bar
from footnote_bot.terminal.own_command import typeable
from footnote_bot.terminal.typed_input import typed
from footnote_bot.translations.catalogue import N_
from footnote_index.building.difference import FolderDifference
from footnote_index.building.reports import BuildReport, Extraction, Forecast, Status

if TYPE_CHECKING:
    from footnote_bot.app import Footnote
    from footnote_index.storage.garbage import Freed
    from footnote_index.storage.set_aside import SetAside
    from footnote_index.web.source_states import SourceState

_SHOWN = 10
_NAMES_SHOWN = 20
_FINDINGS_SHOWN = 20


def warn(console: Console, line: str) -> None:
    """Something that the user may want to fix, although the work continues."""
    console.print(Text(on_one_line(typeable(line)), style="yellow"))


async def warn_of_undated(console: Console, footnote: Footnote) -> None:
    """Articles that a search by date leaves out."""
    if undated := await footnote.index.undated():
        warn(console, f"{counted(undated, 'article')} without a date {_were(undated)} left out.")


def _warn_of_first(console: Console, lines: Sequence[str], what: str) -> None:
    for line in lines[:_SHOWN]:
        warn(console, line)
    if len(lines) > _SHOWN:
        warn(console, f"and {len(lines) - _SHOWN:,} more {what}.")


def show_report(console: Console, report: BuildReport) -> None:
    """What a build did, which articles it could not read or fetch or left out, and which should be checked."""
    for skipped in report.skipped:
        warn(console, f"Skipped {skipped.article_id}: {skipped.reason}.")
    _warn_of_first(console, [f"Check {one.article_id}: it contains {one.found}." for one in report.warned], "to check")
    _warn_of_first(console, [f"Not fetched: {one.url}: {one.reason}." for one in report.not_fetched], "not fetched")
    _warn_of_first(
        console,
        [f"Left out {one.article_id}: the same text as {one.original_id}." for one in report.duplicates],
        "left out",
    )
    if report.foreign:
        warn(console, other_languages(report.foreign))
    for failure in report.failed_canaries:
        warn(console, f"A canary question fails: {failure}.")
    _show_names(console, "No longer readable, and so no longer in the index", report.difference.unreadable)
    if not report.live:
        _show_difference(console, report.difference)
    changes = f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.unchanged} unchanged"
    what = _held(report)
    state = f"Live: generation {report.generation}" if report.live else "Dry run: nothing was written"
    console.print(Text(f"{state}. {what} ({changes}) in {report.seconds:.1f} s.", style="green"))
    if report.failed_canaries and report.live:
        warn_of_canaries(console, len(report.failed_canaries))
    if report.forecast and not report.live:
        console.print(Text(_to_embed(report.forecast)))


def show_unchanged(console: Console, report: BuildReport) -> None:
    """What is still left out after a build that found nothing new, in one line; nothing if nothing is."""
    skipped, away = len(report.skipped), len(report.not_fetched)
    left = [f"{counted(skipped, 'file')} {_were(skipped)} skipped"] if skipped else []
    left += [f"{counted(away, 'page')} {_were(away)} not fetched"] if away else []
    if left:
        warn(console, f"{' and '.join(left)}: `footnote index status --skipped` says why.")
    if report.failed_canaries:
        warn_of_canaries(console, len(report.failed_canaries))


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def warn_of_canaries(console: Console, failing: int) -> None:
    """A warning about an index that is live although it fails them."""
    questions = f"{counted(failing, 'canary question')} {'fails' if failing == 1 else 'fail'}"
    line = (
        f"WARNING: {questions} on the live index, and no older index could replace it. Answers may be wrong or missing."
    )
    console.print(Text(line, style="bold red"))
    console.print(Text("Fix the articles or canaries.yaml, then run `footnote index build`."))


def show_readings(console: Console, readings: Sequence[Extraction]) -> None:
    """A line for each article: characters in its file, and characters kept."""
    for one in readings:
        told = f"{one.characters_in:,} characters in, " if one.characters_in else ""
        console.print(Text(on_one_line(f"{one.article_id}: {told}{one.kept:,} kept")), soft_wrap=True)


def _show_difference(console: Console, difference: FolderDifference) -> None:
    _show_names(console, "To be added", difference.added)
    _show_names(console, "Changed", difference.changed)
    _show_names(console, "To be removed", difference.removed)
    if difference.shrinks:
        lost = f"{len(difference.lost):,} of {difference.before:,} articles would be removed"
        warn(console, f"{lost}, which a build only does with --yes or after asking.")


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
    return f"To embed: {forecast.passages:,} passages{expense}."


def show_status(console: Console, status: Status, kept: Sequence[Status], failed_canaries: Sequence[str] = ()) -> None:
    """The live generation, the canary questions that fail on it, and those that it can be rolled back to."""
    console.print(Text(f"Generation {_dated(status)}"))
    console.print(Text(on_one_line(f"{_held(status)}; embedder {status.embedder}; from {status.folder}")))
    for failure in failed_canaries:
        warn(console, f"A canary question fails: {failure}.")
    if failed_canaries:
        warn_of_canaries(console, len(failed_canaries))
    for other in kept:
        console.print(Text(on_one_line(f"Kept: {_dated(other)}: {_held(other)}; embedder {other.embedder}")))


def show_set_aside(console: Console, found: SetAside) -> None:
    """Everything that the last build skipped, left out, could not fetch or found suspicious, one per line."""
    for line in found.lines():
        console.print(Text(on_one_line(line)), soft_wrap=True)
    if not found:
        console.print(Text("The last build read every article, and found nothing to check.", style="green"))


def show_rollback(console: Console, status: Status) -> None:
    """The generation that is live again."""
    console.print(Text(f"Live again: generation {_dated(status)}. {_held(status)}.", style="green"))
    console.print(Text("The next build reads the articles as they are then. If necessary, fix them first."))


def _dated(status: Status) -> str:
    return f"{status.generation}, built {status.built_at:%-d %B %Y %H:%M} UTC"


def _held(has: Status | BuildReport) -> str:
    counts = (has.articles, "article"), (has.passages, "passage"), (has.sentences, "sentence")
    return ", ".join(counted(number, thing) for number, thing in counts)


def show_build_findings(console: Console, generation: str, findings: Sequence[str]) -> None:
    """What is wrong with a generation, one per line; or that nothing is."""
    for finding in findings[:_FINDINGS_SHOWN]:
        console.print(Text(on_one_line(f"Damaged: {finding}.")), soft_wrap=True)
    if len(findings) > _FINDINGS_SHOWN:
        console.print(Text(f"and {len(findings) - _FINDINGS_SHOWN:,} more, which --json shows."))
    if findings:
        ways = "`footnote index build --full` builds it from scratch; `footnote index rollback` goes back."
        console.print(Text(typeable(ways), style="red"))
    else:
        console.print(Text(f"Generation {generation} is intact.", style="green"))


def show_freed(console: Console, freed: Freed) -> None:
    """What was deleted."""
    what = f"{freed.generations:,} generations and {freed.vectors:,} stored vectors deleted"
    console.print(Text(f"{what}; {freed.bytes / 1e6:,.1f} MB of disk space are free again.", style="green"))


def show_sources(console: Console, states: Sequence[SourceState]) -> None:
    """Each source of sources.yaml with how much of it was fetched, when, and what the problem is."""
    if not states:
        console.print("There are no web sources. Add their addresses to sources.yaml in the articles folder.")
    for state in states:
        source, asked = state.source, f"{state.asked_at:%-d %B %Y %H:%M} UTC" if state.asked_at else "never"
        console.print(Text(on_one_line(f"{source.kind} {source.url}")), soft_wrap=True)
        failed = f", {len(state.with_problems):,} with problems" if state.with_problems else ""
        console.print(
            Text(f"    {state.fetched:,} of {state.named:,} pages{failed}; last checked: {asked}", style="dim")
        )
        problems = [state.problem] if state.problem else []
        problems += [f"{page.url}: {page.reason}" for page in state.with_problems]
        for problem in problems[:_SHOWN]:
            console.print(Text(f"    {on_one_line(problem)}", style="yellow"), soft_wrap=True)
        if len(problems) > _SHOWN:
            console.print(Text(f"    and {len(problems) - _SHOWN:,} more with problems", style="yellow"))
    if any(state.asked_at is None for state in states):
        console.print(Text(typeable("`footnote index build` fetches new pages.")))
    if any(state.has_problem for state in states):
        console.print(
            "The next build tries the failed ones again. If they keep failing, fix their line in sources.yaml."
        )


async def build(
    console: Console, footnote: Footnote, *, full: bool = False, dry_run: bool = False, may_shrink: bool = False
) -> BuildReport:
    """Builds with a progress bar."""
    with progress_bar(console) as show:
        return await footnote.index.build(
            full=full, dry_run=dry_run, may_shrink=may_shrink, started_by=N_("The terminal"), on_progress=show
        )


async def build_or_ask(console: Console, footnote: Footnote, *, full: bool = False) -> BuildReport:
    """Builds, and asks the user when the index would shrink. Raises WouldShrink if there is nobody to ask."""
    try:
        return await build(console, footnote, full=full)
    except WouldShrink as error:
        if not (sys.stdin.isatty() and await _says_yes(console, error.what)):
            raise
    return await build(console, footnote, full=full, may_shrink=True)


async def agrees(console: Console, forecast: Forecast) -> bool:
    """Asks whether the user wants to spend that. What costs nothing is not asked."""
    expense = forecast.expense
    if expense is None or not expense.tokens or expense.dollars == 0:
        return True
    return await _says_yes(console, _to_embed(forecast))


async def _says_yes(console: Console, what: str) -> bool:
    try:
        return (await typed(console, f"{on_one_line(what)} Continue? [y/N]")).strip().casefold() in {"y", "yes"}
    except EOFError:
        console.print()
        return False
