"""Brings a database to the tables of this version of Footnote."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection

from footnote.adapters.database.engine import name_of
from footnote.adapters.database.table_versions import is_current, is_known, revisions_of, transaction
from footnote.errors import SettingsError


def upgrade(url: str) -> None:
    """Makes or updates the tables, whole or not at all; a current database is left as it is. Raises SettingsError.

    It runs an event loop of its own: call it before yours starts, or in a thread.
    """
    asyncio.run(_upgrade(url))


async def _upgrade(url: str) -> None:
    # The write lock comes first: two processes that start together must not both find that tables are missing.
    async with transaction(url, write_lock=True) as connection:
        await connection.run_sync(run_migrations)


def run_migrations(connection: Connection, revision: str = "head") -> None:
    """Makes or updates the tables inside the connection's transaction. Raises SettingsError when they are newer."""
    versions = revisions_of(connection)
    if not is_known(*versions):
        raise SettingsError(
            f"The database {name_of(connection.engine.url)} is from a newer Footnote. Update this one, or "
            "point DATABASE_URL to another database."
        )
    if is_current(versions):
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", f"{__package__}:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
