"""Question -> hits -> reading -> draft -> grounded answer, or an abstention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from time import perf_counter

from footnote.grounding import cite, ground
from footnote.models import Abstention, Answer, Candidate, Reading, Receipt
from footnote.ports import Answerer, Draft, Reader, Retriever

OFFERED = 24
"""Candidate sentences offered to an answerer."""

NEAREST = 3
"""Sentences shown with an abstention."""


class Answering:
    """Answers one question at a time or many; it holds no state of its own."""

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        answerer: Answerer,
        *,
        abstain_below: float,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._retriever = retriever
        self._reader = reader
        self._answerer = answerer
        self._abstain_below = abstain_below
        self._clock = clock

    async def ask(self, question: str, *, since: date | None = None, until: date | None = None) -> Answer | Abstention:
        """`since` and `until` (both inclusive) keep to articles published then. Raises EmptyIndex."""
        began = self._clock()
        found = await self._retriever.retrieve(question, since=since, until=until)
        retrieved = self._clock()
        reading = self._reader.read(question, found.hits)
        candidates = _by_key(reading)
        draft = Draft((), self._answerer.name)
        if reading.confidence >= self._abstain_below:
            draft = await self._answerer.draft(question, candidates)
        claims = ground(draft.claims, candidates, retrieved=reading.candidates).claims
        receipt = Receipt(
            hits=found.hits,
            candidates=reading.candidates[:10],
            answerer=draft.answerer,
            generation=found.generation,
            retrieve_ms=(retrieved - began) * 1000,
            answer_ms=(self._clock() - retrieved) * 1000,
        )
        if claims:
            return Answer(question, claims, reading.confidence, receipt, draft.note)
        nearest = tuple(cite(candidate, number) for number, candidate in enumerate(reading.candidates[:NEAREST], 1))
        return Abstention(question, nearest, reading.confidence, receipt, draft.note)


def _by_key(reading: Reading) -> Mapping[str, Candidate]:
    """The best candidates under short keys, best first."""
    return {f"S{number}": candidate for number, candidate in enumerate(reading.candidates[:OFFERED], 1)}
