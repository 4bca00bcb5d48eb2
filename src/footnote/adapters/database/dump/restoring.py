"""Files -> all rows of a database, of either kind."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, delete, insert, make_url
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from footnote.adapters.database.dump.last_numbers import set_last_number
from footnote.adapters.database.dump.present_tables import has_rows, is_there, names_at, present_tables, reflected
from footnote.adapters.database.dump.row_files import AT_ONCE, Contents, from_line, read_contents
from footnote.adapters.database.migrate import run_migrations
from footnote.adapters.database.table_versions import transaction
from footnote.errors import BackupError


def import_rows(url: str, folder: Path, *, aside: str | None, on_row: Callable[[int], None]) -> str | None:
    """Puts the rows into a database in one transaction, and brings the tables up to date. If the database had rows
    before, they are kept under a name that contains `aside`, which is returned. If it fails, it leaves no new files.

    Runs an event loop of its own. Raises SettingsError, and BackupError when the rows are newer than this Footnote or
    do not fit its tables, or when the database holds rows already and there is no `aside`.
    """
    made = _files_made(url, aside)
    try:
        return asyncio.run(_import(url, folder, aside, on_row))
    except BaseException:
        for file in made:
            file.unlink(missing_ok=True)
        raise


def _files_made(url: str, aside: str | None) -> list[Path]:
    """The files that an import may create: a new database with SQLite's files next to it, or a copy of the old one."""
    if make_url(url).get_backend_name() != "sqlite":
        return []
    file = Path(str(make_url(url).database))
    if is_there(url):
        return [_copy_of(file, aside)] if aside else []
    return [file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))]


def _copy_of(file: Path, aside: str) -> Path:
    return file.with_name(f"{file.name}.{aside}")


async def _import(url: str, folder: Path, aside: str | None, on_row: Callable[[int], None]) -> str | None:
    contents = read_contents(folder)
    async with transaction(url, write_lock=True) as connection:
        return await connection.run_sync(_take_in, folder, contents, aside, on_row)


def _take_in(
    connection: Connection, folder: Path, contents: Contents, aside: str | None, on_row: Callable[[int], None]
) -> str | None:
    kept = _clear(connection, aside)
    run_migrations(connection, contents.revision)
    if not contents.rows.keys() <= names_at(contents.revision):
        raise BackupError("The backup names tables that are not Footnote's. Use another one.")
    tables = reflected(connection, set(contents.rows))
    for table in tables.sorted_tables[::-1]:
        connection.execute(delete(table))
    done = 0
    for table in tables.sorted_tables:
        if not (folder / f"{table.name}.jsonl").is_file():
            raise BackupError(f"Rows of the table {table.name} are missing in the backup. Use another one.")
        with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as file:
            lines = (from_line(json.loads(line), table) for line in file)
            while rows := list(islice(lines, AT_ONCE)):
                _insert(connection, table, rows)
                done += len(rows)
                on_row(done)
        set_last_number(connection, table, contents.numbers[table.name])
    run_migrations(connection)
    return kept


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    try:
        connection.execute(insert(table), rows)
    except (IntegrityError, DataError, InterfaceError, ProgrammingError) as error:
        raise BackupError(f"Rows of the table {table.name} in the backup do not fit. Use another backup.") from error


def _clear(connection: Connection, aside: str | None) -> str | None:
    """Removes all our tables. Returns the name under which their rows are kept, if they had any."""
    present = present_tables(connection)
    name = None
    if has_rows(connection, present):
        if aside is None:
            raise BackupError("The database already contains answers. With --yes they are moved aside first.")
        name = _move_aside(connection, present, aside)
    present.drop_all(connection)
    return name


def _move_aside(connection: Connection, present: MetaData, name: str) -> str:
    """Into another schema, or into another file."""
    if connection.dialect.name == "postgresql":
        schema = connection.dialect.identifier_preparer.quote(name)
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        for table in present.tables:
            connection.exec_driver_sql(f"ALTER TABLE {table} SET SCHEMA {schema}")
        present.clear()
        return f"schema {name}"
    file = Path(str(connection.engine.url.database))
    copy = _copy_of(file, name)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return str(copy)
