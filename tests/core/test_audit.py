"""What people did to the index, in real databases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from footnote.adapters.database import DatabaseAudit, open_engine
from footnote.adapters.database.tables import AuditRow
from footnote.stores import Act


async def test_acts_are_kept_in_order(database_url: str) -> None:
    engine = open_engine(database_url)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await DatabaseAudit(engine).add(Act(at, 2**62, 2**63 - 1, "add", "a.txt: stored"))
    await DatabaseAudit(engine).add(Act(at, None, 8, "rollback", "g1: live"))
    async with engine.connect() as connection:
        rows = (await connection.execute(select(AuditRow.__table__).order_by(AuditRow.id))).all()
    await engine.dispose()
    assert rows == [
        (1, at, 2**62, 2**63 - 1, "add", "a.txt: stored", None, None, None),
        (2, at, None, 8, "rollback", "g1: live", None, None, None),
    ]
