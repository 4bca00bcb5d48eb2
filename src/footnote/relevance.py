"""Which of the retrieved sentences answer a question, and how surely.

A trained model reads the question beside each passage; how well words and vectors match, and whether what the question
names is there at all, is weighed with it. The model reads English; of all else likeness.py says what speaks for it.
Nothing here depends on how many articles the index has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from itertools import zip_longest
from typing import TypeVar

from footnote.asked_for import AskedFor, asked_for, covered, lacks_label, without_name
from footnote.certainty import NEARLY_ANSWERED_FROM, SURE_FROM
from footnote.citable import QUESTION, header, is_citable
from footnote.languages import DEFAULT, language_of
from footnote.likeness import chance, likeness
from footnote.models import Candidate, Evidence, Hit, Passage, PassageScores, Reading
from footnote.ports import Scorer
from footnote.question_parts import parts_of
from footnote.spelling import unaccented
from footnote.structure import Outline, cells
from footnote.terms import question_language

PASSAGES_READ = 8
"""Of the retrieved ones, at most. The right one is nearly always among the first eight."""

READ_FIRST = 4
"""The others are read only if these leave it in doubt whether the articles answer, which saves a third of the work."""

_QUESTION_WORD = re.compile(
    r"\b(?:who|what|when|where|which|why|how|whose|whom|is|are|was|were|did|does|do|can)\b", re.IGNORECASE
)


Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Signs:
    """What confidence is made of. `sentence` and `passage`: the model's logits; `cosine` of question and sentence;
    `words`: the share of the question's words that sentence and heading have; `no_name_near`: the share of its names
    that stand neither there nor in the sentence before, `no_label_near`: 1 where one of its numbers does not;
    `no_name` and `no_label`: nor anywhere in the passage.
    """

    sentence: float
    passage: float
    cosine: float
    words: float
    no_name_near: float
    no_label_near: float
    no_name: float
    no_label: float


RANKING = Signs(1.0, 0.5, 2.5, 0.5, -2.0, -2.0, 0.0, 0.0)
"""How much each sign counts where sentences are put in order."""

WEIGHTS = Signs(0.0, 0.69, 3.44, 0.16, -1.52, -1.44, -0.52, -1.43)
BIAS = -2.07
"""Fitted by benchmarks/calibrate.py over all dev sets, each set and each side of it counting alike. The fit gives the
sentence's own score -0.03, with which a better one would lower the confidence: the passage's score has taken its place.
"""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence, how surely it answers, and whether it has a word of the question."""

    candidate: Candidate
    surely: float
    has_words: bool


LONG = 30
"""Words from which on a question joins several conditions. No sentence meets all of them alone, and the model, which
has read no such questions, says so of each: for these, the nearest vector tells what is there."""

_STEEP, _HALF = 20.0, 0.52
"""Of the curve for long questions, over the best cosine: chosen on MultiHop-RAG's development questions."""


