"""A database URL -> an engine whose transactions are whole and survive a power cut."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from footnote.adapters.database.sqlite_cursors import OneVisitConnection
from footnote.errors import SettingsError

# `postgres` is how some hosts still spell it.
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_BUSY_SECONDS = 5.0
_CONNECT_SECONDS = 10
_WRITE_LOCK = 0x466F6F746E6F7465  # "Footnote": PostgreSQL identifies advisory locks by number

AnyEngine = TypeVar("AnyEngine", Engine, AsyncEngine)


def open_engine(url: str) -> AsyncEngine:
    """An engine that connects when it is first used. Makes the folder of a SQLite file. Raises SettingsError.

    A transaction with the execution option `write_lock` waits until no other one of this kind runs, in any process.
    """
    address = _parse(url)
    engine = _create(address, create_async_engine)
    _listen(engine.sync_engine)
    return engine


def open_blocking_engine(url: str) -> Engine:
    """The same for code that runs in threads."""
    address = _parse(url)
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite")
    engine = _create(address, create_engine)
    _listen(engine)
    return engine


def missing_file(url: str) -> Path | None:
    """The SQLite file that a URL names, if it does not exist yet. Raises SettingsError."""
    address = _parse(url)
    file = Path(str(address.database))
    return file if address.get_backend_name() == "sqlite" and not file.is_file() else None


def name_of(address: URL) -> str:
    """How messages name the database, without its password."""
    return f"{address.database} at {address.host}" if address.host else str(address.database)


def _parse(url: str) -> URL:
    try:
        address = make_url(url)
    except (SQLAlchemyError, ValueError) as error:
        raise SettingsError(
            "DATABASE_URL cannot be read. Write it like sqlite:///var/footnote.db or postgresql://user@host/footnote."
        ) from error
    if address.get_backend_name() not in _DRIVERS:
        raise SettingsError("DATABASE_URL must start with sqlite:/// or postgresql://. Change it or leave it out.")
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise SettingsError(
            "DATABASE_URL names no file, so verdicts would be lost. Write it like sqlite:///var/footnote.db."
        )
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _create(address: URL, create: Callable[..., AnyEngine]) -> AnyEngine:
    if address.get_backend_name() == "sqlite":
        _make_folder(address)
        # SQLite has one writer. Waiting in line for the one connection is fair; waiting for SQLite's lock is a lottery.
        connect: dict[str, Any] = {"timeout": _BUSY_SECONDS, "isolation_level": None}
        if create is create_async_engine:
            connect["async_creator_fn"] = OneVisitConnection.open
        options: dict[str, Any] = {"pool_size": 1, "max_overflow": 0, "connect_args": connect}
    else:
        address = address.set(query={"connect_timeout": str(_CONNECT_SECONDS), **address.query})
        # Connections that the server has closed are replaced before anybody's question is lost on them.
        options = {"pool_pre_ping": True}
    try:
        # An error that names its parameters would put questions and answers into the log.
        return create(address, hide_parameters=True, **options)
    except (SQLAlchemyError, ImportError) as error:
        raise SettingsError(
            f"DATABASE_URL needs the driver {address.get_driver_name()}, which does not work here ({error}). "
            "Install it, or leave DATABASE_URL out to use SQLite."
        ) from error


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _make_folder(address: URL) -> None:
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"The folder for the database {address.database} cannot be made: {error.strerror}. Set DATABASE_URL to "
            "a place where Footnote may write."
        ) from error


def _configure_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    _switch_to_wal(cursor)
    # WAL's usual NORMAL may forget the last transactions in a power cut, and with them a verdict somebody has seen.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _switch_to_wal(cursor: DBAPICursor) -> None:
    """If two connections switch a new file at the same time, SQLite fails one at once, whatever the time-out."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Python's sqlite3 begins a transaction only before a write, so reads and CREATE TABLE would be outside of it."""
    driver = connection.connection.driver_connection
    if connection.get_execution_options().get("write_lock"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif isinstance(driver, OneVisitConnection):
        driver.begin()
    else:
        connection.exec_driver_sql("BEGIN DEFERRED")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("write_lock"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
