"""Brings a database to the tables of this version of Footnote."""

from __future__ import annotations

import asyncio

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from footnote.adapters.database.engine import name_of, open_engine
from footnote.errors import SettingsError

_FOR_ITS_THREAD = 0.1  # seconds: a connection that aiosqlite could not open reports its end to the loop a little later


def upgrade(url: str) -> None:
    """Makes or updates the tables, whole or not at all; a current database is left as it is. Raises SettingsError.

    It runs an event loop of its own: call it before yours starts, or in a thread.
    """
    asyncio.run(_upgrade(url))


async def _upgrade(url: str) -> None:
    engine = open_engine(url)
    try:
        # The write lock comes first: two processes that start together must not both find that tables are missing.
        async with engine.execution_options(write_lock=True).begin() as connection:
            await connection.run_sync(_run_migrations)
    except (DBAPIError, OSError) as error:
        await asyncio.sleep(_FOR_ITS_THREAD)
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise SettingsError(
            f"The database {name_of(engine.url)} cannot be used: {' '.join(str(reason).split())}. "
            "Check that Footnote may write there, or set DATABASE_URL to another database."
        ) from error
    finally:
        await engine.dispose()


def _run_migrations(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", f"{__package__}:migrations")
    config.attributes["connection"] = connection
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if not known.issuperset(MigrationContext.configure(connection).get_current_heads()):
        raise SettingsError(
            f"The database {name_of(connection.engine.url)} is newer than this Footnote and would not be understood. "
            "Update Footnote, or point DATABASE_URL to another database."
        )
