"""SQLite connections that hand work to their thread once per statement, and once per end of a transaction.

SQLAlchemy makes a cursor, executes, fetches and closes, and aiosqlite hands each of these four to the thread and waits.
It also begins each transaction with a statement of its own, and rolls back what has been committed already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Self

import aiosqlite

_ROWS = 500  # that come with their statement; further ones are fetched on demand


class OneVisitConnection(aiosqlite.Connection):
    """A connection of aiosqlite, for SQLAlchemy."""

    @classmethod
    def open(cls, file: str, **options: Any) -> Self:  # noqa: ANN401 - of sqlite3.connect
        """Awaitable, like `aiosqlite.connect`."""
        connection = cls(lambda: sqlite3.connect(file, **options), iter_chunk_size=_ROWS)
        connection._thread.daemon = True  # as SQLAlchemy sets it, so that a lost connection keeps no process alive
        return connection

    _is_due = False
    _is_used = False

    def begin(self) -> None:
        """The transaction begins with the next statement, in the same call: alone it would lock nothing."""
        self._is_due = True

    def use(self) -> bool:
        """For a statement that is about to run: whether it begins a transaction."""
        is_due, self._is_due, self._is_used = self._is_due, False, True
        return is_due

    async def commit(self) -> None:
        await self._end(super().commit)

    async def rollback(self) -> None:
        await self._end(super().rollback)

    async def _end(self, end: Callable[[], Awaitable[None]]) -> None:
        """Also if nobody has awaited the statement: it may still run."""
        self._is_due = False
        if self._is_used:
            await end()
            self._is_used = False

    def cursor(self) -> OneVisitCursor:  # type: ignore[override] # there is nothing to wait for
        return OneVisitCursor(self)


class OneVisitCursor(aiosqlite.Cursor):
    """Holds a sqlite3 cursor from its statement until its last row."""

    _conn: OneVisitConnection

    def __init__(self, connection: OneVisitConnection) -> None:
        super().__init__(connection, None)  # type: ignore[arg-type] # its statement makes one
        self._rows: list[Any] = []
        self._is_open = False

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        values: Any = parameters or ()
        return await self._begin(lambda cursor: cursor.execute(sql, values))

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        values: Any = parameters
        return await self._begin(lambda cursor: cursor.executemany(sql, values))

    async def fetchall(self) -> list[Any]:
        if self._is_open:
            await self._visit(self._fetch_rest)
        rows, self._rows = self._rows, []
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        size = size or _ROWS
        if self._is_open and len(self._rows) < size:
            await self._visit(self._fetch, size - len(self._rows))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def close(self) -> None:
        if self._is_open:
            await self._visit(self._end)

    async def _begin(self, statement: Callable[[sqlite3.Cursor], object]) -> Self:
        # Queued now, so that `close` runs after a statement that nobody has waited for.
        self._is_open = True
        await self._visit(self._run, statement, self._conn.use())
        return self

    async def _visit(self, step: Callable[..., None], *arguments: object) -> None:
        await self._execute(step, *arguments)  # type: ignore[no-untyped-call] # it has no types

    # What follows runs in the connection's thread.

    def _run(self, statement: Callable[[sqlite3.Cursor], object], begins: bool) -> None:
        self._cursor = self._conn._conn.cursor()  # noqa: SLF001 - the connection is ours
        if begins:
            self._cursor.execute("BEGIN DEFERRED")
        statement(self._cursor)
        self._fetch(_ROWS)

    def _fetch(self, size: int) -> None:
        rows = self._cursor.fetchmany(size)
        self._rows += rows
        if len(rows) < size:
            self._end()

    def _fetch_rest(self) -> None:
        self._rows += self._cursor.fetchall()
        self._end()

    def _end(self) -> None:
        self._is_open = False
        if self._cursor is not None:
            self._cursor.close()
