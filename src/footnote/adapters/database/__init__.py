"""Answers, verdicts, spendings and acts in SQLite or PostgreSQL: call `upgrade(url)`, then `open_engine(url)`."""

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.engine import open_engine
from footnote.adapters.database.feedback import DatabaseFeedback
from footnote.adapters.database.forgetting import DatabasePrivacy
from footnote.adapters.database.ledger import DatabaseLedger
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.store import DatabaseStore
from footnote.adapters.database.waiting import DatabaseWaiting

__all__ = [
    "DatabaseAudit",
    "DatabaseFeedback",
    "DatabaseLedger",
    "DatabasePrivacy",
    "DatabaseStore",
    "DatabaseWaiting",
    "open_engine",
    "upgrade",
]
