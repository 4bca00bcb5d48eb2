"""Brings a database to the tables of this version of Footnote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from footnote.adapters.database.engine import name_of, open_engine
from footnote.errors import SettingsError

_FOR_ITS_THREAD = 0.1  # seconds: a connection that aiosqlite could not open reports its end to the loop a little later


def upgrade(url: str) -> None:
    """Makes or updates the tables, whole or not at all; a current database is left as it is. Raises SettingsError.

    It runs an event loop of its own: call it before yours starts, or in a thread.
    """
    asyncio.run(_upgrade(url))


async def _upgrade(url: str) -> None:
    # The write lock comes first: two processes that start together must not both find that tables are missing.
    async with transaction(url, write_lock=True) as connection:
        await connection.run_sync(run_migrations)


def versions_of(url: str) -> tuple[str, ...]:
    """Which version of the tables a database has, without changing anything. Raises SettingsError.

    It runs an event loop of its own.
    """

    async def look() -> tuple[str, ...]:
        async with transaction(url) as connection:
            return await connection.run_sync(revisions_of)

    return asyncio.run(look())


def is_current(versions: tuple[str, ...]) -> bool:
    """Whether these are the newest tables that this Footnote knows. Raises SettingsError when they are newer."""
    if not is_known(*versions):
        raise SettingsError("The database is from a newer Footnote. Update this one, or set DATABASE_URL.")
    return versions == tuple(ScriptDirectory.from_config(_config()).get_heads())


@asynccontextmanager
async def transaction(url: str, **options: object) -> AsyncIterator[AsyncConnection]:
    """A connection of its own, in a transaction with these execution options. Raises SettingsError when the database
    refuses anything.
    """
    engine = open_engine(url)
    try:
        async with engine.execution_options(**options).begin() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        await asyncio.sleep(_FOR_ITS_THREAD)
        reason = error.orig if isinstance(error, DBAPIError) else error
        is_server = engine.dialect.name == "postgresql"
        raise SettingsError(
            f"The database {name_of(engine.url)} cannot be used: {' '.join(str(reason).split()).rstrip('.?')}. "
            f"Check that {'the server runs and that ' if is_server else ''}Footnote may write there, "
            "or set DATABASE_URL to another database."
        ) from error
    finally:
        await engine.dispose()


def run_migrations(connection: Connection, revision: str = "head") -> None:
    """Makes or updates the tables inside the connection's transaction. Raises SettingsError when they are newer."""
    if not is_known(*revisions_of(connection)):
        raise SettingsError(
            f"The database {name_of(connection.engine.url)} is from a newer Footnote. Update this one, or "
            "point DATABASE_URL to another database."
        )
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions_of(connection: Connection) -> tuple[str, ...]:
    """Which version of the tables a database has; none when it has no tables yet."""
    return MigrationContext.configure(connection).get_current_heads()


def is_known(*revisions: str) -> bool:
    """Whether this Footnote knows these versions of the tables."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return known.issuperset(revisions)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", f"{__package__}:migrations")
    return config
