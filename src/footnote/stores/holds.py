"""Answers that wait for a moderator before they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from footnote.records.answers import AnswerRecord, Hold


class HoldStore(Protocol):
    """Answers that wait for a moderator. Verdict and deadline may come at the same time: the first one counts."""

    async def overdue(self, now: datetime) -> Sequence[AnswerRecord]:
        """Those that still wait although their deadline has passed; oldest first."""
        ...

    async def end(self, answer_id: int, hold: Hold, now: datetime) -> bool:
        """Whether that answer was still waiting and overdue. If so, it is `hold` now, and its messages have to show it.

        False when a verdict came first, or another process.
        """
        ...
