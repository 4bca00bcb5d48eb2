"""Answers and verdicts in SQLite or PostgreSQL: call `upgrade(url)`, then use `DatabaseStore(open_engine(url))`."""

from footnote.adapters.database.engine import open_engine
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.store import DatabaseStore

__all__ = ["DatabaseStore", "open_engine", "upgrade"]
