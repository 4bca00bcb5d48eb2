"""How sure an answer is: three levels that people see, derived from the calibrated confidence."""

from __future__ import annotations

from enum import StrEnum

from footnote.models import Abstention, Answer

ABSTAIN_BELOW = 0.36
"""Confidence below which the articles do not answer. docs/benchmarks.md shows what other lines would cost."""

SURE_FROM = 0.6
"""Confidence from which an answer does not say that it is unsure."""

NEARLY_ANSWERED_FROM = ABSTAIN_BELOW / 2
"""Confidence of an abstention that came near to an answer: a moderator should look at it."""


class Certainty(StrEnum):
    SURE = "sure"
    UNSURE = "unsure"
    ABSTAINED = "abstained"


def certainty(outcome: Answer | Abstention) -> Certainty:
    if isinstance(outcome, Abstention):
        return Certainty.ABSTAINED
    return Certainty.SURE if outcome.confidence >= SURE_FROM else Certainty.UNSURE
