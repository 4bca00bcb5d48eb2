"""All rows of a database as files, and back into a database of either kind. A shared index is left out, and stays.

tables.json     the version of the tables, how many rows each has, and the last numbers given
TABLE.jsonl     a row a line: {"column": value}; times in UTC, in ISO 8601
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    MetaData,
    Row,
    Table,
    create_engine,
    delete,
    exists,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from footnote.adapters.database.migrate import is_known, revisions_of, run_migrations, transaction
from footnote.adapters.database.tables.shared_index import SHARED_INDEX
from footnote.errors import BackupError

_CONTENTS = "tables.json"
_VERSION_TABLE = "alembic_version"
_OF_NO_ANSWER = {_VERSION_TABLE, "identity"}
"""Tables that have a row as soon as they are made."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written: the version of the tables, rows of each, and the last number that each has given."""

    revision: str
    rows: dict[str, int]
    numbers: dict[str, int]


def export_rows(url: str, folder: Path, on_row: Callable[[int], None]) -> Contents | None:
    """Writes all rows as they are at one moment, beside whoever writes meanwhile; None when there are no tables.

    `on_row` gets the number of rows so far. Runs an event loop of its own. Raises SettingsError.
    """
    return asyncio.run(_export(url, folder, on_row)) if _exists(url) else None


def import_rows(url: str, folder: Path, *, aside: str | None, on_row: Callable[[int], None]) -> str | None:
    """Puts the rows into a database in one transaction, and brings the tables up to date. Returns the name under which
    what was there is kept, if anything was: it has `aside` in it. When that fails, no file is left that was not there.

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


def read_contents(folder: Path) -> Contents:
    """Raises BackupError when the rows are newer than this Footnote."""
    contents = Contents(**json.loads((folder / _CONTENTS).read_text(encoding="utf-8")))
    if not is_known(contents.revision):
        raise BackupError("The backup was made by a newer Footnote. Update this one, then restore again.")
    return contents


def holds_rows(url: str) -> bool:
    """Whether anything would have to be moved aside. Makes no file. Raises SettingsError."""
    return _exists(url) and asyncio.run(_holds_rows(url))


def _exists(url: str) -> bool:
    address = make_url(url)
    return address.get_backend_name() != "sqlite" or Path(str(address.database)).is_file()


def _files_made(url: str, aside: str | None) -> list[Path]:
    """The files that an import may make: a new database with what SQLite keeps beside it, or a copy of the old one."""
    if make_url(url).get_backend_name() != "sqlite":
        return []
    file = Path(str(make_url(url).database))
    if _exists(url):
        return [_copy_of(file, aside)] if aside else []
    return [file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))]


def _copy_of(file: Path, aside: str) -> Path:
    return file.with_name(f"{file.name}.{aside}")


async def _holds_rows(url: str) -> bool:
    async with transaction(url) as connection:
        return await connection.run_sync(lambda connection: _has_rows(connection, _present(connection)))


async def _export(url: str, folder: Path, on_row: Callable[[int], None]) -> Contents | None:
    # One transaction of SQLite sees one moment by itself.
    options = {} if make_url(url).get_backend_name() == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    async with transaction(url, **options) as connection:
        return await connection.run_sync(_write_files, folder, on_row)


def _write_files(connection: Connection, folder: Path, on_row: Callable[[int], None]) -> Contents | None:
    revisions = revisions_of(connection)
    if not revisions:
        return None
    if not is_known(*revisions):
        raise BackupError("The database is from a newer Footnote. Update this one.")
    folder.mkdir()
    rows: dict[str, int] = {}
    tables = _tables(connection, _names_at(revisions[0])).sorted_tables
    for table in tables:
        rows[table.name] = 0
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(
                select(table).order_by(*table.primary_key)
            ):
                file.write(json.dumps(_written(row), ensure_ascii=False) + "\n")
                rows[table.name] += 1
                on_row(sum(rows.values()))
    contents = Contents(revisions[0], rows, {table.name: _last_number(connection, table) for table in tables})
    (folder / _CONTENTS).write_text(json.dumps(asdict(contents), indent=2), encoding="utf-8")
    return contents


async def _import(url: str, folder: Path, aside: str | None, on_row: Callable[[int], None]) -> str | None:
    contents = read_contents(folder)
    async with transaction(url, write_lock=True) as connection:
        return await connection.run_sync(_take_in, folder, contents, aside, on_row)


def _take_in(
    connection: Connection, folder: Path, contents: Contents, aside: str | None, on_row: Callable[[int], None]
) -> str | None:
    kept = _clear(connection, aside)
    run_migrations(connection, contents.revision)
    if not contents.rows.keys() <= _names_at(contents.revision):
        raise BackupError("The backup names tables that are not Footnote's. Use another one.")
    tables = _tables(connection, set(contents.rows))
    for table in tables.sorted_tables[::-1]:
        connection.execute(delete(table))
    done = 0
    for table in tables.sorted_tables:
        if not (folder / f"{table.name}.jsonl").is_file():
            raise BackupError(f"Rows of the table {table.name} are missing in the backup. Use another one.")
        with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as file:
            lines = (_read(json.loads(line), table) for line in file)
            while rows := list(islice(lines, _AT_ONCE)):
                _insert(connection, table, rows)
                done += len(rows)
                on_row(done)
        _set_last_number(connection, table, contents.numbers[table.name])
    run_migrations(connection)
    return kept


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    try:
        connection.execute(insert(table), rows)
    except (IntegrityError, DataError, InterfaceError, ProgrammingError) as error:
        raise BackupError(f"Rows of the table {table.name} in the backup do not fit. Use another backup.") from error


def _clear(connection: Connection, aside: str | None) -> str | None:
    """Leaves none of our tables. Returns under which name their rows are kept, if they had any."""
    present = _present(connection)
    name = None
    if _has_rows(connection, present):
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


def _present(connection: Connection) -> MetaData:
    """The tables of ours that there are, of whichever version."""
    return _tables(connection, _names_at("head") | {_VERSION_TABLE})


def _has_rows(connection: Connection, present: MetaData) -> bool:
    tables = (table for table in present.sorted_tables if table.name not in _OF_NO_ANSWER)
    return any(connection.scalar(select(exists(select(table)))) for table in tables)


def _tables(connection: Connection, names: set[str]) -> MetaData:
    tables = MetaData()
    there = names & set(inspect(connection).get_table_names())
    tables.reflect(connection, only=sorted(there))
    return tables


def _names_at(revision: str) -> set[str]:
    """Of the tables of a version, and of no one else who may use the same database."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        run_migrations(connection, revision)
        names = set(inspect(connection).get_table_names()) - {_VERSION_TABLE, *SHARED_INDEX.tables}
    engine.dispose()
    return names


