"""How answers came about."""

from __future__ import annotations

from typing import Protocol

from footnote.receipts import ReceiptRecord


class Receipts(Protocol):
    """Keeps how answers came about. Receipts are put there together with their answers."""

    async def get(self, answer_id: int) -> ReceiptRecord | None:
        """None of an answer from before receipts were kept, and of one that is not on record."""
