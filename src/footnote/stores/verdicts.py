"""What moderators decide: verdicts, rulings, changes and undoing them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from footnote.models import Claim
from footnote.records.answers import AnswerRecord, CitationRuling, Verdict


@dataclass(frozen=True, slots=True)
class Revision:
    """A moderator's change to an answer: its new claims.

    `made_on` is the revision that the moderator has read. `number` is that of the citation that gets another sentence;
    None when the text was edited.
    """

    answer_id: int
    made_on: int
    claims: tuple[Claim, ...]
    moderator_id: int
    revised_at: datetime
    number: int | None = None


class VerdictStore(Protocol):
    """Stores what moderators decide about answers. Each method is one transaction, and records who did what.

    All return the changed answer, so that nobody has to read it again. The database decides who was first. All raise
    UnknownAnswer when there is no such record; those that change an answer with a verdict raise AlreadyDecided.
    """

    async def decide(self, verdict: Verdict) -> AnswerRecord:
        """Gives it this verdict; returns the one that came first in its round.

        Raises SourcesChanged when that round is over, NothingToApprove when all its citations are ruled wrong.
        """
        ...

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> AnswerRecord:
        """Gives it this ruling; returns the one that came first. `made_on`: as in `Revision`.

        Raises NoCitation, and AlreadyRevised when it was made on another revision.
        """
        ...

    async def revise(self, revision: Revision) -> AnswerRecord:
        """Gives a citation another sentence, and rules it right. Raises AlreadyRevised, NoCitation."""
        ...

    async def edit(self, revision: Revision, *, in_round: int) -> AnswerRecord:
        """Gives it another text, and approves it. Raises AlreadyRevised, SourcesChanged."""
        ...

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> AnswerRecord:
        """Undoes the verdict, and the edit that came with it. Raises NothingToUndo when it is already undone,
        TooLateToUndo.
        """
        ...

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> AnswerRecord:
        """Undoes the ruling on a citation, and the better sentence that came with it.

        Raises NothingToUndo, TooLateToUndo, and ChangedSince when other changes came after it.
        """
        ...
