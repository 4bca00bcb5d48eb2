"""Rows out of one database and into another, of both kinds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from databases import Databases
from old_tables import REVISIONS, make_old_tables
from sqlalchemy import String, TypeDecorator, make_url, text

from footnote.adapters.database import DatabaseStore, open_engine
from footnote.adapters.database.dump import export_rows, holds_rows, import_rows, read_contents
from footnote.adapters.database.shared_index import FilePart, SharedIndex
from footnote.adapters.database.tables import Base
from footnote.errors import BackupError
from footnote.models import Answer, Citation, Claim, Receipt
from footnote.stores import Asked

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
VALUES: dict[type, Any] = {
    int: 1,
    float: 0.1,
    bool: True,
    str: "a\n„ü“ \U0001f3f3 \\ %s",
    datetime: NOON,
    date: date(2026, 2, 28),
    bytes: b"\x00\xff \n",
}


def value_for(kind: Any) -> Any:
    plain: Any = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    value = next(iter(plain)) if issubclass(plain, Enum) else VALUES[plain]
    return value[: kind.length] if isinstance(kind, String) and not issubclass(plain, Enum) else value


async def fill(url: str) -> None:
    """A row in every table, with a value in every column. Each key is 1, so that all refer to each other."""
    engine = open_engine(url)
    async with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            await connection.execute(table.delete())  # a new database has a mark
            await connection.execute(table.insert().values({c.name: value_for(c.type) for c in table.columns}))
    await engine.dispose()


async def in_store(url: str, *work: Callable[[DatabaseStore], Any]) -> list[Any]:
    store = DatabaseStore(open_engine(url))
    try:
        return [await one(store) for one in work]
    finally:
        await store.close()


def do(url: str, *work: Callable[[DatabaseStore], Any]) -> list[Any]:
    return asyncio.run(in_store(url, *work))


def get_first(store: DatabaseStore) -> Any:
    return store.get(1)


def add(store: DatabaseStore) -> Any:
    citation = Citation(1, "a.md", "v" * 64, "A", None, None, None, 0, 1, "B")
    receipt = Receipt((), (), answerer="extractive", generation="g", retrieve_ms=1.0, answer_ms=1.0)
    return store.add(Answer("When?", (Claim("B", 0.5, (citation,)),), 0.5, receipt), Asked(1, 2, 3, NOON))


def execute(url: str, statement: str) -> list[Any]:
    async def run() -> list[Any]:
        engine = open_engine(url)
        async with engine.begin() as connection:
            found = await connection.execute(text(statement))
            rows = list(found.all()) if found.returns_rows else []
        await engine.dispose()
        return rows

    return asyncio.run(run())


def export(url: str, folder: Path) -> Path:
    export_rows(url, folder, lambda _rows: None)
    return folder


def import_(url: str, folder: Path, aside: str | None = None) -> str | None:
    return import_rows(url, folder, aside=aside, on_row=lambda _rows: None)


@pytest.fixture(params=["sqlite", "postgresql"])
def others(request: pytest.FixtureRequest) -> Databases:
    found: Databases = request.getfixturevalue(request.param)
    return found


def test_every_row_of_every_table_arrives_as_it_was(databases: Databases, others: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), others.empty()
    asyncio.run(fill(source))
    assert import_(target, export(source, tmp_path / "one")) is None
    again = export(target, tmp_path / "two")
    for table in Base.metadata.tables:
        (line,) = (tmp_path / "one" / f"{table}.jsonl").read_text().splitlines()
        assert (again / f"{table}.jsonl").read_text() == f"{line}\n"
    assert do(target, get_first) == do(source, get_first)


def test_a_shared_index_is_left_out_and_stays(databases: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), databases.migrated()
    for url, generation in ((source, "g1"), (target, "g2")):
        with closing(SharedIndex(url)) as records:
            records.take_lease("b", "A test", seconds=60)
            records.publish(generation, "{}", [FilePart("catalogue.sqlite", 0, b"\x00\xff")])
            records.switch("b", generation)
    folder = export(source, tmp_path / "rows")
    assert "shared_files" not in read_contents(folder).rows
    assert not holds_rows(target)
    import_(target, folder)
    with closing(SharedIndex(target)) as records:
        assert (records.live(), [*records.parts("g2", "catalogue.sqlite")]) == ("g2", [b"\x00\xff"])


def test_numbers_go_on_where_they_were(databases: Databases, others: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), others.empty()
    do(source, add, add)
    for table in reversed(Base.metadata.sorted_tables):
        if "answer_id" in table.columns:
            execute(source, f"DELETE FROM {table.name} WHERE answer_id = 2")  # noqa: S608 - our own tables
    execute(source, "DELETE FROM answers WHERE id = 2")
    import_(target, export(source, tmp_path / "rows"))
    (added,) = do(target, add)
    assert added.id == 3


@pytest.mark.parametrize("revision", REVISIONS[:-1:3])
def test_rows_of_an_earlier_version_are_brought_up_to_date(databases: Databases, revision: str, tmp_path: Path) -> None:
    source, target = databases.empty(), databases.empty()
    asyncio.run(make_old_tables(source, revision))
    import_(target, export(source, tmp_path / "rows"))
    (record,) = do(target, get_first)
    assert (record.question, record.round, record.verdict.moderator_id) == ("When?", 1, 9)


def test_rows_are_those_of_one_moment(databases: Databases, tmp_path: Path) -> None:
    url = databases.migrated()
    do(url, add)
    with ThreadPoolExecutor(1) as other:

        def on_row(rows: int) -> None:
            if rows == 1:
                other.submit(do, url, add).result()

        export_rows(url, tmp_path / "rows", on_row)
    assert read_contents(tmp_path / "rows").rows["claims"] == 1
    assert len(execute(url, "SELECT id FROM answers")) == 2


def test_a_database_that_holds_rows_is_left_alone(databases: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), databases.migrated()
    assert not holds_rows(target)
    do(source, add)
    (before,) = do(target, add)
    assert holds_rows(target)
    with pytest.raises(BackupError, match=r"already contains answers\. With --yes"):
        import_(target, export(source, tmp_path / "rows"))
    assert do(target, get_first) == [before]


def test_what_was_there_is_moved_aside(databases: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), databases.migrated()
    do(source, add)
    do(target, add, add)
    kept = import_(target, export(source, tmp_path / "rows"), aside="before-1")
    assert len(execute(target, "SELECT id FROM answers")) == 1
    if make_url(target).get_backend_name() == "sqlite":
        assert len(execute(f"sqlite:///{kept}", "SELECT id FROM answers")) == 2
    else:
        assert kept == "schema before-1"
        assert len(execute(target, 'SELECT id FROM "before-1".answers')) == 2
    (added,) = do(target, add)
    assert added.id == 2


def test_rows_that_do_not_fit_change_nothing(databases: Databases, tmp_path: Path) -> None:
    source, target = databases.migrated(), databases.migrated()
    do(source, add)
    (before,) = do(target, add)
    (export(source, tmp_path / "rows") / "answers.jsonl").write_text("")
    with pytest.raises(BackupError, match="Rows of the table claims in the backup do not fit"):
        import_(target, tmp_path / "rows", aside="before-1")
    assert do(target, get_first) == [before]


def test_rows_of_a_newer_footnote_are_refused(databases: Databases, tmp_path: Path) -> None:
    contents = export(databases.migrated(), tmp_path / "rows") / "tables.json"
    contents.write_text(json.dumps(json.loads(contents.read_text()) | {"revision": "9999"}))
    with pytest.raises(BackupError, match=r"by a newer Footnote\. Update this one"):
        import_(databases.empty(), tmp_path / "rows")


def test_where_nothing_is_kept_there_are_no_rows(databases: Databases, tmp_path: Path) -> None:
    assert export_rows(databases.empty(), tmp_path / "rows", lambda _rows: None) is None
    assert not (tmp_path / "rows").exists()
