"""Which of the retrieved sentences answer a question, and how surely.

A trained model reads the question beside each passage; how well words and vectors match, and whether what the question
names is there at all, is weighed with it. Nothing here depends on how many articles the index has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from footnote.asked_for import AskedFor, asked_for, covered, missing
from footnote.models import Candidate, Evidence, Hit, Passage, PassageScores, Reading
from footnote.ports import Scorer

PASSAGES_READ = 8
"""Of the retrieved ones. Each takes a few milliseconds; the right one is among the first eight as good as always."""

PASSAGE_WEIGHT, COSINE_WEIGHT, WORDS_WEIGHT = 0.5, 4.0, 1.5
"""Of the passage's logit, the sentence's cosine and the share of words, beside the sentence's own logit (1.0)."""

_HEADING = re.compile(r"\A(?:#{1,6}\s|[=*_-]{3,}$)")
_QUESTION = re.compile(r"[?؟？]!*[\s\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Signs:
    """What confidence is made of. `sentence` and `passage`: the model's logits; `cosine` of question and sentence;
    `words`: the share of the question's words that sentence and heading have; `missing_near` and `missing`: the share
    of its names and numbers that stand neither there nor, for `missing`, anywhere in the passage.
    """

    sentence: float
    passage: float
    cosine: float
    words: float
    missing_near: float
    missing: float


WEIGHTS = Signs(0.45, 0.35, 3.0, 1.0, -1.0, -1.5)
BIAS = -1.2
"""Fitted by benchmarks/calibrate.py over all dev sets, each set and each side of it counting alike."""


class PassageReader:
    """Implements `Reader`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        read = hits[:PASSAGES_READ]
        scores = await self._scorer.score(question, [evidence(hit.passage) for hit in read])
        found = signs(question, read, scores)
        candidates = sorted((one for one, _ in found), key=lambda candidate: -candidate.score)
        best = max((confidence(one) for _, one in found), default=0.0)
        return Reading(tuple(candidates), best)


def evidence(passage: Passage) -> Evidence:
    """The passage as the model reads it: below what it is from."""
    text = passage.article.text
    return Evidence(header(passage), tuple(text[one.start : one.end] for one in passage.sentences))


def header(passage: Passage) -> str:
    """Title, headings and day of publication on one line."""
    article = passage.article
    day = f"{article.published.day} {article.published:%B %Y}" if article.published else ""
    return " · ".join(filter(None, [article.title, *passage.headings, day]))


def signs(question: str, hits: Sequence[Hit], scores: Sequence[PassageScores]) -> list[tuple[Candidate, Signs]]:
    """Every sentence that may be cited, with what speaks for it."""
    asked = asked_for(question)
    return [one for hit, score in zip(hits, scores, strict=True) for one in _of_passage(asked, hit, score)]


def confidence(signs: Signs) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    evidence = BIAS + sum(weight * sign for weight, sign in zip(astuple(WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + math.exp(-evidence))


def _of_passage(asked: AskedFor, hit: Hit, scores: PassageScores) -> list[tuple[Candidate, Signs]]:
    passage, text = hit.passage, hit.passage.article.text
    above = header(passage)
    lost = missing(asked, f"{above} {passage.text}")
    found = []
    before = ""
    for sentence, signals, logit in zip(passage.sentences, hit.sentences, scores.sentences, strict=True):
        quote = text[sentence.start : sentence.end]
        if states_something(quote):
            near = f"{above} {before} {quote}"
            words = covered(asked, f"{above} {quote}")
            lost_near = missing(asked, near) if asked.names or asked.numbers else 0.0
            score = logit + PASSAGE_WEIGHT * scores.passage + COSINE_WEIGHT * signals.cosine + WORDS_WEIGHT * words
            one = Signs(logit, scores.passage, signals.cosine, words, lost_near, lost)
            found.append((Candidate(passage, sentence, score), one))
        before = quote
    return found


def states_something(quote: str) -> bool:
    """Headings, questions and the lead-ins of lists repeat a question's words best of all, and answer nothing."""
    return bool(_WORD.search(quote)) and not (_HEADING.match(quote) or _QUESTION.search(quote) or quote.endswith(":"))
