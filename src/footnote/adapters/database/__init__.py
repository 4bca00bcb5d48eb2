"""Answers, verdicts, spendings and acts in SQLite or PostgreSQL: call `upgrade(url)`, then `open_engine(url)`."""

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.engine import open_engine
from footnote.adapters.database.ledger import DatabaseLedger
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.store import DatabaseStore
from footnote.adapters.database.verdicts import DatabaseVerdicts

__all__ = ["DatabaseAudit", "DatabaseLedger", "DatabaseStore", "DatabaseVerdicts", "open_engine", "upgrade"]
