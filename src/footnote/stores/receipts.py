"""How answers were made."""

from __future__ import annotations

from typing import Protocol

from footnote.records.receipts import ReceiptRecord


class Receipts(Protocol):
    """Stores how answers were made. Receipts are written together with their answers."""

    async def get(self, answer_id: int) -> ReceiptRecord | None:
        """None for an answer from before receipts were stored, and for one that is not on record."""
