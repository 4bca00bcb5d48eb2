"""What readers should know about an answer before they trust it: what moderators said, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.reading.certainty import SURE_FROM
from footnote.records.answers import AnswerRecord, Decision, Hold, Verdict
from footnote_bot.translations.catalogue import N_, _
from footnote_bot.translations.from_below import told

# What the asker reads instead of an answer, and below it.
_WAITING = (N_("A moderator reviews this answer before it is shown."), N_("waiting for a moderator"))
_UNSEEN = (
    N_(
        "Answers are shown here after a moderator has reviewed them, but there is no review channel at the moment. "
        "At its deadline, this answer is shown without review, or you get a message that nobody reviewed it."
    ),
    N_("no review channel"),
)
_CLOSED = (N_("No moderator reviewed this answer in time."), N_("not reviewed"))
_REFUSED = (N_("A moderator did not approve this answer."), N_("not shown: rejected by a moderator"))

_OVERDUE = N_("not reviewed: no moderator decided in time")
_CORRECTED = N_("corrected by a moderator")


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """A verdict in the words of the posted answer's footer, the card's footer and the card's field."""

    answer: str
    card: str
    field: str


_WORDS = {
    (True, Decision.APPROVED): VerdictWords(N_("approved by a moderator"), N_("approved"), N_("Approved by")),
    (True, Decision.REJECTED): VerdictWords(
        N_("withdrawn: rejected by a moderator"), N_("rejected"), N_("Rejected by")
    ),
    (False, Decision.APPROVED): VerdictWords(
        N_("confirmed by a moderator"), N_("right to abstain"), N_("Right to abstain, according to")
    ),
    (False, Decision.REJECTED): VerdictWords(
        N_("a moderator disagrees"), N_("should have answered"), N_("Should have answered, according to")
    ),
}
"""By whether the question was answered, and by the decision."""


def decision_of(record: AnswerRecord) -> Decision | None:
    return record.verdict.decision if record.verdict else None


def review_state(record: AnswerRecord) -> list[str]:
    """What readers should know about the answer: the verdict, or that it is not sure; and how it was made."""
    if record.is_withheld:
        return [_(_kept_back(record)[1])]
    note = [told(record.note)] if record.note else []
    if record.is_question_deleted:
        note.append(_("its question was deleted"))
    if record.verdict:
        return [_(_CORRECTED) if record.is_corrected else words(record, record.verdict).answer, *note]
    overdue = [_(_OVERDUE)] if record.hold is Hold.OVERDUE else []
    unsure = [_("not sure")] if record.answered and record.confidence < SURE_FROM else []
    return [*overdue, *unsure, *note]


def _kept_back(record: AnswerRecord) -> tuple[str, str]:
    if record.hold is Hold.WAITING:
        return _WAITING if record.has_reviewers else _UNSEEN
    return _REFUSED if decision_of(record) is Decision.REJECTED else _CLOSED


def withheld(record: AnswerRecord) -> str:
    """What is shown instead of an answer that is not shown."""
    return _(_kept_back(record)[0])


def words(record: AnswerRecord, verdict: Verdict) -> VerdictWords:
    found = _WORDS[record.answered, verdict.decision]
    return VerdictWords(_(found.answer), _(found.card), _(found.field))


def warning(record: AnswerRecord) -> list[str]:
    """What everybody should know first: that the articles no longer say what is quoted."""
    if record.lost < 2:
        return [_("⚠ A source of this answer has changed since.")] if record.lost else []
    return [_("⚠ {number} sources of this answer have changed since.").format(number=record.lost)]
