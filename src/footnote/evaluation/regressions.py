"""Asks again what moderators have decided: whether Footnote still does as they said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from footnote.evaluation.gold import squeeze
from footnote.models import Abstention, Answer

Quoted = tuple[str, str]
"""An article's id and a sentence of it."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A question with what moderators have decided about answers to it.

    `is_answerable`: whether they say that the articles answer it; None: unknown, as after a mere rejection. `wanted`
    are the cited sentences that they approved, `unwanted` those that they judged wrong. Leave out sentences that are no
    longer in the articles: nothing can cite them.
    """

    question: str
    is_answerable: bool | None
    wanted: tuple[Quoted, ...] = ()
    unwanted: tuple[Quoted, ...] = ()


class DecisionOutcome(StrEnum):
    """What became of a decision."""

    HELD = "held"
    NOT_ANSWERED = "an answer was approved, but now there is none"
    ANSWERED = "a moderator agreed that the articles do not answer it, but now there is an answer"
    NOT_CITED = "no approved sentence is cited"
    WRONG_AGAIN = "a sentence that was ruled wrong is cited"


def held(regression: Regression, outcome: Answer | Abstention) -> DecisionOutcome:
    """One of the approved sentences is enough: how many are cited is the answerer's choice. Places in the article and
    white space do not matter.
    """
    if isinstance(outcome, Abstention):
        return DecisionOutcome.NOT_ANSWERED if regression.is_answerable else DecisionOutcome.HELD
    if regression.is_answerable is False:
        return DecisionOutcome.ANSWERED
    cited = _squeezed((citation.article_id, citation.quote) for citation in outcome.citations)
    if cited & _squeezed(regression.unwanted):
        return DecisionOutcome.WRONG_AGAIN
    if regression.wanted and not cited & _squeezed(regression.wanted):
        return DecisionOutcome.NOT_CITED
    return DecisionOutcome.HELD


def _squeezed(quoted: Iterable[Quoted]) -> set[Quoted]:
    return {(article_id, squeeze(quote)) for article_id, quote in quoted}
