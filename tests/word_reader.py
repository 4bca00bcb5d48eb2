"""A reader that needs no model: it scores sentences by how well words and vectors match."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from footnote.models import Candidate, Hit, Reading, Signals

_COVERAGE, _PASSAGE_COSINE, _PASSAGE_COVERAGE = 0.4, 0.3, 0.3

_PER_LOG_WORD, _LONGEST = 0.1, 50

_SLOPE, _MIDDLE = 5.55, 1.294

ABSTAIN_BELOW = 0.22
"""Confidence from which tests with this reader answer."""


_HEADING = re.compile(r"#{1,6}\s|[=*_-]{3,}$")
_QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!。！।…][\s\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+\S")
_WORD = re.compile(r"[^\W_]")
_WORDS_OF_A_STATEMENT = 8


class WordReader:
    """Implements `Reader`. `spread`: how far apart scores lie; by default about as far as the trained reader's."""

    def __init__(self, *, spread: float = 10.0) -> None:
        self._spread = spread

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        found = (replace(one, score=one.score * self._spread) for one in _sentences(hits))
        stated = (candidate for candidate in found if _states_something(candidate.quote))
        candidates = sorted(stated, key=lambda candidate: -candidate.score)
        return Reading(tuple(candidates), _confidence(evidence(question, hits)) if candidates else 0.0)


def evidence(question: str, hits: Sequence[Hit]) -> float:
    """How strongly the best sentence speaks for an answer, comparable between short and long questions.

    Headings count here, although they are not candidates: they say what the sentences below them are about.
    """
    sentences = [candidate for candidate in _sentences(hits) if not _QUESTION.search(candidate.quote)]
    best = max((candidate.score for candidate in sentences), default=0.0)
    words = {word.casefold() for word in question.split()}
    return best + _PER_LOG_WORD * math.log(min(max(1, len(words)), _LONGEST))


def _sentences(hits: Sequence[Hit]) -> list[Candidate]:
    return [
        Candidate(hit.passage, sentence, _score(signals, hit.signals))
        for hit in hits
        for sentence, signals in zip(hit.passage.sentences, hit.sentences, strict=True)
    ]


def _states_something(quote: str) -> bool:
    """Headings, questions and the lead-ins of lists match a question's words best of all, and answer nothing."""
    if _HEADING.match(quote) or _QUESTION.search(quote) or quote.endswith(":") or not _WORD.search(quote):
        return False
    return bool(_LIST_ITEM.match(quote) or _FULL_STOP.search(quote)) or len(quote.split()) >= _WORDS_OF_A_STATEMENT


def _score(sentence: Signals, passage: Signals) -> float:
    return (
        sentence.cosine
        + _COVERAGE * sentence.coverage
        + _PASSAGE_COSINE * passage.cosine
        + _PASSAGE_COVERAGE * passage.coverage
    )


def _confidence(evidence: float) -> float:
    return 1 / (1 + math.exp(-_SLOPE * (evidence - _MIDDLE)))
