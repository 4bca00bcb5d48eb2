"""`footnote index ...`"""

from __future__ import annotations

import sys
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from footnote.errors import ArticleError, BuildError, DataInUse, EmptyIndex
from footnote_bot.terminal.commands import Commands
from footnote_bot.terminal.options import AsJson
from footnote_bot.translations.catalogue import N_

if TYPE_CHECKING:
    from footnote_bot.app import Footnote
    from footnote_bot.terminal.session import Session
    from footnote_index.storage.generations import GenerationFolder
    from footnote_index.storage.home import Home

app = Commands(no_args_is_help=True, help="Build and inspect the index of the articles.")


@app.command()
def build(
    folder: Annotated[Path | None, typer.Argument(help="The articles folder. Default: FOOTNOTE_ARTICLES.")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Build everything from scratch, even if nothing has changed.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask before paying or removing over a quarter of the articles.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show how much of each text was kept.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build a new generation of the index from the articles, unless nothing has changed."""
    from footnote_bot import json_form
    from footnote_bot.terminal import builds
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()
    settings = session.settings.model_copy(update={"articles": folder}) if folder else session.settings

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(settings) as footnote:
            if settings.uses_embedding_server and sys.stdin.isatty() and not (dry_run or yes):
                await _ask_before_spending(session, footnote, full=full)
            if dry_run or yes:
                report = await builds.build(session.err, footnote, full=full, dry_run=dry_run, may_shrink=yes)
            else:
                report = await builds.build_or_ask(session.err, footnote, full=full)
        if verbose:
            builds.show_readings(session.err, report.readings)
        builds.show_report(session.err, report)
        if as_json:
            session.print_json(json_form.report_json(report))

    run_until_stopped(work())


async def _ask_before_spending(session: Session, footnote: Footnote, *, full: bool) -> None:
    """Raises BuildError when the answer is no."""
    from footnote_bot.terminal import builds

    forecast = (await builds.build(session.err, footnote, full=full, dry_run=True)).forecast
    if forecast and not await builds.agrees(session.err, forecast):
        raise BuildError("Nothing was embedded; the index is unchanged.")


@app.command()
def status(
    *,
    skipped: Annotated[
        bool,
        typer.Option(
            "--skipped",
            help="List everything that the last build skipped, left out, could not fetch or found suspicious.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the live index, and those it can be rolled back to."""
    from footnote_bot import json_form
    from footnote_bot.generation_home import opened_home
    from footnote_bot.terminal.builds import show_status
    from footnote_bot.terminal.session import open_session
    from footnote_index.storage.set_aside import SetAside, read

    session = open_session()
    if skipped:
        _show_set_aside(session, as_json=as_json)
        return
    with opened_home(session.settings) as home:
        live = _live(home).read_manifest()
        kept = [one for one in home.complete() if one.generation != live.generation]
    failing = (read(session.settings.data) or SetAside()).failing_on(live.generation)
    if as_json:
        session.print_json(json_form.status_json(live, kept) | {"failed_canaries": [*failing]})
    else:
        show_status(session.out, live, kept, failing)


def _show_set_aside(session: Session, *, as_json: bool) -> None:
    from footnote_bot import json_form
    from footnote_bot.terminal.builds import show_set_aside
    from footnote_index.storage.set_aside import read

    found = read(session.settings.data)
    if found is None:
        raise BuildError("There is no record of a build here. Run `footnote index build`.")
    if as_json:
        session.print_json(json_form.set_aside_json(found))
    else:
        show_set_aside(session.out, found)


@app.command()
def sources() -> None:
    """Show what sources.yaml names, how much of it was fetched, and what went wrong."""
    from footnote_bot.terminal.builds import show_sources
    from footnote_bot.terminal.session import open_session
    from footnote_index.web.source_states import source_states

    session = open_session()
    show_sources(session.out, source_states(session.settings.articles, session.settings.data))


@app.command()
def verify(*, as_json: AsJson = False) -> None:
    """Check that the live generation is what was built. Exit code 1 when it is not."""
    from footnote_bot.generation_home import opened_home
    from footnote_bot.terminal.build_progress import checking_bar
    from footnote_bot.terminal.builds import show_build_findings
    from footnote_bot.terminal.session import open_session
    from footnote_index.storage.reduced import live_in_use
    from footnote_index.storage.verification import find_damage

    session = open_session()
    with opened_home(session.settings) as home, checking_bar(session.err) as show, live_in_use(home) as folder:
        if folder is None:
            raise EmptyIndex
        findings = find_damage(folder, show)
    if as_json:
        session.print_json({"generation": folder.id, "findings": findings})
    else:
        show_build_findings(session.out, folder.id, findings)
    if findings:
        sys.exit(1)


@app.command()
def rollback(
    generation: Annotated[
        str | None, typer.Argument(help="One that `index status` lists. Default: the previous one.")
    ] = None,
) -> None:
    """Make an earlier generation the live one again."""
    from footnote_bot.terminal.build_progress import progress_bar
    from footnote_bot.terminal.builds import show_rollback
    from footnote_bot.terminal.session import open_session, run_until_stopped

    session = open_session()

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(session.settings) as footnote:
            with progress_bar(session.err) as show:
                live = await footnote.index.rollback(generation, started_by=N_("The terminal"), on_progress=show)
            show_rollback(session.out, live)

    try:
        run_until_stopped(work())
    except DataInUse as error:
        raise DataInUse(
            f"The data folder {session.settings.data} is in use by another Footnote. "
            "Use /index rollback in Discord, or stop that one first."
        ) from error


@app.command()
def gc() -> None:
    """Delete old generations, leftovers of killed builds, and vectors that no generation uses. Frees disk space."""
    from footnote_bot.generation_home import opened_home
    from footnote_bot.terminal.builds import show_freed
    from footnote_bot.terminal.session import open_session
    from footnote_index.storage import data_folder
    from footnote_index.storage.garbage import collect_garbage

    session = open_session()
    data = session.settings.data
    with data_folder.locked(data), opened_home(session.settings) as home:
        show_freed(session.out, collect_garbage(home, data))


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="Its path in the articles folder, as citations show it.")],
) -> None:
    """Print an article's text exactly as citations count its characters."""
    from footnote_bot.citation_format import visible
    from footnote_bot.generation_home import opened_home
    from footnote_bot.terminal.session import open_session
    from footnote_index.storage.catalogue import Catalogue

    session = open_session()
    with opened_home(session.settings) as home, closing(Catalogue(_live(home).catalogue)) as catalogue:
        found = catalogue.article(article)
        known = [] if found else list(catalogue.fingerprints())
    if found is None:
        raise ArticleError(f"The index has no article {article}.{_suggestion(article, known)}")
    # Programs that read from a pipe count characters; in a terminal, some would be control characters.
    text = visible(found.text) if session.out.file.isatty() else found.text
    session.out.file.write(text + "\n")


def _live(home: Home) -> GenerationFolder:
    """Reads a generation's texts without a lock on the data folder: they never change."""
    folder = home.live()
    if folder is None:
        raise EmptyIndex
    return folder


def _suggestion(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else " Citations name articles by their path in the articles folder."
