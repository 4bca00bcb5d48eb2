"""Which sentences answer in other languages than English, or in another one than the question.

What speaks for a sentence does not depend on a language: vectors, which sentences have the question's words, whether
its numbers are there, and what the multilingual reader says, where it is installed. The weights were fitted on German,
Spanish, Russian and Chinese, each left out in turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

from footnote.models import Candidate, Hit, PassageScores
from footnote.reading.citable import header, is_citable
from footnote.text.languages import language_of
from footnote.text.local_numbers import local_numbers
from footnote.text.terms import asked_terms, terms


@dataclass(frozen=True, slots=True)
class Likeness:
    """`cosine` of question and sentence, `passage`: the mean over its passage; `words`: the share of the question's
    words that the sentence has below its headings, `near`: that its passage has; `no_number`: 1 where one of the
    question's numbers is nowhere in the passage; `another`: 1 where the question is in another language; `sentence` and
    `answered`: the multilingual reader's logits for the sentence and for its passage, 0 where nothing read them.
    """

    cosine: float
    passage: float
    words: float
    near: float
    no_number: float
    another: float
    sentence: float = 0.0
    answered: float = 0.0


@dataclass(frozen=True, slots=True)
class SignWeights:
    """How much each sign counts for the order of sentences (`ranking`) and for the chance that one answers. `below` is
    subtracted from a sentence's score, so that scores mean the same as those of signs.py.
    """

    ranking: Likeness
    below: float
    chance: Likeness
    bias: float


READ = SignWeights(
    ranking=Likeness(10.0, 0.0, 6.0, 0.0, 0.0, 0.0, 1.0, 0.5),
    below=7.0,
    chance=Likeness(5.1, 2.0, 2.15, 1.65, -1.2, 0.0, 0.5, 0.4),
    bias=-5.0,
)
"""With the reader. All are fitted by benchmarks/calibrate_languages.py: each set and each side count the same. These
also suit questions in Turkish and Arabic, where the reader alone does no better than words and vectors.
"""

UNREAD = SignWeights(
    ranking=Likeness(8.5, 0.0, 6.0, 0.0, 0.0, 0.0),
    below=4.0,
    chance=Likeness(7.6, 3.2, 2.6, 1.8, -1.5, 2.9),
    bias=-6.5,
)

CROSSED = replace(UNREAD, ranking=Likeness(8.5, 0.0, 2.0, 0.0, 0.0, 0.0))
"""In another language than the question: words that a sentence happens to share with it say little. The reader puts
the right sentence first less often there than the comparison by tokens (docs/languages.md).
"""


def likeness(
    question: str, hits: Sequence[Hit], asked_in: str, scores: Sequence[PassageScores] | None = None
) -> list[tuple[Candidate, Likeness]]:
    """Every citable sentence of the hits, with its signs. `scores`: what the reader says about each hit."""
    read = scores if scores is not None else [None] * len(hits)
    return [one for hit, score in zip(hits, read, strict=True) for one in _of_passage(question, hit, asked_in, score)]


def chance(one: Likeness, weights: SignWeights) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    return 1 / (1 + math.exp(-weights.bias - _weighed(weights.chance, one)))


def _of_passage(
    question: str, hit: Hit, asked_in: str, scores: PassageScores | None
) -> Iterator[tuple[Candidate, Likeness]]:
    passage, text = hit.passage, hit.passage.article.text
    language = language_of(text)
    above = header(passage)
    asked = frozenset(asked_terms(question, language))
    numbers = local_numbers(question, asked_in)
    whole = f"{above} {passage.text}"
    near = _share(asked, whole, language)
    no_number = float(not numbers <= local_numbers(whole, language))
    weights = READ if scores else UNREAD if asked_in == language else CROSSED
    answered = scores.passage if scores else 0.0
    logits = scores.sentences if scores else (0.0,) * len(passage.sentences)
    for sentence, signals, logit in zip(passage.sentences, hit.sentences, logits, strict=True):
        quote = text[sentence.start : sentence.end]
        if is_citable(text, sentence):
            one = Likeness(
                cosine=signals.cosine,
                passage=hit.signals.cosine,
                words=_share(asked, f"{above} {quote}", language),
                near=near,
                no_number=no_number,
                another=float(asked_in != language),
                sentence=logit,
                answered=answered,
            )
            yield Candidate(passage, sentence, _weighed(weights.ranking, one) - weights.below), one


def _share(asked: frozenset[str], text: str, language: str) -> float:
    return len(asked.intersection(terms(text, language))) / len(asked) if asked else 0.0


def _weighed(weights: Likeness, one: Likeness) -> float:
    return float(sum(weight * sign for weight, sign in zip(astuple(weights), astuple(one), strict=True)))
