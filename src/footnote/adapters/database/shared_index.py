"""What the processes that share an index agree on: which generation is live, who builds, and the files of each.

The vectors are on a Chroma server (footnote_index/server). Each change is one transaction. Every condition is part of
the statement that writes and locks the row, so of two processes only one succeeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from footnote.adapters.database.engine import open_blocking_engine
from footnote.adapters.database.tables.base import UtcDateTime
from footnote.adapters.database.tables.shared_index import shared_files, shared_generations, shared_index
from footnote.errors import BuildError, BuildRunning, ServerAway


@dataclass(frozen=True, slots=True)
class FilePart:
    """A part of one of a generation's files; `number` counts from 0."""

    name: str
    number: int
    content: bytes


class SharedIndex:
    """Blocking, for any number of threads. The tables must be there (migrate.py). Each method raises ServerAway.

    A lease counts by the database's clock, the only one that all processes share.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_blocking_engine(url)

    def close(self) -> None:
        self._engine.dispose()

    def live(self) -> str | None:
        with self._transaction() as connection:
            live: str | None = connection.scalar(select(shared_index.c.live))
            return live

    def switch(self, builder: str, generation: str) -> None:
        """Makes a generation live. Raises BuildError when another process has taken the lease since."""
        with self._transaction() as connection:
            _change_as(connection, builder, live=generation)

    def take_lease(self, builder: str, origin: str, *, seconds: float) -> None:
        """Gives `builder` the lease for that long. Raises BuildRunning, which names the current builder."""
        with self._transaction() as connection:
            now = _now(connection)
            free = or_(shared_index.c.builder.is_(None), shared_index.c.until <= now)
            values = {"builder": builder, "origin": origin, "until": now + timedelta(seconds=seconds)}
            if not connection.execute(update(shared_index).where(free).values(values)).rowcount:
                holder = connection.scalar(select(shared_index.c.origin))
                raise BuildRunning(f"{holder}, and it is still running. Wait for it, then try again.")

    def renew_lease(self, builder: str, *, seconds: float) -> None:
        """Raises BuildError when another process has taken it since."""
        with self._transaction() as connection:
            _change_as(connection, builder, until=_now(connection) + timedelta(seconds=seconds))

    def end_lease(self, builder: str) -> None:
        """Does nothing when another process has taken it since."""
        ended = update(shared_index).where(shared_index.c.builder == builder)
        with self._transaction() as connection:
            connection.execute(ended.values(builder=None, origin=None, until=None))

    def manifests(self) -> dict[str, str]:
        """The manifests of all complete generations, by id."""
        with self._transaction() as connection:
            rows = connection.execute(select(shared_generations.c.id, shared_generations.c.manifest))
            return {generation: manifest for generation, manifest in rows}  # noqa: C416 - to mypy, rows are not pairs

    def manifest(self, generation: str) -> str | None:
        """None when there is no such generation."""
        with self._transaction() as connection:
            found: str | None = connection.scalar(
                select(shared_generations.c.manifest).where(shared_generations.c.id == generation)
            )
            return found

    def publish(self, generation: str, manifest: str, parts: Iterable[FilePart]) -> None:
        """Adds a complete generation: all of it or nothing."""
        with self._transaction() as connection:
            connection.execute(insert(shared_generations).values(id=generation, manifest=manifest))
            for part in parts:
                values = {"generation": generation, "name": part.name, "part": part.number, "content": part.content}
                connection.execute(insert(shared_files).values(values))

    def parts(self, generation: str, name: str) -> Iterator[bytes]:
        """The existing parts of a file, in order."""
        number = 0
        while (content := self._part(generation, name, number)) is not None:
            yield content
            number += 1

    def remove(self, generation: str) -> None:
        """Deletes a generation and its files, if it is there."""
        with self._transaction() as connection:
            connection.execute(delete(shared_generations).where(shared_generations.c.id == generation))

    def _part(self, generation: str, name: str, number: int) -> bytes | None:
        statement = select(shared_files.c.content).filter_by(generation=generation, name=name, part=number)
        with self._transaction() as connection:
            content: bytes | None = connection.scalar(statement)
            return content

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except (OperationalError, InterfaceError) as error:
            raise ServerAway(server="database") from error


def _change_as(connection: Connection, builder: str, **values: object) -> None:
    if not connection.execute(update(shared_index).where(shared_index.c.builder == builder).values(values)).rowcount:
        raise BuildError(
            "Another Footnote assumed that this one had stopped, and started a build. The index is unchanged. Wait "
            "for that build, then try again."
        )


def _now(connection: Connection) -> datetime:
    now: datetime | None = connection.scalar(select(func.current_timestamp(type_=UtcDateTime)))
    assert now is not None, "a database knows the time"  # noqa: S101 - it always gives one row
    return now
