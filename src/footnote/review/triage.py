"""Which answers are held, and which get a card."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from footnote.models import Abstention, Answer, AnswererName
from footnote.reading.certainty import NEARLY_ANSWERED_FROM, Certainty, certainty
from footnote.records.answers import Hold
from footnote.records.policies import Cards, Mode, Policy
from footnote.stores import Triage


def triage(policy: Policy, outcome: Answer | Abstention, *, now: datetime, dice: float) -> Triage:
    """How to treat an outcome from the start. `dice` is the result of `cast` for its question.

    Abstentions are not held: they claim nothing. Nor are verified answers: a moderator has seen them.
    """
    if policy.mode is Mode.NONE or outcome.receipt.answerer == AnswererName.VERIFIED:
        return Triage(is_for_review=False)
    if policy.mode is Mode.HOLD and isinstance(outcome, Answer):
        return Triage(hold=Hold.WAITING, held_until=now + timedelta(minutes=policy.minutes))
    return Triage(is_for_review=_is_for_review(policy, outcome, dice))


def cast(question_id: int) -> float:
    """A number from 0 to 1, evenly distributed over questions, and always the same for the same question, so that a
    repeat after a crash decides the same.
    """
    digest = hashlib.sha256(str(question_id).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def is_doubtful(outcome: Answer | Abstention) -> bool:
    """Whether a moderator should look at it: it is not sure, it was not made as it should have been, or claims of its
    draft were re-pointed or dropped. An abstention is doubtful when it came near to an answer.
    """
    receipt = outcome.receipt
    if outcome.note is not None or receipt.misattributed or receipt.unsupported:
        return True
    if isinstance(outcome, Answer):
        return certainty(outcome) is Certainty.UNSURE
    return outcome.confidence >= NEARLY_ANSWERED_FROM


def _is_for_review(policy: Policy, outcome: Answer | Abstention, dice: float) -> bool:
    if policy.cards is Cards.SAMPLED:
        return dice < policy.share
    return policy.cards is Cards.ALL or is_doubtful(outcome)
