"""Which of the retrieved sentences answer a question, and how surely.

The one room where sentence scores and confidence are computed. It knows only how well words and vectors match, so it
tells "near the topic" from "off the topic", not "answered here" from "near the topic".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from footnote.models import Candidate, Hit, Reading, Signals

_COVERAGE, _PASSAGE_COSINE, _PASSAGE_COVERAGE = 0.4, 0.3, 0.3
"""Weights beside the sentence's cosine (1.0); hit@3 on the dev questions: SQuAD .87, CLAP NQ .97."""

_PER_LOG_WORD, _LONGEST = 0.1, 50
"""A long question is never covered as well as a short one."""

_SLOPE, _MIDDLE = 5.55, 1.294
"""Fitted by benchmarks/calibrate.py over CLAP NQ, SQuAD 2.0 and MultiHop-RAG, each set and each side counting alike."""

ABSTAIN_BELOW = 0.22
"""Low on purpose: the cited sentence itself shows that an answer is weak; nothing shows one that was withheld."""


_HEADING = re.compile(r"\A(?:#{1,6}\s|[=*_-]{3,}$)")
_QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!。！।…][\s\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+\S")
_WORD = re.compile(r"[^\W_]")
_WORDS_OF_A_STATEMENT = 8


class MatchReader:
    """Implements `Reader`."""

    def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        stated = (candidate for candidate in _sentences(hits) if _states_something(candidate.quote))
        candidates = sorted(stated, key=lambda candidate: -candidate.score)
        return Reading(tuple(candidates), _confidence(evidence(question, hits)) if candidates else 0.0)


def evidence(question: str, hits: Sequence[Hit]) -> float:
    """How strongly the best sentence speaks for an answer, comparable between short and long questions.

    Headings count here, though they are no candidates: they tell what the sentences below them are about.
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
    """Headings, questions and the lead-ins of lists repeat a question's words best of all, and answer nothing."""
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
