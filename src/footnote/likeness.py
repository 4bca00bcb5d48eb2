"""Which sentences answer, where the trained reader cannot tell: it reads English.

What is left is what does not depend on a language: vectors, which sentences have the question's words, and whether its
numbers are there. The weights were fitted on German, Spanish, Russian and Chinese, each left out in turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from footnote.citable import header, is_citable
from footnote.languages import language_of
from footnote.local_numbers import local_numbers
from footnote.models import Candidate, Hit
from footnote.terms import asked_terms, terms


@dataclass(frozen=True, slots=True)
class Likeness:
    """`cosine` of question and sentence, `passage`: the mean over its passage; `words`: the share of the question's
    words that the sentence has below its headings, `near`: that its passage has; `no_number`: 1 where one of the
    question's numbers is nowhere in the passage; `another`: 1 where the question is in another language.
    """

    cosine: float
    passage: float
    words: float
    near: float
    no_number: float
    another: float


RANKING, BELOW = Likeness(8.5, 0.0, 6.0, 0.0, 0.0, 0.0), 4.0
"""How much each sign counts where sentences are put in order, and what is taken off, so that their scores mean what
those of relevance.py mean.
"""

CROSSED = Likeness(8.5, 0.0, 2.0, 0.0, 0.0, 0.0)
"""The same in another language than the question: words that it happens to have too say little there."""

WEIGHTS = Likeness(7.6, 3.2, 2.6, 1.8, -1.5, 2.9)
BIAS = -6.5
"""Fitted by benchmarks/calibrate_languages.py, each set and each side of it counting alike."""


def likeness(question: str, hits: Sequence[Hit], asked_in: str) -> list[tuple[Candidate, Likeness]]:
    """Every sentence of the hits that may be cited, with what speaks for it."""
    return [one for hit in hits for one in _of_passage(question, hit, asked_in)]


def chance(one: Likeness) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    return 1 / (1 + math.exp(-BIAS - _weighed(WEIGHTS, one)))


def _of_passage(question: str, hit: Hit, asked_in: str) -> Iterator[tuple[Candidate, Likeness]]:
    passage, text = hit.passage, hit.passage.article.text
    language = language_of(text)
    above = header(passage)
    asked = frozenset(asked_terms(question, language))
    numbers = local_numbers(question, asked_in)
    whole = f"{above} {passage.text}"
    near = _share(asked, whole, language)
    no_number = float(not numbers <= local_numbers(whole, language))
    for sentence, signals in zip(passage.sentences, hit.sentences, strict=True):
        quote = text[sentence.start : sentence.end]
        if is_citable(text, sentence):
            one = Likeness(
                cosine=signals.cosine,
                passage=hit.signals.cosine,
                words=_share(asked, f"{above} {quote}", language),
                near=near,
                no_number=no_number,
                another=float(asked_in != language),
            )
            yield Candidate(passage, sentence, _weighed(CROSSED if one.another else RANKING, one) - BELOW), one


def _share(asked: frozenset[str], text: str, language: str) -> float:
    return len(asked.intersection(terms(text, language))) / len(asked) if asked else 0.0


def _weighed(weights: Likeness, one: Likeness) -> float:
    return float(sum(weight * sign for weight, sign in zip(astuple(weights), astuple(one), strict=True)))
