"""What people did to the index, in a real database."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from footnote.adapters.database import DatabaseAudit, open_engine, upgrade
from footnote.stores import Act


async def test_acts_are_kept_in_order(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'footnote.db'}"
    await asyncio.to_thread(upgrade, url)
    engine = open_engine(url)
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await DatabaseAudit(engine).add(Act(at, 2**62, 2**63 - 1, "add", "a.txt: stored"))
    await DatabaseAudit(engine).add(Act(at, None, 8, "rollback", "g1: live"))
    await engine.dispose()
    with sqlite3.connect(tmp_path / "footnote.db") as database:
        rows = database.execute("SELECT id, at, guild_id, user_id, action, detail FROM audit ORDER BY id").fetchall()
    database.close()
    assert rows == [
        (1, "2026-03-01 12:00:00.000000", 2**62, 2**63 - 1, "add", "a.txt: stored"),
        (2, "2026-03-01 12:00:00.000000", None, 8, "rollback", "g1: live"),
    ]