class PassageReader:
    """Implements `Reader`."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    async def read(self, question: str, hits: Sequence[Hit]) -> Reading:
        read = hits[:PASSAGES_READ]
        asked_in = question_language(question)
        english = [hit for hit in read if reads(hit, asked_in)]
        others = [hit for hit in read if not reads(hit, asked_in)]
        weighed = [*await self._read(question, english), *_compared(question, others, asked_in)]
        found = sorted(weighed, key=lambda one: -one.candidate.score)
        is_asked = asked_in != DEFAULT or _asks(question) or any(one.has_words for one in found)
        surely = found[0].surely if found and is_asked else 0.0
        return Reading(tuple(one.candidate for one in found), surely)

    async def _read(self, question: str, hits: Sequence[Hit]) -> list[_Weighed]:
        """The first few passages, and the others unless those decide."""
        parts = parts_of(question)
        near = _nearness(hits) if is_long(question) else None
        first = await self._weigh(parts, hits[:READ_FIRST], near)
        if len(parts) == 1 and _is_decided(first):
            return first
        return first + await self._weigh(parts, hits[READ_FIRST:], near)

    async def _weigh(self, parts: Sequence[str], hits: Sequence[Hit], near: float | None) -> list[_Weighed]:
        """Each sentence for the part of the question that it answers best. `near`: what is sure of all of them."""
        if not hits:
            return []
        passages = [evidence(hit.passage) for hit in hits]
        by_part = [signs(part, hits, await self._scorer.score(unaccented(part), passages)) for part in parts]
        best = _of_best_part(by_part)
        sure = [confidence(said) if near is None else near for _, said in best]
        return [_Weighed(one, surely, bool(said.words)) for (one, said), surely in zip(best, sure, strict=True)]


def _is_decided(found: Sequence[_Weighed]) -> bool:
    """Whether the best sentence surely answers, or does not come near to it."""
    best = max(found, key=lambda one: one.candidate.score, default=None)
    return best is not None and not NEARLY_ANSWERED_FROM <= best.surely < SURE_FROM


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


def _compared(question: str, hits: Sequence[Hit], asked_in: str) -> list[_Weighed]:
    by_part = [likeness(part, hits, asked_in) for part in parts_of(question)]
    return [_Weighed(candidate, chance(said), bool(said.words)) for candidate, said in _of_best_part(by_part)]


def _of_best_part(by_part: Sequence[Sequence[tuple[Candidate, Said]]]) -> list[tuple[Candidate, Said]]:
    """Each sentence as it scores for the part of the question that it answers best."""
    best = [max(enumerate(same), key=lambda one: one[1][0].score) for same in zip(*by_part, strict=True)]
    return [(replace(candidate, part=part), said) for part, (candidate, said) in best]


def reads(hit: Hit, asked_in: str) -> bool:
    """Whether the trained model can read the question beside it: both have to be English."""
    return asked_in == DEFAULT == language_of(hit.passage.article.text)


def _asks(question: str) -> bool:
    """Whether it is put as a question. "Thanks!" is not, and nothing answers it if its words are nowhere."""
    return bool(QUESTION.search(question) or _QUESTION_WORD.search(question))


def evidence(passage: Passage) -> Evidence:
    """The passage as the model reads it: below what it is from, and without accents, which few people type."""
    text = passage.article.text
    outline = Outline(text) if "|" in passage.text else None
    sentences = [unaccented(text[one.start : one.end]) for one in passage.sentences]
    columns = [outline.columns(one.start) if outline else () for one in passage.sentences]
    return Evidence(unaccented(header(passage)), tuple(map(_with_columns, sentences, columns)))


def _with_columns(sentence: str, columns: Sequence[str]) -> str:
    """A row of a table with what its columns are called: `Berth: North; Fee: 300 euros`."""
    if not columns:
        return sentence
    named = zip_longest(columns, cells(sentence)[: len(columns)], fillvalue="")
    return "; ".join(f"{column}: {cell}" for column, cell in named)


def signs(question: str, hits: Sequence[Hit], scores: Sequence[PassageScores]) -> list[tuple[Candidate, Signs]]:
    """Every sentence that may be cited, with what speaks for it."""
    asked = asked_for(_without_sources(question, hits))
    return [one for hit, score in zip(hits, scores, strict=True) for one in _of_passage(asked, hit, score)]


def _without_sources(question: str, hits: Sequence[Hit]) -> str:
    """The question without "Fortune" and "The Age", where articles of these are found: a source is named to say which
    article is meant, and its sentences need not have the name.
    """
    for source in {hit.passage.article.source for hit in hits} - {None, ""}:
        question = re.sub(rf"(?<!\w){re.escape(str(source))}(?!\w)", "", question, flags=re.IGNORECASE)
    return question


def confidence(signs: Signs) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    return 1 / (1 + math.exp(-BIAS - _weighed(WEIGHTS, signs)))


def _of_passage(asked: AskedFor, hit: Hit, scores: PassageScores) -> list[tuple[Candidate, Signs]]:
    passage, text = hit.passage, hit.passage.article.text
    above = header(passage)
    whole = f"{above} {passage.text}"
    no_name, no_label = without_name(asked, whole), float(lacks_label(asked, whole))
    found, before = [], ""
    for sentence, signals, logit in zip(passage.sentences, hit.sentences, scores.sentences, strict=True):
        quote = text[sentence.start : sentence.end]
        if is_citable(text, sentence):
            near = f"{above} {before} {quote}"
            one = Signs(
                sentence=logit,
                passage=scores.passage,
                cosine=signals.cosine,
                words=covered(asked, f"{above} {quote}"),
                no_name_near=without_name(asked, near),
                no_label_near=float(lacks_label(asked, near)),
                no_name=no_name,
                no_label=no_label,
            )
            found.append((Candidate(passage, sentence, _weighed(RANKING, one)), one))
        before = quote
    return found


def _weighed(weights: Signs, signs: Signs) -> float:
    return float(sum(weight * sign for weight, sign in zip(astuple(weights), astuple(signs), strict=True)))
