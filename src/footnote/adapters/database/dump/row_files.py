"""The files that rows are written to, and how values are encoded in them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table

from footnote.adapters.database.table_versions import is_known
from footnote.errors import BackupError

CONTENTS = "tables.json"

AT_ONCE = 500
"""Rows that are read or written in one go."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written: the version of the tables, how many rows each has, and the last number that each has used."""

    revision: str
    rows: dict[str, int]
    numbers: dict[str, int]


def read_contents(folder: Path) -> Contents:
    """Raises BackupError when the rows are newer than this Footnote."""
    contents = Contents(**json.loads((folder / CONTENTS).read_text(encoding="utf-8")))
    if not is_known(contents.revision):
        raise BackupError("The backup was made by a newer Footnote. Update this one, then restore again.")
    return contents


def as_line(row: Row[Any]) -> dict[str, object]:
    """A row as a line of the file, ready for JSON."""
    return {name: _as_json(value) for name, value in row._mapping.items()}  # noqa: SLF001 - SQLAlchemy's public name


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, date) else value


def from_line(row: Mapping[str, Any], table: Table) -> dict[str, object]:
    """A line of the file, converted to the types of the table's columns."""
    return {name: _from_json(value, table.columns[name].type) for name, value in row.items()}


def _from_json(value: object, kind: Any) -> object:  # noqa: ANN401 - whatever reflection finds
    if not isinstance(value, str) or kind.python_type is str:
        return value
    if kind.python_type is bytes:
        return base64.b64decode(value)
    if kind.python_type is date:
        return date.fromisoformat(value)
    if kind.python_type is not datetime:
        return value
    moment = datetime.fromisoformat(value)
    return moment if kind.timezone else moment.replace(tzinfo=None)
