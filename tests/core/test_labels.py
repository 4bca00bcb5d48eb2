"""What a text must contain exactly: numbers with their things, months, weekdays, seasons and named things."""

from __future__ import annotations

import pytest

from footnote.reading.labels import Label, labels_in, lacks_one


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("How long is quay 6?", {("quay", "6")}),
        ("What lies at quays 4, 5 and 14?", {("quay", "4"), ("quay", "5"), ("quay", "14")}),
        ("Who owns quay no. 4?", {("quay", "4")}),
        ("What is new in version 2.1?", {("version", "2.1")}),
        ("Who needs 1,000 euros?", {("need", "1000")}),
        ("What happened in 2021?", {("", "2021")}),
        ("What happened on 12 December?", {("", "12"), ("", "december")}),
        ("What happened on December 12?", {("", "12"), ("", "december")}),
        ("What opens in Sept?", {("", "september")}),
        ("May I march in?", set()),
        ("Who works on Mondays?", {("", "monday")}),
    ],
)
def test_a_number_belongs_to_the_word_before_it(text: str, numbers: set[Label]) -> None:
    assert labels_in(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Who built Skell Bridge?", {("Skell", "Bridge")}),
        ("Who built the bridge?", set()),
        ("The Bridge is old.", set()),
        ("Who built Señor Street?", {("Senor", "Street")}),
    ],
)
def test_a_named_thing_has_a_name_and_a_kind(text: str, named: set[Label]) -> None:
    assert labels_in(text).named == named


def test_a_city_that_falls_is_no_season() -> None:
    assert labels_in("Did it fall in spring or summer?").seasons == {"spring", "summer"}


@pytest.mark.parametrize("text", ["", "How long is the quay?", "Who fell?"])
def test_a_question_without_labels_misses_none(text: str) -> None:
    assert not labels_in(text)
    assert not lacks_one(labels_in(text), "Quay 5 is 90 metres long.")


THERE = [
    ("How long is quay 6?", "Quay 6 is 90 metres long."),
    ("How long is quay 6?", "Quay six is long."),
    ("Is the gate open at 9 am?", "The gate opens at 9:00."),
    ("Is the gate open at 9:00?", "The gate opens at 9am."),
    ("Who won the 5km race?", "Reed won over 5 km."),
    ("How long is quay 6?", "Quays 5 and 6 are long."),
    ("How long is quay 6?", "The sixth is long, and 6 ships lie there."),
    ("Is it open in July?", "It is open from May to September."),
    ("Is it open in July?", "It is open all year."),
    ("Is it open on Tuesday?", "It is open daily."),
    ("Is it open on Tuesday?", "It is open on weekdays."),
    ("Is it open on Tuesday?", "It is open from Monday to Friday."),
    ("May a lorry of 10 tonnes cross?", "Lorries over 7.5 tonnes may not cross."),
    ("Is it open in winter?", "It is open."),
    ("Who built Skell Bridge?", "It was built by monks."),
]
MISSING = [
    ("How long is quay 6?", "Quay 5 is 90 metres long."),
    ("How long is quay 6?", "Quay 5 is 6 metres long."),
    ("How long is quay 6?", "Quay 16 is 90 metres long."),
    ("What is new in version 2.1?", "Version 2.10 has colours."),
    ("What happened on 12 December?", "It happened on 12 November."),
    ("What happened on 12 December?", "It happened on 11 December."),
    ("Is it open on Sunday?", "It is open on weekdays."),
    ("Is it open on Tuesday?", "It is open on Monday."),
    ("Is it open in winter?", "It is open in summer."),
    ("Who built Skell Bridge?", "Monks built Ure Bridge."),
    ("What happened in 2021?", "It was open to those over 18."),
]


@pytest.mark.parametrize(("question", "text"), THERE)
def test_a_label_may_be_there_in_other_words(question: str, text: str) -> None:
    assert not lacks_one(labels_in(question), text)


@pytest.mark.parametrize(("question", "text"), MISSING)
def test_another_label_does_not_stand_in(question: str, text: str) -> None:
    assert lacks_one(labels_in(question), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What happened on 12 December?", "It happened on December 12th."),
        ("What happened on the 12th of December?", "It happened on 12 December."),
        ("Who won the 3rd race?", "Ann won the third race."),
        ("Can one enter at 9 am?", "It opens at 9am."),
    ],
)
def test_a_number_is_found_in_each_way_of_writing_it(question: str, text: str) -> None:
    assert not lacks_one(labels_in(question), text)


def test_another_ordinal_is_missing() -> None:
    assert lacks_one(labels_in("Who won the 3rd race?"), "Ann won the fourth race.")
