"""All that a bot keeps, in SQLite or PostgreSQL: call `upgrade(url)`, then `open_engine(url)`."""

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.engine import open_engine
from footnote.adapters.database.holds import DatabaseHolds
from footnote.adapters.database.ledger import DatabaseLedger
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.policies import DatabasePolicies
from footnote.adapters.database.store import DatabaseStore

__all__ = [
    "DatabaseAudit",
    "DatabaseHolds",
    "DatabaseLedger",
    "DatabasePolicies",
    "DatabaseStore",
    "open_engine",
    "upgrade",
]
