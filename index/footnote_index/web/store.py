"""What was fetched from the web, kept from build to build in one SQLite file; writes are atomic."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from footnote.errors import BuildError
from footnote_index.storage.disk import told_when_full
from footnote_index.web.document import FetchedDocument
from footnote_index.web.listed_page import ListedPage

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    url TEXT PRIMARY KEY, final_url TEXT NOT NULL, content_type TEXT NOT NULL, charset TEXT, etag TEXT,
    last_modified TEXT, fetched_at TEXT NOT NULL, body BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS asked (url TEXT PRIMARY KEY, at TEXT NOT NULL, trouble TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (
    source TEXT NOT NULL, position INTEGER NOT NULL, url TEXT NOT NULL, title TEXT, published TEXT, changed TEXT,
    PRIMARY KEY (source, position)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class LastRequest:
    """When an address was last requested, and what the problem was, if any."""

    at: datetime
    problem: str | None


@contextmanager
def opened(file: Path, *, read_only: bool = False) -> Iterator[Store]:
    """The store in a file, which is created unless `read_only`. Raises BuildError when it cannot be used, DiskFull."""
    mode = "rw" if read_only else "rwc"  # after a kill, the first read rolls back what was half written
    try:
        with told_when_full(file.parent):
            if not read_only:
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(sqlite3.connect(f"file:{quote(str(file.resolve()))}?mode={mode}", uri=True)) as rows:
                if read_only:
                    rows.execute("PRAGMA query_only = ON")
                else:
                    rows.execute("PRAGMA auto_vacuum = INCREMENTAL")
                    rows.executescript(_SCHEMA)
                yield Store(rows)
    except sqlite3.Error as error:
        raise BuildError(
            f"The fetched pages in {file} cannot be used ({error}). Correct that, or delete the file: pages that "
            "sources.yaml names are then fetched again."
        ) from error


class Store:
    """Documents by the address that was requested, and the pages that each feed and sitemap named.

    Blocking, for one thread. What a method writes is durable when it returns.
    """

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows = rows

    def document(self, url: str) -> FetchedDocument | None:
        row = self._rows.execute("SELECT * FROM documents WHERE url = ?", (url,)).fetchone()
        if row is None:
            return None
        _, final_url, content_type, charset, etag, last_modified, fetched_at, body = row
        moment = datetime.fromisoformat(fetched_at)
        return FetchedDocument(final_url, content_type, charset, etag, last_modified, moment, body)

    def has(self, url: str) -> bool:
        return self._rows.execute("SELECT 1 FROM documents WHERE url = ?", (url,)).fetchone() is not None

    def final_url(self, url: str) -> str | None:
        """The final address of what was fetched from an address."""
        row = self._rows.execute("SELECT final_url FROM documents WHERE url = ?", (url,)).fetchone()
        return str(row[0]) if row else None

    def asked(self, url: str) -> LastRequest | None:
        row = self._rows.execute("SELECT at, trouble FROM asked WHERE url = ?", (url,)).fetchone()
        return LastRequest(datetime.fromisoformat(row[0]), row[1]) if row else None

    def put(self, url: str, document: FetchedDocument) -> None:
        """Stores what was fetched, replacing what was there."""
        fields = (document.final_url, document.content_type, document.charset, document.etag, document.last_modified)
        row = (url, *fields, document.fetched_at.isoformat(), document.body)
        with self._rows:
            self._rows.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            self._note(url, None)

    def note(self, url: str, problem: str | None) -> None:
        """Records that it was requested; what is stored stays."""
        with self._rows:
            self._note(url, problem)

    def postpone(self, url: str, problem: str) -> None:
        """Records that it should have been requested and was not."""
        with self._rows:
            self._rows.execute("UPDATE asked SET trouble = ? WHERE url = ?", (problem, url))

    def remove(self, url: str, problem: str) -> None:
        """Deletes it: it is gone."""
        with self._rows:
            self._rows.execute("DELETE FROM documents WHERE url = ?", (url,))
            self._note(url, problem)

    def named(self, source: str) -> list[ListedPage]:
        """In the order in which they were given."""
        query = "SELECT url, title, published, changed FROM named WHERE source = ? ORDER BY position"
        return [
            ListedPage(url, title, _day(published), _day(changed))
            for url, title, published, changed in self._rows.execute(query, (source,))
        ]

    def name(self, source: str, pages: Iterable[ListedPage]) -> None:
        """Replaces the pages that the source named before."""
        rows = [(source, number, *map(_text, astuple(page))) for number, page in enumerate(pages)]
        with self._rows:
            self._rows.execute("DELETE FROM named WHERE source = ?", (source,))
            self._rows.executemany("INSERT INTO named VALUES (?, ?, ?, ?, ?, ?)", rows)

    def keep_only(self, urls: Collection[str], *, gone: Collection[str]) -> None:
        """Deletes what nothing names any longer, and frees its disk space. For what is `gone`, the time of the request
        is kept.
        """
        named = {*urls, *gone}
        with self._rows:
            self._delete("named", "source", urls)
            self._delete("named", "url", named)
            self._delete("documents", "url", urls)
            self._delete("asked", "url", named)
        self._rows.execute("PRAGMA incremental_vacuum").fetchall()

    def _delete(self, table: str, column: str, kept: Collection[str]) -> None:
        there = [value for (value,) in self._rows.execute(f"SELECT DISTINCT {column} FROM {table}")]  # noqa: S608
        rows: Sequence[tuple[Any, ...]] = [(value,) for value in there if value not in kept]
        self._rows.executemany(f"DELETE FROM {table} WHERE {column} = ?", rows)  # noqa: S608

    def _note(self, url: str, problem: str | None) -> None:
        row = (url, datetime.now(UTC).isoformat(), problem)
        self._rows.execute("INSERT OR REPLACE INTO asked VALUES (?, ?, ?)", row)


def _text(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
