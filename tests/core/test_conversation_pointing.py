"""Which questions stand alone, which point back, and which are only a part of one."""

from __future__ import annotations

import pytest

from footnote.answering.conversation.pointing import is_fragment, points_back, points_to_a_person


@pytest.mark.parametrize(
    "question",
    [
        "When was it founded?",
        "And who leads the army?",
        "What about Herat?",
        "Where is that?",
        "Which ones fell?",
        "Who was the latter?",
        "Do the former agree?",
        "Who did so?",
        "What happened then?",
        "Who else fell?",
        "What happened next?",
        "Who lives there?",
        "How many?",
        "Who is his father?",
        "Did the Taliban kill his father?",
        "Was the man arrested later?",
        "Is the woman still alive?",
        "Thanks! Where is it?",
        "Did Massoud attack it?",
        "How many goals did his team score?",
        "What awards did his film win?",
        "How many goals did their team score?",
        "What happens to its bridge?",
        "WHEN DOES IT OPEN?",
    ],
)
def test_what_refers_to_something_said_before_points_back(question: str) -> None:
    assert points_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "When was the NRF founded?",
        "Did Massoud leave when he lost?",
        "Did the army leave after it lost?",
        "Who is Massoud and what is his age?",
        "Is it true that Kabul fell?",
        "How long does it take to reach Kabul?",
        "Who are those who left Kabul?",
        "Is there a bridge in Ripon?",
        "What did the then-minister of Kabul say?",
        "What happened in Kabul this year?",
        "Did both fall on the same day in Kabul?",
        "Who was the man who led Kabul?",
        "Who was the man of Kabul?",
        "Who fell in the second battle of Kabul?",
        "Who was the former king of Nepal?",
        "What happened in 2021?",
        "who leads the front",
        "Who runs the IT department?",
        "When must skippers pay their fees?",
        "May a member bring his dog?",
        "Can I bring my dog, or is it forbidden?",
    ],
)
def test_what_stands_alone_does_not(question: str) -> None:
    assert not points_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why?",
        "And in 2022?",
        "In Herat?",
        "What about Herat?",
        "How many exactly?",
        "Tell me",
        "ok, since when?",
        "2022?",
    ],
)
def test_a_new_part_for_the_question_before_is_a_fragment(question: str) -> None:
    assert is_fragment(question)


@pytest.mark.parametrize(
    "question",
    [
        "Thanks!",
        "And who is he?",
        "And its leader?",
        "And did Herat fall?",
        "In Herat, who is mayor?",
        "Herat?",
        "Where did Kabul fall?",
    ],
)
def test_a_full_question_or_one_about_a_person_is_none(question: str) -> None:
    assert not is_fragment(question)


@pytest.mark.parametrize(
    ("question", "does"),
    [
        ("How old is he?", True),
        ("Who is her father?", True),
        ("Is hers new?", True),
        ("Is the man alive?", True),
        ("Is the Man alive?", False),
        ("Is the man in Kabul alive?", False),
        ("How old is it?", False),
        ("Are they old?", False),
        ("Where is the theatre?", False),
    ],
)
def test_he_and_the_man_are_persons(question: str, does: bool) -> None:
    assert points_to_a_person(question) is does
