"""What is said of an answer that is held until a moderator has looked at it."""

from __future__ import annotations

from discord.utils import format_dt

from footnote.records import AnswerRecord, Decision, Hold

WAITING = "A moderator looks at this answer before it is shown."
NOBODY_CAME = "No moderator looked at it in time."
NOT_LET_OUT = "A moderator has looked at the answer, and does not let it out."
NOT_REVIEWED = "no moderator looked at it in time"


def instead(record: AnswerRecord) -> str:
    """What its asker reads in the place of an answer that is withheld."""
    if record.hold is Hold.WAITING:
        return WAITING
    is_rejected = record.verdict is not None and record.verdict.decision is Decision.REJECTED
    return NOT_LET_OUT if is_rejected else NOBODY_CAME


def fact(record: AnswerRecord) -> str | None:
    """What a moderator should know before the verdict; None when there is nothing."""
    if record.verdict is not None or record.held_until is None:
        return None
    if record.hold is Hold.WAITING:
        return f"Nobody sees this answer until it is approved, or until {format_dt(record.held_until, 't')}."
    if record.hold is Hold.OVERDUE:
        return "No verdict came in time: the answer is shown, and says so."
    return "No verdict came in time: the asker was told that nobody came. Approved, the answer is shown after all."
