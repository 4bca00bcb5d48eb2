"""What moderators corrected or withdrew: what an answer said at first and what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from footnote.records.answers import AnswerRecord, Decision, Ruling


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer was corrected. Moments are ordered, so a page can begin where another one ended."""

    at: datetime
    answer_id: int


@dataclass(frozen=True, slots=True)
class Correction:
    """`said` is what the answer said before anybody changed it, `at` when it was last changed. `cited` has the ids of
    the articles that either form cites.
    """

    record: AnswerRecord
    said: str
    at: datetime
    cited: frozenset[str] = frozenset()

    @property
    def moment(self) -> Moment:
        return Moment(self.at, self.record.id)

    @property
    def is_withdrawn(self) -> bool:
        """Rejected, or without a sentence that still has a source."""
        return _is_rejected(self.record) or (self.record.answered and not self.record.shown_claims)

    @property
    def says(self) -> str | None:
        """None: it is withdrawn."""
        return None if self.is_withdrawn else self.record.text


def last_change(record: AnswerRecord, revised_at: Iterable[datetime]) -> datetime | None:
    """When moderators last changed what an answer says or cites; None: they have not, or took it back."""
    changes = [*revised_at, *(one.ruled_at for one in record.rulings if one.ruling is Ruling.WRONG)]
    if record.verdict and _is_rejected(record):
        changes.append(record.verdict.decided_at)
    return max(changes, default=None)


def _is_rejected(record: AnswerRecord) -> bool:
    return record.verdict is not None and record.verdict.decision is Decision.REJECTED
