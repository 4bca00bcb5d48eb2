"""How answers were made: implements `Receipts` with SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from footnote.adapters.database.tables import ReceiptRow
from footnote.models import Receipt
from footnote.records.receipts import ReceiptRecord, from_json, kept, to_json


class DatabaseReceipts:
    """One row for each answer, written together with it by `DatabaseStore.add`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._sessions = async_sessionmaker(engine)

    async def get(self, answer_id: int) -> ReceiptRecord | None:
        async with self._sessions.begin() as session:
            row = await session.get(ReceiptRow, answer_id)
            return from_json(row.body) if row else None


def receipt_row(answer_id: int, receipt: Receipt) -> ReceiptRow:
    return ReceiptRow(answer_id=answer_id, body=to_json(kept(receipt)))
