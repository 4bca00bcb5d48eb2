"""What a statement costs on SQLite: visits of the connection's thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from databases import SQLiteDatabases
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from footnote.adapters.database import open_engine

COUNTS = "WITH RECURSIVE counts(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counts WHERE n < {}) SELECT n FROM counts"


@pytest.fixture
async def engine(sqlite: SQLiteDatabases) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(sqlite.empty())
    yield engine
    await engine.dispose()


@pytest.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
        yield connection


@contextmanager
def visits() -> Iterator[Callable[[], int]]:
    """How often another thread has handed something back meanwhile."""
    loop = asyncio.get_running_loop()
    with patch.object(loop, "call_soon_threadsafe", wraps=loop.call_soon_threadsafe) as handed_back:
        yield lambda: handed_back.call_count


@pytest.mark.parametrize(
    ("statement", "rows"),
    [(COUNTS.format(20), 20), ("SELECT 1 WHERE 0", 0), ("INSERT INTO numbers VALUES (7) RETURNING n", 1)],
)
async def test_a_statement_and_its_rows_take_one_visit(connection: AsyncConnection, statement: str, rows: int) -> None:
    with visits() as made:
        assert len((await connection.execute(text(statement))).all()) == rows
        assert made() == 1


async def test_a_statement_for_many_parameters_takes_one_visit(connection: AsyncConnection) -> None:
    with visits() as made:
        written = await connection.execute(text("INSERT INTO numbers VALUES (:n)"), [{"n": n} for n in range(700)])
        assert (made(), written.rowcount) == (1, 700)


@pytest.mark.parametrize("rows", [499, 500, 501, 1700])
async def test_many_rows_come_whole_and_in_order(connection: AsyncConnection, rows: int) -> None:
    found = await connection.execute(text(COUNTS.format(rows)))
    assert found.scalars().all() == [*range(1, rows + 1)]


async def test_rows_asked_for_in_parts_are_not_read_ahead(connection: AsyncConnection) -> None:
    with visits() as made:
        async with connection.stream(text(COUNTS.format(10**12)), execution_options={"yield_per": 400}) as streamed:
            parts = streamed.scalars().partitions(400)
            found = [number for _ in range(5) for number in await anext(parts)]
    assert found == [*range(1, 2001)]
    assert made() <= 10


async def test_a_statement_that_is_refused_leaves_the_connection_usable(connection: AsyncConnection) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        await connection.execute(text("SELECT * FROM absent"))
    assert (await connection.scalar(text("SELECT 1"))) == 1


async def test_a_statement_that_nobody_waits_for_is_closed(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        asking = asyncio.create_task(connection.execute(text(COUNTS.format(1_000_000))))
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE others (n INTEGER)"))


async def test_a_transaction_takes_a_visit_for_each_statement_and_one_for_its_end(engine: AsyncEngine) -> None:
    async with engine.connect():
        pass  # it is opened
    with visits() as made:
        async with engine.begin() as connection:
            for _ in range(3):
                await connection.execute(text("SELECT 1"))
        assert made() == 4
        async with engine.begin():
            pass
        assert made() == 4


async def test_statements_of_one_transaction_see_one_moment(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
    other = open_engine(str(engine.url).replace("+aiosqlite", ""))
    async with engine.begin() as reading:
        assert (await reading.execute(text("SELECT n FROM numbers"))).all() == []
        async with other.begin() as writing:
            await writing.execute(text("INSERT INTO numbers VALUES (1)"))
        assert (await reading.execute(text("SELECT n FROM numbers"))).all() == []
    await other.dispose()


async def test_what_a_cancelled_statement_wrote_is_rolled_back(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE numbers (n INTEGER)"))
    async with engine.connect() as connection:
        writing = asyncio.create_task(connection.execute(text("INSERT INTO numbers VALUES (1)")))
        await asyncio.sleep(0)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
    async with engine.begin() as connection:
        assert (await connection.execute(text("SELECT n FROM numbers"))).all() == []
