"""Which sentences answer, where the trained reader cannot tell: it reads English.

What is left is what does not depend on a language: vectors, which sentences have the question's words, and whether its
numbers are there. The weights were fitted on German, Spanish, Russian and Chinese, each left out in turn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

from footnote.languages import language_of
from footnote.local_numbers import local_numbers
from footnote.models import Candidate, Hit
from footnote.structure import names_columns
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


RANKING = Likeness(10.0, 0.0, 3.0, 0.0, 0.0, 0.0)
WEIGHTS = Likeness(10.0, 0.0, 3.0, 0.0, 0.0, 0.0)
BIAS = -5.0
"""Fitted by benchmarks/calibrate_languages.py."""


def likeness(question: str, hits: Sequence[Hit], asked_in: str) -> list[tuple[Candidate, Likeness]]:
    """Every sentence of the hits that may be cited, with what speaks for it."""
    return [one for hit in hits for one in _of_passage(question, hit, asked_in)]


def score(one: Likeness) -> float:
    """Where sentences are put in order: comparable with those of relevance.py."""
    return _weighed(RANKING, one)


def confidence(one: Likeness) -> float:
    """The calibrated chance (0 to 1) that the sentence answers."""
    return 1 / (1 + math.exp(-BIAS - _weighed(WEIGHTS, one)))


def _of_passage(question: str, hit: Hit, asked_in: str) -> Iterator[tuple[Candidate, Likeness]]:
    from footnote.relevance import header, states_something

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
        if states_something(quote) and not names_columns(text, sentence.start, sentence.end):
            one = Likeness(
                cosine=signals.cosine,
                passage=hit.signals.cosine,
                words=_share(asked, f"{above} {quote}", language),
                near=near,
                no_number=no_number,
                another=float(asked_in != language),
            )
            yield Candidate(passage, sentence, score(one)), one


def _share(asked: frozenset[str], text: str, language: str) -> float:
    return len(asked.intersection(terms(text, language))) / len(asked) if asked else 0.0


def _weighed(weights: Likeness, one: Likeness) -> float:
    return float(sum(weight * sign for weight, sign in zip(astuple(weights), astuple(one), strict=True)))
