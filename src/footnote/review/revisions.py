"""Moderators' changes to answers: a better sentence for a footnote, or another text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from footnote.checks import first_doubt, first_failed, support
from footnote.errors import ReviewError
from footnote.grounding.citing import cite, cited_source, source_of
from footnote.models import Candidate, Citation, Claim
from footnote.models.collections import Readable
from footnote.ports import Reader, Retriever
from footnote.records.answers import AnswerRecord, Decision, Ruling
from footnote.records.refusals import AlreadyDecided, AlreadyRevised, NoCitation
from footnote.review.edits import Failure, grounded
from footnote.review.recording import utc_now
from footnote.review.verdicts import Verdicts
from footnote.stores import AnswerStore, Revision, VerdictStore

NEAREST = 10
"""How many sentences are offered to replace one."""


class NotGrounded(ReviewError):
    """Lines of an edited answer are not supported by their sentences."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__(f"{len(self.failures)} lines are not supported by their sentences. Edit the answer again.")


class SentenceGone(ReviewError):
    """The sentence is no longer offered: the index has changed."""

    def __init__(self) -> None:
        super().__init__("The index has changed, and that sentence is no longer available. Ask for sentences again.")


class Revisions:
    """Every method that changes an answer returns the changed record, and raises UnknownAnswer, AlreadyDecided, or
    AlreadyRevised when the moderator has read another `revision`.
    """

    def __init__(
        self,
        answers: AnswerStore,
        verdicts: VerdictStore,
        retriever: Retriever,
        reader: Reader,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._answers = answers
        self._verdicts = verdicts
        self._retriever = retriever
        self._reader = reader
        self._clock = clock

    async def nearest(self, record: AnswerRecord, number: int, *, readable: Readable) -> tuple[Candidate, ...]:
        """Sentences of the live generation that may support what the citation is cited for, best first: those that pass
        the checks, then those with the most support. All are `readable` where the answer is shown.

        Raises EmptyIndex, NoCitation.
        """
        claims = [claim for claim in record.claims if number in _numbers(claim)]
        if not claims:
            raise NoCitation(record.id, number)
        said = " ".join(claim.text for claim in claims)
        found = await self._retriever.retrieve(said, readable=readable)
        cited = {(one.article_id, one.version, one.start) for claim in claims for one in claim.citations}
        reading = await self._reader.read(said, found.hits)
        offered = {_place(candidate): candidate for candidate in reading.candidates}
        left = [candidate for place, candidate in offered.items() if place not in cited]
        return tuple(sorted(left, key=lambda candidate: _merit(said, candidate), reverse=True)[:NEAREST])

    async def replace(
        self, answer_id: int, number: int, key: str, *, moderator_id: int, revision: int, readable: Readable
    ) -> AnswerRecord:
        """Puts the sentence of that `sentence_key` under the citation's number, and rules it right.

        Raises SentenceGone, NoCitation, EmptyIndex.
        """
        record = await self._unchanged(answer_id, revision)
        candidates = await self.nearest(record, number, readable=readable)
        chosen = next((candidate for candidate in candidates if sentence_key(candidate) == key), None)
        if chosen is None:
            raise SentenceGone
        claims = _with_sentence(record, cite(chosen, number))
        return await self._verdicts.revise(Revision(answer_id, revision, claims, moderator_id, self._clock(), number))

    async def edit(
        self,
        answer_id: int,
        text: str,
        *,
        moderator_id: int,
        revision: int,
        in_round: int = 1,
        in_own_name: bool = False,
    ) -> AnswerRecord:
        """Replaces the answer with the text, one claim per line (see edits.py), and approves it.

        `in_own_name`: the moderator states the lines that their sentences do not support. Raises NotGrounded,
        SourcesChanged when that round of review is over.
        """
        record = await self._unchanged(answer_id, revision)
        edited = grounded(text, record, stated_by=moderator_id if in_own_name else None)
        if edited.failures:
            raise NotGrounded(edited.failures)
        if not edited.claims:
            raise ReviewError("Nothing is left of the answer. Reject it instead.")
        if record.answered and edited.claims == record.shown_claims:
            verdicts = Verdicts(self._answers, self._verdicts, clock=self._clock)
            return await verdicts.decide(answer_id, Decision.APPROVED, moderator_id=moderator_id, in_round=in_round)
        change = Revision(answer_id, revision, edited.claims, moderator_id, self._clock())
        return await self._verdicts.edit(change, in_round=in_round)

    async def _unchanged(self, answer_id: int, revision: int) -> AnswerRecord:
        """The record, if it is what the moderator has read; the database checks again when the change is made."""
        record = await self._answers.get(answer_id)
        if record.verdict is not None:
            raise AlreadyDecided(record.verdict)
        if record.revision != revision:
            raise AlreadyRevised(answer_id, record.revised_by)
        return record


def sentence_key(candidate: Candidate) -> str:
    """Names the sentence in that version of its article, in 24 characters."""
    return hashlib.sha256("\0".join(map(str, _place(candidate))).encode()).hexdigest()[:24]


def _place(candidate: Candidate) -> tuple[str, str, int]:
    return candidate.article.id, candidate.article.version, candidate.sentence.start


def _numbers(claim: Claim) -> set[int]:
    return {citation.number for citation in claim.citations}


def _merit(claim: str, candidate: Candidate) -> tuple[bool, float]:
    """Equally good sentences stay in the reader's order."""
    sources = [source_of(candidate)]
    passes = first_failed(claim, sources) is None and first_doubt(claim, sources) is None
    return passes, support(claim, sources)


def _with_sentence(record: AnswerRecord, citation: Citation) -> tuple[Claim, ...]:
    wrong = {one.number for one in record.rulings if one.ruling is Ruling.WRONG} - {citation.number}
    return tuple(
        _cited(claim, citation, wrong) if citation.number in _numbers(claim) else claim for claim in record.claims
    )


def _cited(claim: Claim, citation: Citation, wrong: set[int]) -> Claim:
    citations = tuple(citation if one.number == citation.number else one for one in claim.citations)
    carrying = [cited_source(one) for one in citations if one.number not in wrong]
    return replace(claim, citations=citations, support=support(claim.text, carrying))
