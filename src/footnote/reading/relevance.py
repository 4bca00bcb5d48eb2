"""Which of the retrieved sentences answer a question, and how surely.

A trained model reads the question beside each passage; how well words and vectors match is weighed with it. One model
reads English (signs.py says what speaks for a sentence), another one all languages, where it is installed
(likeness.py). Nothing here depends on how many articles the index has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from typing import TypeVar

from footnote.models import Candidate, Hit, PassageScores, Reading
from footnote.ports import Scorer
from footnote.reading.certainty import ABSTAIN_BELOW, NEARLY_ANSWERED_FROM, SURE_FROM
from footnote.reading.citable import QUESTION, asks_where, is_citable, points_elsewhere
from footnote.reading.likeness import CROSSED, READ, UNREAD, Likeness, SignWeights, chance, likeness
from footnote.reading.pointing import only_announces, pointed_at
from footnote.reading.question_parts import for_part, parts_of
from footnote.reading.signs import Signs, confidence, evidence, signs
from footnote.reading.weekdays import asks_for_a_day, spelled_out
from footnote.text.languages import DEFAULT, language_of
from footnote.text.spelling import unaccented
from footnote.text.terms import question_language

PASSAGES_READ = 8
"""Of the retrieved ones, at most. The right one is nearly always among the first eight."""

READ_FIRST = 4
"""The others are read only if these leave it in doubt whether the articles answer, which saves a third of the work."""

_QUESTION_WORD = re.compile(
    r"\b(?:who|what|when|where|which|why|how|whose|whom|is|are|was|were|did|does|do|can)\b", re.IGNORECASE
)


Said = TypeVar("Said", Signs, Likeness)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence, its score for each part of the question with how surely it answers that, and whether it has a word of
    the question.
    """

    candidate: Candidate
    by_part: tuple[tuple[float, float], ...]
    has_words: bool

    @property
    def surely(self) -> float:
        return self.candidate.surely


LONG = 30
"""Words from which on a question joins several conditions. No sentence meets all of them alone, and the model, which
has read no such questions, says so of each: for these, the nearest vector tells what is there."""

_STEEP, _HALF = 20.0, 0.52
"""Of the curve for long questions, over the best cosine: chosen on MultiHop-RAG's development questions."""


class PassageReader:
    """Implements `Reader`. `scorer` reads English; `multilingual` reads a question and an article in the same other
    language. Without it, and if the languages differ, vectors, words and numbers decide.
    """

    def __init__(self, scorer: Scorer, multilingual: Scorer | None = None) -> None:
        self._scorer, self._multilingual = scorer, multilingual

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        asked_in, parts = question_language(question), parts_of(question)
        own, others = _by_language(hits[:PASSAGES_READ], asked_in)
        near = _nearness(own) if asked_in == DEFAULT and is_long(question) else None
        in_own = partial(self._weigh, parts, near) if asked_in == DEFAULT else partial(self._compare, parts, asked_in)
        weighed = [
            *await _read(own, in_own, is_one=len(parts) == 1 and (near or 0.0) < SURE_FROM),
            *_unread(parts, others, asked_in, CROSSED),
        ]
        found = sorted(weighed, key=lambda one: -one.candidate.score)
        is_asked = asked_in != DEFAULT or _asks(question) or any(one.has_words for one in found)
        by_part = [max((one.by_part[part] for one in found), default=(0.0, 0.0))[1] for part in range(len(parts))]
        surely = _of_all(by_part) if is_asked else 0.0
        return Reading(tuple(one.candidate for one in found), surely, tuple(by_part) if len(parts) > 1 else ())

    async def _weigh(self, parts: Sequence[str], near: float | None, hits: Sequence[Hit]) -> list[_Weighed]:
        """Each sentence for the part of the question that it answers best. `near`: what is sure of all of them."""
        spelled = _with_days if any(map(asks_for_a_day, parts)) else unaccented
        passages = [evidence(hit.passage, spelled) for hit in hits]
        by_part = [
            signs(part, [for_part(hit, number) for hit in hits], await self._scorer.score(unaccented(part), passages))
            for number, part in enumerate(parts)
        ]
        found = _with_pointed_at(_weighed(by_part, lambda said: confidence(said) if near is None else near))
        return [one for one in found if _tells(one.candidate, parts)]

    async def _compare(self, parts: Sequence[str], asked_in: str, hits: Sequence[Hit]) -> list[_Weighed]:
        """The same in another language than English."""
        if self._multilingual is None:
            return _unread(parts, hits, asked_in, UNREAD)
        passages = [evidence(hit.passage, spelled=str) for hit in hits]
        scored = [await self._multilingual.score(part, passages) for part in parts]
        by_part = [_likeness(parts, number, hits, asked_in, scores) for number, scores in enumerate(scored)]
        return _weighed(by_part, partial(chance, weights=READ))


