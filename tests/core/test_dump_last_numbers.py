"""A number that a row has had is not given to another row, in a restored database of either kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from databases import Databases
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, delete, insert, select

from footnote.adapters.database.dump.last_numbers import last_number, set_last_number
from footnote.adapters.database.engine import open_blocking_engine

TABLES = MetaData()
NUMBERED = Table(
    "numbered", TABLES, Column("id", Integer, primary_key=True), Column("a", Text), sqlite_autoincrement=True
)
PLAIN = Table("plain", TABLES, Column("id", Integer, primary_key=True, autoincrement=False))
PAIRS = Table("pairs", TABLES, *(Column(name, Integer, primary_key=True, autoincrement=False) for name in ("a", "b")))


@pytest.fixture
def connection(databases: Databases) -> Iterator[Connection]:
    engine = open_blocking_engine(databases.empty())
    with engine.begin() as connection:
        TABLES.create_all(connection)
        yield connection
    engine.dispose()


def add(connection: Connection, *texts: str) -> list[int]:
    for text in texts:
        connection.execute(insert(NUMBERED).values(a=text))
    return [*connection.scalars(select(NUMBERED.c.id).order_by(NUMBERED.c.id))]


def test_a_table_has_used_its_highest_number_even_if_the_row_is_gone(connection: Connection) -> None:
    assert last_number(connection, NUMBERED) == 0
    assert add(connection, "a", "b") == [1, 2]
    connection.execute(delete(NUMBERED))
    assert last_number(connection, NUMBERED) == 2


@pytest.mark.parametrize("table", [PLAIN, PAIRS], ids=lambda table: table.name)
def test_a_table_that_does_not_number_its_rows_has_used_none(connection: Connection, table: Table) -> None:
    connection.execute(insert(table).values(dict.fromkeys((column.name for column in table.columns), 7)))
    assert last_number(connection, table) == 0
    set_last_number(connection, table, 0)
    assert last_number(connection, table) == 0


@pytest.mark.parametrize(("number", "following"), [(0, 4), (2, 4), (3, 4), (9, 10)])
def test_the_next_row_comes_after_the_number_and_after_all_rows(
    connection: Connection, number: int, following: int
) -> None:
    connection.execute(insert(NUMBERED), [{"id": 1}, {"id": 3}])
    set_last_number(connection, NUMBERED, number)
    assert add(connection, "a")[-1] == following


def test_an_empty_table_goes_on_where_it_was_told(connection: Connection) -> None:
    set_last_number(connection, NUMBERED, 0)
    assert last_number(connection, NUMBERED) == 0
    set_last_number(connection, NUMBERED, 5)
    set_last_number(connection, NUMBERED, 6)
    assert last_number(connection, NUMBERED) == 6
    assert add(connection, "a") == [7]
