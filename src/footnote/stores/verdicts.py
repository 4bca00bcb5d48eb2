"""What moderators decide: verdicts, rulings, changes, and what is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from footnote.models import Claim
from footnote.records import AnswerRecord, CitationRuling, Verdict


@dataclass(frozen=True, slots=True)
class Revision:
    """A moderator's change of an answer: what it claims from now on.

    `made_on` is the revision that the moderator has read. `number` is that of the citation which gets another sentence;
    None when the text was edited.
    """

    answer_id: int
    made_on: int
    claims: tuple[Claim, ...]
    moderator_id: int
    revised_at: datetime
    number: int | None = None


class VerdictStore(Protocol):
    """Keeps what moderators decide about answers. Each method is one transaction, and puts on record who did what.

    All return the answer as it is after that, so that nobody has to read it once more. Of two at once the database
    decides who was first. All raise UnknownAnswer when there is no such record; those that
    change an answer with a verdict raise AlreadyDecided.
    """

    async def decide(self, verdict: Verdict) -> AnswerRecord:
        """It has this verdict, or the one that came first in its round.

        Raises SourcesChanged when that round is over, NothingToApprove when all its citations are ruled wrong.
        """
        ...

    async def rule(self, answer_id: int, ruling: CitationRuling, *, made_on: int) -> AnswerRecord:
        """It has this ruling, or the one that came first. `made_on`: as in `Revision`.

        Raises NoCitation, and AlreadyRevised when it was made on another revision.
        """
        ...

    async def revise(self, revision: Revision) -> AnswerRecord:
        """A citation has another sentence, and is ruled right. Raises AlreadyRevised, NoCitation."""
        ...

    async def edit(self, revision: Revision, *, in_round: int) -> AnswerRecord:
        """It says something else, and is approved. Raises AlreadyRevised, SourcesChanged."""
        ...

    async def undo(self, verdict: Verdict, *, moderator_id: int, at: datetime, within: timedelta) -> AnswerRecord:
        """Takes the verdict back, and the edit that came with it. Raises NothingToUndo when it does not stand any more,
        TooLateToUndo.
        """
        ...

    async def take_back(
        self, answer_id: int, number: int, *, moderator_id: int, at: datetime, within: timedelta
    ) -> AnswerRecord:
        """Takes the ruling on a citation back, and the better sentence that came with it.

        Raises NothingToUndo, TooLateToUndo, and ChangedSince when other changes came after it.
        """
        ...
