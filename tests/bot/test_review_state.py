"""What readers should know about an answer before they trust it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from examples import NOON, a_citation, a_claim, a_record

from footnote.models import CitationStatus
from footnote.reading.certainty import SURE_FROM
from footnote.records.answers import AnswerRecord, CitationRuling, Decision, Hold, Ruling
from footnote_bot.render.review_state import decision_of, review_state, warning, withheld, words
from footnote_bot.translations.language import speaking

APPROVED, REJECTED = Decision.APPROVED, Decision.REJECTED
ANSWER = a_record(a_claim(a_citation(1)), a_claim(a_citation(2)))
HELD = replace(ANSWER, hold=Hold.WAITING)


def answer(decision: Decision | None = None) -> AnswerRecord:
    return a_record(a_claim(a_citation()), decision=decision)


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (answer(), []),
        (answer(APPROVED), ["approved by a moderator"]),
        (answer(REJECTED), ["withdrawn: rejected by a moderator"]),
        (a_record(), []),
        (a_record(decision=APPROVED), ["confirmed by a moderator"]),
        (a_record(decision=REJECTED), ["a moderator disagrees"]),
    ],
)
def test_a_verdict_is_said_in_other_words_for_an_abstention(record: AnswerRecord, state: list[str]) -> None:
    assert review_state(record) == state


@pytest.mark.parametrize(("confidence", "state"), [(SURE_FROM, []), (SURE_FROM - 0.01, ["not sure"])])
def test_an_answer_is_not_sure_below_the_line(confidence: float, state: list[str]) -> None:
    assert review_state(replace(ANSWER, confidence=confidence)) == state


def test_an_abstention_or_a_decided_answer_is_never_called_unsure() -> None:
    assert review_state(replace(a_record(), confidence=0.1)) == []
    assert review_state(replace(answer(APPROVED), confidence=0.1)) == ["approved by a moderator"]


def test_an_approved_answer_with_a_wrong_citation_was_corrected() -> None:
    ruled = replace(ANSWER, rulings=(CitationRuling(2, Ruling.WRONG, 9, NOON),))
    verdict = answer(APPROVED).verdict
    assert review_state(replace(ruled, verdict=verdict)) == ["corrected by a moderator"]
    assert review_state(replace(ruled, verdict=answer(REJECTED).verdict)) == ["withdrawn: rejected by a moderator"]
    assert review_state(replace(ANSWER, revised_by=9, verdict=verdict)) == ["corrected by a moderator"]


def test_remarks_come_last_and_are_translated() -> None:
    noted = replace(answer(APPROVED), note="Verified by a moderator.", is_question_deleted=True)
    assert review_state(noted)[1:] == ["Verified by a moderator.", "its question was deleted"]
    with speaking("de"):
        assert review_state(noted)[1] != "Verified by a moderator."


def test_an_overdue_answer_says_that_nobody_reviewed_it_until_somebody_does() -> None:
    overdue = replace(ANSWER, hold=Hold.OVERDUE, confidence=0.5)
    assert review_state(overdue) == ["not reviewed: no moderator decided in time", "not sure"]
    assert review_state(replace(overdue, verdict=answer(APPROVED).verdict)) == ["approved by a moderator"]


@pytest.mark.parametrize(
    ("record", "instead", "below"),
    [
        (HELD, "A moderator reviews this answer before it is shown.", "waiting for a moderator"),
        (replace(HELD, has_reviewers=False), "Answers are shown here after a moderator", "no review channel"),
        (replace(HELD, hold=Hold.CLOSED), "No moderator reviewed this answer in time.", "not reviewed"),
        (
            replace(answer(REJECTED), hold=Hold.CLOSED, note="Verified by a moderator."),
            "A moderator did not approve this answer.",
            "not shown: rejected by a moderator",
        ),
    ],
)
def test_a_hidden_answer_says_only_why(record: AnswerRecord, instead: str, below: str) -> None:
    assert withheld(record).startswith(instead)
    assert review_state(record) == [below]


@pytest.mark.parametrize(
    ("statuses", "line"),
    [
        ((CitationStatus.HOLDS, CitationStatus.HOLDS), []),
        ((CitationStatus.HOLDS, CitationStatus.GONE), ["⚠ A source of this answer has changed since."]),
        ((CitationStatus.CHANGED, CitationStatus.GONE), ["⚠ 2 sources of this answer have changed since."]),
    ],
)
def test_lost_sources_are_counted(statuses: tuple[CitationStatus, ...], line: list[str]) -> None:
    cited = [replace(a_citation(number), status=status) for number, status in enumerate(statuses, 1)]
    assert warning(a_record(*map(a_claim, cited))) == line


def test_a_lost_source_that_was_ruled_wrong_is_not_shown_and_so_not_counted() -> None:
    record = a_record(a_claim(a_citation(1)), a_claim(replace(a_citation(2), status=CitationStatus.GONE)))
    assert warning(replace(record, rulings=(CitationRuling(2, Ruling.WRONG, 9, NOON),))) == []


def test_the_card_has_words_of_its_own() -> None:
    record = answer(REJECTED)
    assert record.verdict
    found = words(record, record.verdict)
    assert (found.card, found.field, decision_of(record)) == ("rejected", "Rejected by", REJECTED)
    assert decision_of(answer()) is None
