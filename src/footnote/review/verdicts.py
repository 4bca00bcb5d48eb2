"""Moderators' verdicts on answers and rulings on their citations, and undoing both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Ruling, Verdict
from footnote.records.refusals import AlreadyDecided, AlreadyRuled, NothingToUndo
from footnote.review.recording import utc_now
from footnote.stores import AnswerStore, VerdictStore

UNDO_WITHIN = timedelta(minutes=10)


class Verdicts:
    """The code that shows the buttons checks who may decide. All methods return the changed record, and raise
    UnknownAnswer when there is none.
    """

    def __init__(
        self,
        answers: AnswerStore,
        verdicts: VerdictStore,
        *,
        undo_within: timedelta = UNDO_WITHIN,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._answers = answers
        self._verdicts = verdicts
        self._undo_within = undo_within
        self._clock = clock

    async def decide(self, answer_id: int, decision: Decision, *, moderator_id: int, in_round: int = 1) -> AnswerRecord:
        """Also when the same moderator says the same again.

        Raises AlreadyDecided when another verdict came first, SourcesChanged when that round of review is over,
        NothingToApprove when all its citations are ruled wrong.
        """
        verdict = Verdict(answer_id, decision, moderator_id, self._clock(), in_round)
        record = await self._verdicts.decide(verdict)
        standing = record.verdict
        assert standing is not None, "there is this one, if no other"  # noqa: S101 - not input
        if (standing.decision, standing.moderator_id) != (decision, moderator_id):
            raise AlreadyDecided(standing)
        return record

    async def rule(
        self, answer_id: int, number: int, ruling: Ruling, *, moderator_id: int, revision: int
    ) -> AnswerRecord:
        """`revision` is the one that the moderator has read.

        Raises AlreadyRuled when another ruling came first, AlreadyRevised when the answer has changed since,
        AlreadyDecided, NoCitation.
        """
        given = CitationRuling(number, ruling, moderator_id, self._clock())
        record = await self._verdicts.rule(answer_id, given, made_on=revision)
        standing = next(one for one in record.rulings if one.number == number)
        if (standing.ruling, standing.moderator_id) != (ruling, moderator_id):
            raise AlreadyRuled(standing)
        return record

    async def undo(self, answer_id: int, decision: Decision, *, moderator_id: int, in_round: int = 1) -> AnswerRecord:
        """Undoes the verdict, no matter who gave it. Raises NothingToUndo, TooLateToUndo."""
        now = self._clock()
        verdict = Verdict(answer_id, decision, moderator_id, now, in_round)
        return await self._verdicts.undo(verdict, moderator_id=moderator_id, at=now, within=self._undo_within)

    async def reopen(self, answer_id: int, *, moderator_id: int) -> AnswerRecord:
        """Undoes the verdict, no matter how long ago it was given. Raises NothingToUndo."""
        record = await self._answers.get(answer_id)
        if record.verdict is None:
            raise NothingToUndo("verdict")
        now = self._clock()
        return await self._verdicts.undo(record.verdict, moderator_id=moderator_id, at=now, within=timedelta.max)

    async def take_back(self, answer_id: int, number: int, *, moderator_id: int) -> AnswerRecord:
        """Undoes the ruling on a citation, and the better sentence that came with it.

        Raises NothingToUndo, TooLateToUndo, ChangedSince, AlreadyDecided.
        """
        return await self._verdicts.take_back(
            answer_id, number, moderator_id=moderator_id, at=self._clock(), within=self._undo_within
        )