def _of_all(by_part: Sequence[float]) -> float:
    """An answer is as sure as the least sure of the parts that it answers."""
    return min((surely for surely in by_part if surely >= ABSTAIN_BELOW), default=max(by_part))


async def _read(
    hits: Sequence[Hit], weigh: Callable[[Sequence[Hit]], Awaitable[list[_Weighed]]], *, is_one: bool
) -> list[_Weighed]:
    """The first few passages, and the others unless those decide about a question that `is_one`."""
    if not hits:
        return []
    first = await weigh(hits[:READ_FIRST])
    rest = hits[READ_FIRST:]
    return first if not rest or (is_one and _is_decided(first)) else first + await weigh(rest)


def _is_decided(found: Sequence[_Weighed]) -> bool:
    """Whether the best sentence surely answers, or does not come near to it."""
    best = max(found, key=lambda one: one.candidate.score, default=None)
    return best is not None and not NEARLY_ANSWERED_FROM <= best.surely < SURE_FROM


def _with_days(text: str) -> str:
    return unaccented(spelled_out(text))


def is_long(question: str) -> bool:
    return len(question.split()) > LONG


def _nearness(hits: Sequence[Hit]) -> float:
    """Of the best sentence that may be cited, also in passages that are not read."""
    cosines = (
        signals.cosine
        for hit in hits
        for sentence, signals in zip(hit.passage.sentences, hit.sentences, strict=True)
        if is_citable(hit.passage.article.text, sentence)
    )
    return 1 / (1 + math.exp(-_STEEP * (max(cosines, default=0.0) - _HALF)))


def _unread(parts: Sequence[str], hits: Sequence[Hit], asked_in: str, weights: SignWeights) -> list[_Weighed]:
    """The sentences of articles that no model reads with the question."""
    by_part = [_likeness(parts, number, hits, asked_in) for number in range(len(parts))]
    return _weighed(by_part, partial(chance, weights=weights))


def _likeness(
    parts: Sequence[str], number: int, hits: Sequence[Hit], asked_in: str, scores: Sequence[PassageScores] | None = None
) -> list[tuple[Candidate, Likeness]]:
    return likeness(parts[number], [for_part(hit, number) for hit in hits], asked_in, scores)


def _weighed(by_part: Sequence[Sequence[tuple[Candidate, Said]]], surely: Callable[[Said], float]) -> list[_Weighed]:
    """Each sentence as it scores for the part of the question that it answers best."""
    found = []
    for same in zip(*by_part, strict=True):
        part, (candidate, said) = max(enumerate(same), key=lambda one: one[1][0].score)
        sure = tuple((one.score, surely(what)) for one, what in same)
        best = replace(candidate, part=part, surely=sure[part][1])
        found.append(_Weighed(best, sure, bool(said.words)))
    return found


def _with_pointed_at(found: Sequence[_Weighed]) -> list[_Weighed]:
    """What a sentence points to scores as high as the sentence."""
    raised = {pointed_at(one.candidate, (other.candidate for other in found)): one.candidate.score for one in found}
    return [_raised(one, raised[one.candidate]) if one.candidate in raised else one for one in found]


def _raised(one: _Weighed, score: float) -> _Weighed:
    part = one.candidate.part
    by_part = tuple((score, sure) if at == part else (own, sure) for at, (own, sure) in enumerate(one.by_part))
    return replace(one, candidate=replace(one.candidate, score=score), by_part=by_part)


def _tells(candidate: Candidate, parts: Sequence[str]) -> bool:
    """Whether it is more than a sentence that points elsewhere, or its question asks where something stands."""
    if only_announces(candidate):
        return False
    return asks_where(parts[candidate.part]) or not points_elsewhere(candidate.quote)


def _by_language(hits: Sequence[Hit], asked_in: str) -> tuple[list[Hit], list[Hit]]:
    """Those in the language of the question, and the others."""
    own = [language_of(hit.passage.article.text) == asked_in for hit in hits]
    return [*compress(hits, own)], [hit for hit, is_own in zip(hits, own, strict=True) if not is_own]


def _asks(question: str) -> bool:
    """Whether it is put as a question. "Thanks!" is not, and nothing answers it if its words are nowhere."""
    return bool(QUESTION.search(question) or _QUESTION_WORD.search(question))
