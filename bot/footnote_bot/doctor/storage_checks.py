"""What is on disk and in the database: articles, index, answers. Blocking, and without writing anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from footnote.errors import DamagedIndex, FootnoteError
from footnote_bot.citation_format import counted
from footnote_bot.doctor.findings import Finding, bad, ok, warning
from footnote_bot.generation_home import opened_home
from footnote_bot.settings import Settings
from footnote_index.building.reports import Skipped
from footnote_index.loaders.folder import find_articles
from footnote_index.storage.home import Home
from footnote_index.storage.verification import find_damage

ARTICLES, INDEX, DATABASE = "Articles", "Index", "Database"
_OLD = timedelta(days=90)


def article_finding(folder: Path) -> Finding:
    if folder.is_file():
        return bad(
            ARTICLES, f"{folder} is a file", f"set FOOTNOTE_ARTICLES to the folder that it is in: {folder.parent}"
        )
    if not folder.is_dir():
        return bad(ARTICLES, f"there is no folder {folder}", "create it, or set FOOTNOTE_ARTICLES")
    found = find_articles(folder)
    readable = [one for one in found if not isinstance(one, Skipped)]
    has_sources = (folder / "sources.yaml").is_file()
    if not readable and not has_sources:
        return bad(
            ARTICLES, f"{folder} contains no articles", "put .md, .txt, .html, .pdf, .docx or .epub files into it"
        )
    also = ", and sources.yaml" if has_sources else ""
    return ok(ARTICLES, f"{counted(len(readable), 'file')} in {folder}{also}")


def index_findings(settings: Settings, *, now: datetime | None = None) -> Iterator[Finding]:
    try:
        with opened_home(settings, upgrades=False) as home:
            yield _index(home, settings, now or datetime.now(UTC))
    except DamagedIndex as error:
        yield bad(INDEX, error.what, "run `footnote index build`")
    except FootnoteError as error:
        yield bad(INDEX, str(error), "fix that, then run `footnote doctor` again")


_KINDS = {"minilm": "minilm", "multilingual-e5-small": "multilingual"}
"""The value of FOOTNOTE_EMBEDDER for an index built with the embedder of that name; any other name is a server's."""


def _index(home: Home, settings: Settings, now: datetime) -> Finding:
    folder = home.live()
    if folder is None and home.live_id() is not None:
        return bad(INDEX, "the live generation is missing", "run `footnote index build`")
    if folder is None:
        return bad(INDEX, "nothing has been built yet", "run `footnote index build`")
    status = folder.read_manifest()
    if findings := find_damage(folder):
        return bad(
            INDEX, f"it is damaged: {findings[0]}", "run `footnote index build --full`, then `footnote index verify`"
        )
    if settings.embedder != _KINDS.get(status.embedder, "openai"):
        line = f"it was built with {status.embedder}, and FOOTNOTE_EMBEDDER is {settings.embedder}"
        return bad(INDEX, line, "run `footnote index build`, or change FOOTNOTE_EMBEDDER back")
    line = f"{counted(status.articles, 'article')}, built on {status.built_at:%Y-%m-%d}"
    if now - status.built_at > _OLD:
        return warning(INDEX, line, "that was long ago: run `footnote index build`, or set FOOTNOTE_WATCH_MINUTES")
    return ok(INDEX, line)


def database_finding(settings: Settings) -> Finding:
    """Whether it can be read, and is not newer than this Footnote. Tables are neither created nor changed."""
    from footnote.adapters.database import missing_file
    from footnote.adapters.database.table_versions import is_current, versions_of

    try:
        missing = missing_file(settings.database)
        if missing is not None:
            return ok(DATABASE, f"{missing} will be created when it is needed")
        if settings.database_url is None and (problem := _sqlite_problem(settings.own_database)):
            return bad(
                DATABASE,
                problem,
                "free some space if the disk is full; otherwise restore a backup (`footnote restore`)",
            )
        versions = versions_of(settings.database)
    except FootnoteError as error:
        return bad(DATABASE, str(error), "correct DATABASE_URL, or start the database")
    if not versions:
        return ok(DATABASE, "it exists; its tables are created at the first start")
    if not is_current(versions):
        return ok(DATABASE, "its tables are brought up to date at the next start")
    return ok(DATABASE, "it can be read, and its tables are up to date")


def _sqlite_problem(file: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return f"{file} cannot be read: {error}"
    return None if found == ("ok",) else f"{file} is damaged: {found[0]}"
