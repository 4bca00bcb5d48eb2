"""Which of Footnote's tables a database has, in any version."""

from __future__ import annotations

import asyncio
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, MetaData, create_engine, exists, inspect, make_url, select

from footnote.adapters.database.migrate import run_migrations
from footnote.adapters.database.table_versions import transaction
from footnote.adapters.database.tables.shared_index import SHARED_INDEX

_VERSION_TABLE = "alembic_version"

_OF_NO_ANSWER = {_VERSION_TABLE, "identity"}
"""Tables that have a row from the start."""


def holds_rows(url: str) -> bool:
    """Whether anything would have to be moved aside. Makes no file. Raises SettingsError."""
    return is_there(url) and asyncio.run(_holds_rows(url))


def is_there(url: str) -> bool:
    """Whether there is a database. A database server is assumed to have one."""
    address = make_url(url)
    return address.get_backend_name() != "sqlite" or Path(str(address.database)).is_file()


async def _holds_rows(url: str) -> bool:
    async with transaction(url) as connection:
        return await connection.run_sync(lambda connection: has_rows(connection, present_tables(connection)))


def present_tables(connection: Connection) -> MetaData:
    """Our tables that exist, in any version."""
    return reflected(connection, names_at("head") | {_VERSION_TABLE})


def has_rows(connection: Connection, present: MetaData) -> bool:
    """Whether any of the tables holds more than what it was made with."""
    tables = (table for table in present.sorted_tables if table.name not in _OF_NO_ANSWER)
    return any(connection.scalar(select(exists(select(table)))) for table in tables)


def reflected(connection: Connection, names: AbstractSet[str]) -> MetaData:
    """Those of the named tables that are in the database, with the columns that they have there."""
    tables = MetaData()
    there = names & set(inspect(connection).get_table_names())
    tables.reflect(connection, only=sorted(there))
    return tables


@cache  # running all migrations takes a tenth of a second
def names_at(revision: str) -> frozenset[str]:
    """Only Footnote's own tables of that version: others may use the same database."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        run_migrations(connection, revision)
        names = set(inspect(connection).get_table_names()) - {_VERSION_TABLE, *SHARED_INDEX.tables}
    engine.dispose()
    return frozenset(names)
