"""Which of the retrieved sentences answer a question, and how surely.

The one room where sentence scores and confidence are computed. It knows only how well words and vectors match, so it
tells "near the topic" from "off the topic", not "answered here" from "near the topic".
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from footnote.models import Candidate, Hit, Reading, Signals

_COVERAGE, _PASSAGE_COSINE, _PASSAGE_COVERAGE = 0.4, 0.3, 0.3
"""Weights beside the sentence's cosine (1.0); hit@3 on the dev questions: SQuAD .87, CLAP NQ .97."""

_PER_LOG_WORD = 0.1
"""A long question is never covered as well as a short one."""

_SLOPE, _MIDDLE = 5.55, 1.294
"""Fitted by benchmarks/calibrate.py over CLAP NQ, SQuAD 2.0 and MultiHop-RAG, each set and each side counting alike."""

ABSTAIN_BELOW = 0.22
"""Low on purpose: the cited sentence itself shows that an answer is weak; nothing shows one that was withheld."""


class MatchReader:
    """Implements `Reader`."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        candidates = tuple(sorted(_candidates(hits), key=lambda candidate: -candidate.score))
        if not candidates:
            return Reading((), 0.0)
        return Reading(candidates, _confidence(evidence(question, candidates[0].score)))


def evidence(question: str, best: float) -> float:
    """How strongly the best sentence's score speaks for an answer, comparable between short and long questions."""
    return best + _PER_LOG_WORD * math.log(max(1, len(question.split())))


def _candidates(hits: Sequence[Hit]) -> list[Candidate]:
    candidates = [
        Candidate(hit.passage, sentence, _score(signals, hit.signals))
        for hit in hits
        for sentence, signals in zip(hit.passage.sentences, hit.sentences, strict=True)
    ]
    return [candidate for candidate in candidates if _states_something(candidate.quote)]


def _states_something(quote: str) -> bool:
    """Headings and questions repeat the words of a question best of all, and answer nothing."""
    return not quote.startswith("#") and not quote.endswith("?")


def _score(sentence: Signals, passage: Signals) -> float:
    return (
        sentence.cosine
        + _COVERAGE * sentence.coverage
        + _PASSAGE_COSINE * passage.cosine
        + _PASSAGE_COVERAGE * passage.coverage
    )


def _confidence(evidence: float) -> float:
    return 1 / (1 + math.exp(-_SLOPE * (evidence - _MIDDLE)))
