"""All rows of a database -> files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Connection, make_url, select

from footnote.adapters.database.dump.last_numbers import last_number
from footnote.adapters.database.dump.present_tables import is_there, names_at, reflected
from footnote.adapters.database.dump.row_files import AT_ONCE, CONTENTS, Contents, as_line
from footnote.adapters.database.table_versions import is_known, revisions_of, transaction
from footnote.errors import BackupError


def export_rows(url: str, folder: Path, on_row: Callable[[int], None]) -> Contents | None:
    """Writes all rows as they are at one moment, while others may write; None when there are no tables.

    `on_row` is called with the number of rows so far. Runs an event loop of its own. Raises SettingsError.
    """
    return asyncio.run(_export(url, folder, on_row)) if is_there(url) else None


async def _export(url: str, folder: Path, on_row: Callable[[int], None]) -> Contents | None:
    # In SQLite, a transaction sees one moment anyway.
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
    tables = reflected(connection, names_at(revisions[0])).sorted_tables
    for table in tables:
        rows[table.name] = 0
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8") as file:
            for row in connection.execution_options(yield_per=AT_ONCE).execute(
                select(table).order_by(*table.primary_key)
            ):
                file.write(json.dumps(as_line(row), ensure_ascii=False) + "\n")
                rows[table.name] += 1
                on_row(sum(rows.values()))
    contents = Contents(revisions[0], rows, {table.name: last_number(connection, table) for table in tables})
    (folder / CONTENTS).write_text(json.dumps(asdict(contents), indent=2), encoding="utf-8")
    return contents
