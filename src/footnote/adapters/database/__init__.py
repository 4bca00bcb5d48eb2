"""All that a bot keeps, in SQLite or PostgreSQL: `upgrade(url)`, then `stores_of(open_engine(url))`."""

from footnote.adapters.database.audit import DatabaseAudit
from footnote.adapters.database.engine import missing_file, open_engine
from footnote.adapters.database.ledger import DatabaseLedger
from footnote.adapters.database.migrate import upgrade
from footnote.adapters.database.opening import stores_of
from footnote.adapters.database.overview import DatabaseOverview
from footnote.adapters.database.receipts import DatabaseReceipts
from footnote.adapters.database.store import DatabaseStore
from footnote.adapters.database.verdicts import DatabaseVerdicts

__all__ = [
    "DatabaseAudit",
    "DatabaseLedger",
    "DatabaseOverview",
    "DatabaseReceipts",
    "DatabaseStore",
    "DatabaseVerdicts",
    "missing_file",
    "open_engine",
    "stores_of",
    "upgrade",
]
