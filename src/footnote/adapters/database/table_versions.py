"""Which versions of the tables this Footnote knows, and which one a database has.

Without Alembic: importing it takes longer than a question, and nearly always the tables are up to date.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from footnote.adapters.database.engine import name_of, open_engine
from footnote.errors import SettingsError

_FOR_ITS_THREAD = 0.1  # seconds: a connection that aiosqlite could not open reports its end to the loop a little later
_KEPT_IN = "alembic_version"  # by Alembic


def versions_of(url: str) -> tuple[str, ...]:
    """Which version of the tables a database has, without changing anything. Raises SettingsError.

    It runs an event loop of its own.
    """

    async def look() -> tuple[str, ...]:
        async with transaction(url) as connection:
            return await connection.run_sync(revisions_of)

    return asyncio.run(look())


def revisions_of(connection: Connection) -> tuple[str, ...]:
    """Which version of the tables a database has; none when it has no tables yet."""
    if not inspect(connection).has_table(_KEPT_IN):
        return ()
    return tuple(connection.scalars(text(f"SELECT version_num FROM {_KEPT_IN}")))  # noqa: S608 - a name


def is_current(versions: tuple[str, ...]) -> bool:
    """Whether these are the newest tables that this Footnote knows. Raises SettingsError when they are newer."""
    if not is_known(*versions):
        raise SettingsError("The database is from a newer Footnote. Update this one, or set DATABASE_URL.")
    return versions == (max(_known()),)


def is_known(*revisions: str) -> bool:
    """Whether this Footnote knows these versions of the tables."""
    return _known().issuperset(revisions)


def _known() -> set[str]:
    """The numbers at the beginning of the migrations' names."""
    names = (file.name for file in files(f"{__package__}.migrations.versions").iterdir())
    return {name.partition("_")[0] for name in names if name[0].isdigit()}


@asynccontextmanager
async def transaction(url: str, **options: object) -> AsyncIterator[AsyncConnection]:
    """A separate connection, in a transaction with these execution options. Raises SettingsError on database errors."""
    engine = open_engine(url)
    try:
        async with engine.execution_options(**options).begin() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        await asyncio.sleep(_FOR_ITS_THREAD)
        raise SettingsError(_unusable(engine.url, error)) from error
    finally:
        await engine.dispose()


def _unusable(address: URL, error: DBAPIError | OSError) -> str:
    reason = str(error.orig if isinstance(error, DBAPIError) else error)
    stated = [line for line in reason.splitlines() if not line.rstrip().endswith("?")]  # PostgreSQL asks as well
    said = " ".join(" ".join(stated).split()).removeprefix("connection failed: ").rstrip(".")
    is_server = address.get_backend_name() == "postgresql"
    return (
        f"The database {name_of(address)} cannot be used: {said}. "
        f"Check that {'the server runs and that ' if is_server else ''}Footnote may write there, "
        "or set DATABASE_URL to another database."
    )
