"""All that a bot keeps, in SQLite or PostgreSQL: `upgrade(url)`, then `stores_of(open_engine(url))`."""

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.engine import open_engine
from footnote.adapters.database.ledger import DatabaseLedger
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.opening import stores_of
from footnote.adapters.database.store import DatabaseStore

__all__ = ["DatabaseAudit", "DatabaseLedger", "DatabaseStore", "open_engine", "stores_of", "upgrade"]
