"""Where generations are stored, by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from footnote_bot.settings import Settings
from footnote_index.storage.generations import Generations
from footnote_index.storage.home import Home


@contextmanager
def opened_home(settings: Settings, *, upgrades: bool = True) -> Iterator[Home]:
    """The data folder, or a Chroma server and a database. Raises SettingsError.

    `upgrades`: brings the database's tables up to date first, with its own event loop.
    """
    if settings.chroma_url is None:
        yield Generations(settings.data)
        return
    from footnote.adapters.database import upgrade  # here: they bring SQLAlchemy and Chroma
    from footnote.adapters.database.shared_index import SharedIndex
    from footnote_index.server.connection import ChromaServer
    from footnote_index.server.generations import SharedGenerations

    if upgrades:
        upgrade(settings.shared_database)
    with closing(SharedIndex(settings.shared_database)) as records:
        yield SharedGenerations(settings.data, ChromaServer(settings.chroma_url, settings.chroma_key), records)
