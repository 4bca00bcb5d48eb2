"""What each command of the terminal does."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import closing, suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from footnote.errors import (
    ArticleError,
    BuildError,
    CanaryFailed,
    DataInUse,
    DiskFull,
    EmptyIndex,
    ModelError,
    NothingDecided,
    WouldShrink,
)
from footnote.evaluation import Finding
from footnote.overview import QueueState
from footnote.questions import clean_question
from footnote_bot import json_form
from footnote_bot.citation_format import visible
from footnote_bot.home import home_of
from footnote_bot.settings import Settings, read_settings
from footnote_bot.terminal import builds, evaluation
from footnote_bot.terminal import chat as face
from footnote_bot.terminal.batch import answer_all, read_questions, require_file
from footnote_bot.terminal.evaluation_sets import read_questions as read_evaluation
from footnote_bot.unknown_settings import misspelt
from footnote_index.storage.catalogue import Catalogue
from footnote_index.storage.generations import GenerationFolder
from footnote_index.storage.home import Home

if TYPE_CHECKING:
    from footnote_bot.app import Footnote  # not at run time: it brings Chroma, and `index status` has no need of that

Work = Callable[["Footnote"], Awaitable[None]]

log = logging.getLogger(__name__)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


class Terminated(SystemExit):
    """Stopped by SIGTERM, with the exit code that shells know for it."""

    def __init__(self) -> None:
        super().__init__(128 + signal.SIGTERM)


def ask(question: str, *, since: date | None, until: date | None, up_to_date: bool, as_json: bool) -> None:
    question = clean_question(question)

    async def work(footnote: Footnote) -> None:
        with face.drafts(err) as on_drafting:
            outcome = await footnote.answering.ask(question, since=since, until=until, on_drafting=on_drafting)
        if as_json:
            _print_json(json_form.outcome_json(outcome))
        else:
            face.show_outcome(out, outcome)

    _run(_settings(quiet=True), work, up_to_date=up_to_date)


def ask_batch(batch: Path, target: Path, *, since: date | None, until: date | None, up_to_date: bool) -> None:
    require_file(target, questions=batch)
    questions = read_questions(batch)

    async def work(footnote: Footnote) -> None:
        await answer_all(err, footnote.answering, questions, target, since=since, until=until)

    _run(_settings(quiet=True), work, up_to_date=up_to_date)


def chat(*, up_to_date: bool) -> None:
    _run(_settings(quiet=True), lambda footnote: face.chat(out, footnote), up_to_date=up_to_date)


def bot(*, up_to_date: bool) -> None:
    if read_settings().discord_token is None:
        err.print("No DISCORD_TOKEN is set, so Footnote answers here in the terminal. See docs/quickstart.md.")
        chat(up_to_date=up_to_date)
    else:
        _run_bot(_settings(), up_to_date=up_to_date)


def _run_bot(settings: Settings, *, up_to_date: bool) -> None:
    from footnote_bot.app import run_bot

    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    with suppress(Terminated):  # the usual way for a service to end
        _run(settings, lambda footnote: run_bot(footnote, settings, token), up_to_date=up_to_date, is_bot=True)


def backup(file: Path) -> None:
    from footnote_bot.terminal.backups import backup_to

    backup_to(out, err, _settings(quiet=True), file)


def restore(file: Path, *, yes: bool) -> None:
    from footnote_bot.terminal.backups import restore_from

    restore_from(out, err, _settings(quiet=True), file, yes=yes)


def evaluate(folder: Path, *, split: str, limit: int | None, as_json: bool) -> None:
    questions = read_evaluation(folder, split=split, limit=limit)
    settings = evaluation.settings_for(folder, _settings(quiet=True))
    name = folder.resolve().name

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(settings) as footnote:
            metrics = await evaluation.measure(err, footnote, questions)
        if as_json:
            _print_json(evaluation.metrics_json(name, split, metrics))
        else:
            evaluation.show_metrics(out, name, metrics)

    _run_until_stopped(work())


def ask_decisions_again(*, as_json: bool) -> None:
    settings = _settings(quiet=True)

    async def work() -> None:
        from footnote_bot.app import opened
        from footnote_bot.decisions import regressions

        async with opened(settings, recalls=False) as footnote:
            decided = await regressions(footnote.stores.reviewed, footnote.index) if footnote.stores else ()
            if not decided:
                raise NothingDecided
            findings = await evaluation.ask_again(err, footnote, decided)
        if as_json:
            _print_json(evaluation.findings_json(findings))
        else:
            evaluation.show_findings(out, findings)
        if not all(finding is Finding.HELD for _, finding in findings):
            sys.exit(1)

    _run_until_stopped(work())


def index_build(folder: Path | None, *, dry_run: bool, full: bool, yes: bool, as_json: bool) -> None:
    settings = _settings(quiet=True)
    if folder:
        settings = settings.model_copy(update={"articles": folder})

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(settings) as footnote:
            if settings.uses_embedding_server and sys.stdin.isatty() and not (dry_run or yes):
                await _ask_before_spending(footnote, full=full)
            if dry_run or yes:
                report = await builds.build(err, footnote, full=full, dry_run=dry_run, may_shrink=yes)
            else:
                report = await builds.build_or_ask(err, footnote, full=full)
        builds.show_report(err, report)
        if as_json:
            _print_json(json_form.report_json(report))

    _run_until_stopped(work())


async def _ask_before_spending(footnote: Footnote, *, full: bool) -> None:
    """Raises BuildError when the answer is no."""
    forecast = (await builds.build(err, footnote, full=full, dry_run=True)).forecast
    if forecast and not await builds.agrees(err, forecast):
        raise BuildError("Nothing was embedded; the index is as it was.")


def index_status(*, as_json: bool) -> None:
    settings = _settings(quiet=True)
    with closing(home_of(settings)) as home:
        status = _live(home).read_manifest()
        kept = [one for one in home.complete() if one.generation != status.generation]
    if as_json:
        _print_json(json_form.status_json(status, kept))
    else:
        builds.show_status(out, status, kept)


def index_verify(*, as_json: bool) -> None:
    from footnote_index.storage.verification import find_damage

    with closing(home_of(_settings(quiet=True))) as home, builds.checking_bar(err) as show:
        folder = _live(home)
        findings = find_damage(folder, show)
    if as_json:
        _print_json({"generation": folder.id, "findings": findings})
    else:
        builds.show_findings(out, folder.id, findings)
    if findings:
        sys.exit(1)


def index_rollback(generation: str | None) -> None:
    settings = _settings(quiet=True)

    async def work() -> None:
        from footnote_bot.app import opened

        async with opened(settings) as footnote:
            builds.show_rollback(out, await footnote.index.rollback(generation, started_by="The terminal"))

    try:
        _run_until_stopped(work())
    except DataInUse as error:
        raise DataInUse(
            f"The data folder {settings.data} is in use by another Footnote. "
            "Use /index rollback in Discord, or stop that one first."
        ) from error


def index_gc() -> None:
    from footnote_index.storage.data_folder import hold
    from footnote_index.storage.garbage import collect_garbage

    settings = _settings(quiet=True)
    with hold(settings.data), closing(home_of(settings)) as home:
        builds.show_freed(out, collect_garbage(home, settings.data))


def index_sources() -> None:
    from footnote_index.web.overview import overview

    settings = _settings(quiet=True)
    builds.show_sources(out, overview(settings.articles, settings.data))


def index_show(article_id: str) -> None:
    with closing(home_of(_settings(quiet=True))) as home:
        catalogue = Catalogue(_live(home).catalogue)
    try:
        article = catalogue.article(article_id)
        known = list(catalogue.fingerprints()) if article is None else []
    finally:
        catalogue.close()
    if article is None:
        raise ArticleError(f"The index has no article {article_id}.{_suggestion(article_id, known)}")
    # Programs that read from a pipe count characters; a terminal would obey some of them.
    out.file.write((visible(article.text) if out.file.isatty() else article.text) + "\n")


def review_list(state: QueueState, *, limit: int, as_json: bool) -> None:
    from footnote_bot.terminal.reviews import show_queue

    _run_until_stopped(show_queue(out, _settings(quiet=True), state, limit=limit, as_json=as_json))


def review_stats(*, days: int | None, plot: Path | None, as_json: bool) -> None:
    from footnote_bot.terminal.reviews import show_statistics

    _run_until_stopped(show_statistics(out, _settings(quiet=True), days=days, plot=plot, as_json=as_json))


def review_export(target: Path, *, days: int | None) -> None:
    from footnote_bot.terminal.reviews import export

    _run_until_stopped(export(err, _settings(quiet=True), target, days=days))


def review_why(answer_id: int) -> None:
    from footnote_bot.terminal.reviews import show_why

    _run_until_stopped(show_why(out, _settings(quiet=True), answer_id))


def _suggestion(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else " Citations name articles by their path below the articles folder."


def _run(settings: Settings, work: Work, *, up_to_date: bool, is_bot: bool = False) -> None:
    """Opens the application, builds the index if asked to or if there is none, and works.

    A bot keeps its answers, and needs no index to come up: its articles may be mended later, and rebuilt from Discord.
    """

    async def run() -> None:
        from footnote_bot.app import opened

        async with opened(settings, keeps_answers=is_bot) as footnote:
            if up_to_date or await _is_empty(footnote):
                await _bring_up_to_date(footnote, needs_index=not is_bot)
            await _warn_of_other_articles(footnote, settings)
            await work(footnote)

    _run_until_stopped(run())


def _run_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """A service manager stops a program with SIGTERM: leave as tidily as after Ctrl-C. Raises Terminated."""

    async def run() -> None:
        task = asyncio.ensure_future(work)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        await task

    try:
        asyncio.run(run())
    except asyncio.CancelledError as error:
        log.info("stopped")
        raise Terminated from error


async def _bring_up_to_date(footnote: Footnote, *, needs_index: bool) -> None:
    try:
        report = await builds.build(err, footnote)
    except (WouldShrink, CanaryFailed) as error:  # nobody may be there to be asked, and the live generation answers
        builds.warn(err, str(error))
    except (BuildError, DiskFull, ModelError) as error:
        if needs_index and await _is_empty(footnote):
            raise
        builds.warn(err, str(error))
    else:
        has_written = report.forecast is None
        if has_written or report.skipped or report.warned or report.not_fetched or report.failed_canaries:
            builds.show_report(err, report)


async def _warn_of_other_articles(footnote: Footnote, settings: Settings) -> None:
    """Answers come from what was built, whatever FOOTNOTE_ARTICLES says meanwhile."""
    if "articles" not in settings.model_fields_set or settings.chroma_url or await _is_empty(footnote):
        return  # or other machines build too, where the same articles have another path
    built_from = (await footnote.index.status()).folder
    if built_from != str(settings.articles.resolve()):
        builds.warn(
            err,
            f"The index was built from {built_from}, and FOOTNOTE_ARTICLES is {settings.articles}. "
            "`footnote index build --yes` changes over.",
        )


async def _is_empty(footnote: Footnote) -> bool:
    try:
        await footnote.index.status()
    except EmptyIndex:
        return True
    return False


def _live(home: Home) -> GenerationFolder:
    """Reading a generation needs no hold on the data folder: generations never change."""
    folder = home.live()
    if folder is None:
        raise EmptyIndex
    return folder


def _settings(*, quiet: bool = False) -> Settings:
    """Settings, and logging as they say: at INFO a bot tells of its work, a command in the terminal stays quiet. What
    is no setting is warned of.
    """
    settings = read_settings()
    for line in misspelt(os.environ):
        builds.warn(err, line)
    level = "WARNING" if quiet and settings.log_level == "INFO" else settings.log_level
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if level != "DEBUG":
        for chatty in ("alembic", "discord.client", "httpx"):  # migrations, voice, every look at a Chroma server
            logging.getLogger(chatty).setLevel(logging.ERROR)
    return settings


def _print_json(value: dict[str, Any]) -> None:
    out.file.write(json_form.one_line(value) + "\n")
