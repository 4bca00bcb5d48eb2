"""Values survive their way into a line of a file and back, and newer rows are refused."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    select,
)
from sqlalchemy.types import TypeEngine

from footnote.adapters.database.dump.row_files import CONTENTS, Contents, as_line, from_line, read_contents
from footnote.errors import BackupError

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
KINDS: dict[str, TypeEngine[Any]] = {
    "words": String(),
    "count": Integer(),
    "share": Float(),
    "is_so": Boolean(),
    "data": LargeBinary(),
    "day": Date(),
    "moment": DateTime(timezone=True),
    "local": DateTime(),
}
TABLE = Table("values", MetaData(), *(Column(name, kind) for name, kind in KINDS.items()))


@pytest.mark.parametrize(
    ("name", "value", "written"),
    [
        ("words", "a\n„ü“ \U0001f3f3 \\", "a\n„ü“ \U0001f3f3 \\"),
        ("words", "2026-03-01", "2026-03-01"),
        ("words", "", ""),
        ("count", 2**62, 2**62),
        ("share", 0.1, 0.1),
        ("is_so", False, False),
        ("data", b"\x00\xff \n", "AP8gCg=="),
        ("data", b"", ""),
        ("day", date(2026, 2, 28), "2026-02-28"),
        ("moment", NOON, "2026-03-01T12:00:00.123456+00:00"),
        ("local", NOON.replace(tzinfo=None), "2026-03-01T12:00:00.123456+00:00"),
        ("moment", None, None),
        ("data", None, None),
    ],
)
def test_a_value_comes_back_from_its_line_as_it_was(name: str, value: object, written: object) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        TABLE.create(connection)
        connection.execute(insert(TABLE).values({name: value}))
        line = as_line(connection.execute(select(TABLE.columns[name])).one())
    engine.dispose()
    assert line == {name: written}
    assert from_line(json.loads(json.dumps(line)), TABLE) == {name: value}


def test_a_moment_in_another_time_zone_is_read_as_the_same_moment() -> None:
    east = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert from_line({"moment": east.isoformat()}, TABLE) == {"moment": NOON}


def test_a_line_with_a_column_that_the_table_has_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        from_line({"other": 1}, TABLE)


def test_contents_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = {"revision": "0001", "rows": {"answers": 2}, "numbers": {"answers": 9}}
    (tmp_path / CONTENTS).write_text(json.dumps(written), encoding="utf-8")
    assert read_contents(tmp_path) == Contents("0001", {"answers": 2}, {"answers": 9})


@pytest.mark.parametrize("revision", ["9999", "", "1"])
def test_rows_of_tables_that_are_not_known_are_refused(tmp_path: Path, revision: str) -> None:
    written = {"revision": revision, "rows": {}, "numbers": {}}
    (tmp_path / CONTENTS).write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(BackupError, match="newer Footnote"):
        read_contents(tmp_path)
