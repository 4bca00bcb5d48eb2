"""Why a moderator's action is refused: somebody else was first, or it is too late."""

from __future__ import annotations

from footnote.errors import ReviewError
from footnote.records.answers import CitationRuling, Verdict


class AlreadyDecided(ReviewError):
    """Somebody's verdict came first and stands; nothing else can be changed until it is undone."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"Answer {verdict.answer_id} is already {verdict.decision.value}. The first verdict stands.")
        self.verdict = verdict


class AlreadyRuled(ReviewError):
    """Somebody else's ruling on that citation came first and stands."""

    def __init__(self, ruling: CitationRuling) -> None:
        super().__init__(f"Citation {ruling.number} is already ruled {ruling.ruling.value}. The first ruling stands.")
        self.ruling = ruling


class AlreadyRevised(ReviewError):
    """The answer is no longer what the moderator has read; `moderator_id` changed it, if that is known."""

    def __init__(self, answer_id: int, moderator_id: int | None) -> None:
        super().__init__(f"Answer {answer_id} has been changed in the meantime. Read its card again.")
        self.moderator_id = moderator_id


class NothingToApprove(ReviewError):
    """Nothing of the answer is left."""

    def __init__(self, answer_id: int) -> None:
        super().__init__(
            f"All sources of answer {answer_id} are ruled wrong, so nothing is left to show. Reject it, or edit it."
        )


class NoCitation(ReviewError):
    """The answer has no citation of that number."""

    def __init__(self, answer_id: int, number: int) -> None:
        super().__init__(f"Answer {answer_id} no longer has citation {number}. Read its card again.")


class NothingToUndo(ReviewError):
    """There is nothing of that kind to undo."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} can no longer be undone. Read the card again.")


class TooLateToUndo(ReviewError):
    """The window of time is over."""

    def __init__(self, what: str, minutes: float) -> None:
        super().__init__(f"A {what} can be undone for {minutes:g} minutes; that time has passed.")


class ChangedSince(ReviewError):
    """Later changes depend on it."""

    def __init__(self) -> None:
        super().__init__("There are later changes. Choose a better sentence instead, or edit the answer.")
