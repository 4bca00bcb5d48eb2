"""What kind of thing a question asks for."""

from __future__ import annotations

import pytest

from footnote.review.question_matching.kinds import QuestionKind, kind_of


@pytest.mark.parametrize(
    ("question", "word", "noun"),
    [
        ("Who leads it?", "who", None),
        ("Which man leads it?", "who", None),
        ("What is the name of the person who leads it?", "who", None),
        ("Who did they choose?", "whom", None),
        ("Whom do they trust?", "whom", None),
        ("Whose army is it?", "whose", None),
        ("When did it fall?", "when", None),
        ("In what year did it fall?", "when", "year"),
        ("On which date did it fall?", "when", "day"),
        ("What was the exact year?", "what", None),
        ("Where is it?", "where", None),
        ("In which city is it?", "where", "city"),
        ("What is the location of the bridge?", "where", None),
        ("How come it fell?", "why", None),
        ("For what reason did it fall?", "why", None),
        ("How many fell?", "how many", None),
        ("What is the total number of books?", "how many", None),
        ("What percentage of it fell?", "how much", None),
        ("How long is it?", "how long", None),
        ("What is the duration of it?", "how long", None),
        ("How tall is it?", "how high", None),
        ("How old is it?", "how old", None),
        ("How is it made?", "how", None),
        ("How quickly is it made?", "how", None),
        ("How the army fell", "how", None),
        ("In what way did it fall?", "how", None),
        ("Which chemist showed that?", "what", "chemist"),
        ("What of the army?", "what", None),
        ("Did it fall?", "whether", None),
        ("Isn't it long?", "whether", None),
        ("After the war, who led it?", "who", None),
        ("the army, led by who", "who", None),
        ("Tell me about it", "", None),
        ("", "", None),
    ],
)
def test_the_question_word_says_what_is_asked_for(question: str, word: str, noun: str | None) -> None:
    kind = kind_of(question)
    assert (kind.word, kind.noun) == (word, noun)


@pytest.mark.parametrize(
    ("question", "is_past"),
    [
        ("Who is the king?", False),
        ("Who are the kings?", False),
        ("Who was the king?", True),
        ("Were they kings?", True),
        ("Who leads it?", None),
        ("When was it?", None),
        ("Did it fall?", None),
    ],
)
def test_only_forms_of_be_tell_now_from_then(question: str, is_past: bool | None) -> None:
    assert kind_of(question).is_past is is_past


def test_the_rest_has_no_question_words_and_keeps_what_is_asked_for_by_name() -> None:
    assert kind_of("In what year did Kabul fall?").rest.split() == ["in", "did", "kabul", "fall?"]
    assert kind_of("Which chemist showed that?").rest.split() == ["chemist", "showed", "that?"]
    assert kind_of("Tell ME") == QuestionKind("", None, "tell me")


def test_who_did_not_asks_for_who_acted() -> None:
    assert kind_of("Who did not sign the treaty?").word == kind_of("Who didn't sign the treaty?").word == "who"
