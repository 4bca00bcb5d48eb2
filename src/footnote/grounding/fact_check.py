"""What the articles say about each sentence of a text that somebody wrote, with the source sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from footnote.checks import are_in_another_language, first_failed, support
from footnote.grounding.citing import cite, evidence_of, source_of
from footnote.grounding.weighing import ENOUGH, ENOUGH_SUPPORT, LEAST_SUPPORT, chance
from footnote.models import Candidate, Citation, Entailment
from footnote.models.collections import Readable
from footnote.ports import Entailer, Retriever
from footnote.reading.citable import is_citable
from footnote.text.sentences import split_sentences

MOST_STATEMENTS = 10
"""Statements of one text that are checked; the others are only counted."""

_PASSAGES, _SENTENCES = 6, 6
"""Passages for each statement, and how many of their sentences, those most similar to it, are read."""

_SAYS_SO, _SAYS_OTHERWISE, _SPEAKS_OF_IT = 0.5, 0.82, 0.8
"""The reader's probabilities from which a sentence supports a statement, contradicts it, or does either."""

_NEARLY_ALL = 0.9
"""The share of a statement's words that a sentence must have."""

_DIFFERS = frozenset(
    {
        "numbers",
        "dates",
        "same sense",
        "prohibition",
        "same order",
        "same roles",
        "same units",
        "same counts",
        "same ranges",
        "same limits",
    }
)
_MINOR = frozenset({"parts together"})
_WORD = re.compile(r"\w{2,}")


class StatementFinding(StrEnum):
    """What the articles say about a statement."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the text. `citation` is the sentence that supports or contradicts it."""

    text: str
    finding: StatementFinding
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class FactCheck:
    """The statements of a text in order, and how many more there were."""

    statements: tuple[Statement, ...]
    left_out: int = 0


class FactChecker:
    """Questions and greetings state nothing; they are passed over."""

    def __init__(self, retriever: Retriever, entailer: Entailer) -> None:
        self._retriever = retriever
        self._entailer = entailer

    async def check(self, text: str, *, readable: Readable) -> FactCheck:
        """Uses the articles that are `readable`. Raises EmptyIndex, ModelError."""
        stated = statements_of(text)
        found = [await self._check(one, number, readable) for number, one in enumerate(stated[:MOST_STATEMENTS], 1)]
        return FactCheck(tuple(found), max(0, len(stated) - MOST_STATEMENTS))

    async def _check(self, statement: str, number: int, readable: Readable) -> Statement:
        retrieved = await self._retriever.retrieve(statement, readable=readable, top_k=_PASSAGES)
        sentences = [
            Candidate(hit.passage, one, 0.0)
            for hit in retrieved.hits
            for one in hit.passage.sentences
            if is_citable(hit.passage.article.text, one)
        ]
        best = sorted(sentences, key=lambda one: -support(statement, [source_of(one)]))[:_SENTENCES]
        if not best:
            return Statement(statement, StatementFinding.UNSAID)
        read = await self._entailer.entail([statement] * len(best), [evidence_of((one,)) for one in best])
        finding, sentence = judged(statement, best, read)
        return Statement(statement, finding, cite(sentence, number) if sentence else None)


def statements_of(text: str) -> list[str]:
    """The sentences of a text that state something, on one line each."""
    sentences = [" ".join(text[one.start : one.end].split()) for one in split_sentences(text)]
    return [one for one in sentences if not one.endswith("?") and len(_WORD.findall(one)) >= 3]


def judged(
    statement: str, sentences: Sequence[Candidate], read: Sequence[Entailment]
) -> tuple[StatementFinding, Candidate | None]:
    """The finding of the most relevant sentence. One that supports the statement counts more than one that does not."""
    supporting: list[tuple[float, Candidate]] = []
    contradicting: list[tuple[float, Candidate]] = []
    for sentence, entailment in zip(sentences, read, strict=True):
        source = [replace(source_of(sentence), before="")]  # the text before it may be about somebody else
        words, failed = support(statement, source), first_failed(statement, source)
        if are_in_another_language(source):  # the reader cannot tell
            if failed is None and words >= ENOUGH_SUPPORT:
                supporting.append((words, sentence))
        elif _supports(words, failed, entailment):
            supporting.append((chance(words, entailment), sentence))
        elif _contradicts(words, failed, entailment):
            contradicting.append((words * (1 - entailment.unsaid), sentence))
    for finding, found in ((StatementFinding.SUPPORTED, supporting), (StatementFinding.CONTRADICTED, contradicting)):
        if found:
            return finding, max(found, key=lambda one: one[0])[1]
    return StatementFinding.UNSAID, None


def _supports(words: float, failed: str | None, read: Entailment) -> bool:
    """Whether the reader and the words agree. A sentence may have all the words, but in other roles."""
    is_passed = failed is None or (failed in _MINOR and words >= _NEARLY_ALL)
    return is_passed and read.supported >= _SAYS_SO and chance(words, read) >= ENOUGH


def _contradicts(words: float, failed: str | None, read: Entailment) -> bool:
    """Whether it is about the same thing and says otherwise: according to the reader, or by another number or day."""
    if failed in _DIFFERS:
        return words >= LEAST_SUPPORT and 1 - read.unsaid >= _SPEAKS_OF_IT
    return words >= LEAST_SUPPORT and read.contradicted >= _SAYS_OTHERWISE