def _written(row: Row[Any]) -> dict[str, object]:
    return {name: _as_json(value) for name, value in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's public name


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _read(row: Mapping[str, Any], table: Table) -> dict[str, object]:
    return {name: _from_json(value, table.columns[name].type) for name, value in row.items()}


def _from_json(value: object, kind: Any) -> object:  # noqa: ANN401 - whatever reflection finds
    if not isinstance(value, str) or kind.python_type is str:
        return value
    if kind.python_type is date:
        return date.fromisoformat(value)
    if kind.python_type is not datetime:
        return value
    moment = datetime.fromisoformat(value)
    return moment if kind.timezone else moment.replace(tzinfo=None)


def _last_number(connection: Connection, table: Table) -> int:
    """The last that the table has given to a row, which may be gone since; 0 when it has given none."""
    if connection.dialect.name == "postgresql":
        sequence = _sequence(connection, table)
        if sequence is None:
            return 0
        last, is_given = connection.exec_driver_sql(f"SELECT last_value, is_called FROM {sequence}").one()  # noqa: S608
        return int(last) if is_given else 0
    if not inspect(connection).has_table("sqlite_sequence"):
        return 0
    found = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return int(connection.scalar(found, {"name": table.name}) or 0)


def _set_last_number(connection: Connection, table: Table, number: int) -> None:
    if connection.dialect.name == "postgresql":
        if sequence := _sequence(connection, table):
            (column,) = table.primary_key
            highest = connection.scalar(select(column).order_by(column.desc()).limit(1)) or 0
            if last := max(number, highest):
                connection.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
    elif number:
        values = {"name": table.name, "last": number}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)


def _sequence(connection: Connection, table: Table) -> str | None:
    """That numbers the rows, ready to be put into a statement."""
    if len(table.primary_key) != 1:
        return None
    (column,) = table.primary_key
    found = text("SELECT pg_get_serial_sequence(:table, :column)")
    sequence: str | None = connection.scalar(found, {"table": table.name, "column": column.name})
    return sequence
