"""Canary questions (canaries_file.py) for a new generation, before it goes live.

They go through the reader and the checks like any question, and are answered with source sentences: a build can break
what is found and chosen, not what a language model writes about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from footnote.answering.extractive import ExtractiveAnswerer
from footnote.answering.pipeline import Answering
from footnote.models import Abstention, Answer
from footnote.models.collections import EVERYTHING, Readable
from footnote.ports import Reader, Retrieved
from footnote.reading.certainty import ABSTAIN_BELOW
from footnote_index.embedders import Embedder
from footnote_index.retrieval import OpenGeneration


class Examination(Protocol):
    """A question, and what a new generation has to find for it."""

    @property
    def question(self) -> str: ...

    @property
    def readable(self) -> Readable:
        """What could be read where it was asked."""
        ...

    def is_due(self, generation: OpenGeneration, /) -> bool:
        """Whether that generation can pass it in principle."""
        ...

    def passes(self, outcome: Answer | Abstention) -> bool: ...

    def failure(self, outcome: Answer | Abstention) -> str:
        """What came instead of what was expected."""
        ...


def failing(
    canaries: Sequence[Examination],
    generation: OpenGeneration,
    embedder: Embedder,
    reader: Reader,
    on_asked: Callable[[int], None],
) -> list[str]:
    """What came instead of what was expected, for each canary that applies and fails. Blocking; must not run in a
    thread with an event loop. `on_asked` is called before each question with the number of those already asked.

    Raises ModelError when a question cannot be embedded.
    """

    async def asked(canary: Examination, readable: Readable) -> Answer | Abstention:
        candidate = _Candidate(generation, embedder, readable)
        answering = Answering(candidate, reader, ExtractiveAnswerer(), abstain_below=ABSTAIN_BELOW)
        return await answering.ask(canary.question)

    async def ask_all() -> list[str]:
        failures = []
        for number, canary in enumerate(canaries):
            on_asked(number)
            if not canary.is_due(generation):
                continue
            outcome = await asked(canary, EVERYTHING)
            if not canary.passes(outcome) and canary.readable != EVERYTHING:
                outcome = await asked(canary, canary.readable)  # other collections may hide it here, but not there
            failures += [] if canary.passes(outcome) else [canary.failure(outcome)]
        return failures

    return asyncio.run(ask_all()) if canaries else []


class _Candidate:
    """Implements `Retriever` for a generation that is not live yet."""

    def __init__(self, generation: OpenGeneration, embedder: Embedder, readable: Readable) -> None:
        self._generation = generation
        self._embedder = embedder
        self._readable = readable

    async def retrieve(
        self,
        question: str,
        *,
        readable: Readable,
        top_k: int = 10,
        since: date | None = None,
        until: date | None = None,
        articles: frozenset[str] | None = None,
    ) -> Retrieved:
        vector = self._embedder.embed_question(question)
        readable &= self._readable
        hits = self._generation.retrieve(
            question,
            vector,
            readable=readable,
            top_k=top_k,
            since=since,
            until=until,
            articles=articles,
        )
        return Retrieved(hits, self._generation.status.generation)
