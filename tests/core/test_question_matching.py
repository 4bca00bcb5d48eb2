"""Whether two questions ask the same. The tables are of the guards; benchmarks/verified.py measures the whole."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from footnote.review.question_matching import KnownQuestions, asks_the_same
from footnote_index.embedders.minilm import MiniLM

SAME = [
    ("When did the Taliban take Kabul?", "When was Kabul taken by the Taliban?"),
    ("When did the Taliban take Kabul?", "In what year did the Taliban take Kabul?"),
    ("When did the Taliban take Kabul?", "Can you tell me when the Taliban took Kabul?"),
    ("Who leads the National Resistance Front?", "who leads the NRF"),
    ("Who leads the National Resistance Front?", "Who is the leader of the National Resistance Front?"),
    ("Who is the valley named after?", "After whom is the valley named?"),
    ("Where was Ahmad Massoud born?", "Where was Massoud born?"),
    ("How long is the Panjshir valley?", "What is the length of the Panjshir valley?"),
    ("Which chemist showed that fire needs air?", "Who was the chemist to show that fire needs air?"),
    ("What did it cost in 2.50 dollars?", "What did it cost in 2.5 dollars?"),
    ("Why did the second battle begin?", "For what reason did the 2nd battle begin?"),
    ("What happened on 4 August 1774?", "What happened on August 4th, 1774?"),
    ("Who won World War II?", "who won world war 2"),
    ("What is the colour of the flag of Chad?", "What is the color of Chad's flag?"),
    ("Why did the U.S. leave Afghanistan?", "Why did the United States leave Afghanistan?"),
]
NOT_THE_SAME = [
    ("another year", "Who led the front in 2021?", "Who led the front in 2022?"),
    ("another number", "Who has read 3 books of it?", "Who has read 4 books of it?"),
    ("another ordinal", "Who was the first king of Nepal?", "Who was the third king of Nepal?"),
    ("another Roman numeral", "Who was Henry IV of France?", "Who was Henry V of France?"),
    ("another day", "What was said on 6 September?", "What was said on 7 September?"),
    ("another month", "What was said on 6 September?", "What was said on 6 October?"),
    (
        "another month in other words",
        "What did they say of the losses in September?",
        "What was told in October of the dead?",
    ),
    ("another weekday", "Who spoke on Monday?", "Who spoke on Friday?"),
    ("another name", "When did the Taliban take Kabul?", "When did the Taliban take Herat?"),
    ("another name in small letters", "When did the Taliban take Kabul?", "when did the taliban take herat"),
    ("a son and his father", "Where was Ahmad Massoud born?", "Where was Ahmad Shah Massoud born?"),
    ("a name that begins alike", "What is the capital of Niger?", "What is the capital of Nigeria?"),
    ("a negation", "Which leaders were killed in the valley?", "Which leaders were not killed in the valley?"),
    ("a negation without not", "Who has accepted the offer?", "Who has never accepted the offer?"),
    (
        "a negation in other words",
        "Which chiefs have not fled the war?",
        "Which of the commanders escaped from battle?",
    ),
    ("who and when", "Who founded the University of Chicago?", "When was the University of Chicago founded?"),
    ("when and where", "When was Ahmad Massoud born?", "Where was Ahmad Massoud born?"),
    ("why and how", "Why was the speed of light measured?", "How was the speed of light measured?"),
    ("a year and a day", "In what year did it end?", "On which day did it end?"),
    ("a city and a country", "In which city does she live?", "In which country does she live?"),
    ("is and was", "Who is the president of the country?", "Who was the president of the country?"),
    ("he and she", "When was he born?", "When was she born?"),
    ("words of another language", "Что такое Панджшер?", "Где находится Панджшер?"),
    ("how many and which", "How many fighters were killed?", "Which fighters were killed?"),
    ("how long and how wide", "How long is the valley?", "How wide is the valley?"),
    ("whether and when", "Did the Taliban take Kabul?", "When did the Taliban take Kabul?"),
    ("before and after", "What did they do before the war ended?", "What did they do after the war ended?"),
    ("highest and lowest", "What is the highest pass in the Hindu Kush?", "What is the lowest pass in the Hindu Kush?"),
    ("increase and decrease", "Why did prices increase so much?", "Why did prices decrease so much?"),
    ("legal and illegal", "Is it legal to mine emeralds there?", "Is it illegal to mine emeralds there?"),
    ("leader and led", "Who leads the Front?", "Who does the Front lead?"),
    ("winner and loser", "Did Poland defeat Germany?", "Did Germany defeat Poland?"),
    ("from where to where", "How does coal get from bunker to firebox?", "How does coal get from firebox to bunker?"),
    ("to and from", "Which letters were sent to Massoud?", "Which letters were sent from Massoud?"),
    ("one word", "What was the Taliban's warning to insurgents?", "What was the Taliban's promise to insurgents?"),
    (
        "one word, moved",
        "What was the Taliban's warning to insurgents?",
        "What promise had insurgents from the Taliban?",
    ),
    ("one place", "Which policy gave Britain its dominance?", "Which policy took away Britain its dominance?"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words_is_the_same(one: str, other: str) -> None:
    assert asks_the_same(one, other)
    assert asks_the_same(other, one)


@pytest.mark.parametrize(("one", "other"), [pair for _, *pair in NOT_THE_SAME], ids=[what for what, *_ in NOT_THE_SAME])
def test_one_thing_changed_is_another_question(one: str, other: str) -> None:
    assert asks_the_same(one, one)
    assert not asks_the_same(one, other)
    assert not asks_the_same(other, one)


@pytest.mark.parametrize("part", ["please ", "( ", "'", "«", ", ", "I'd like to know ", "The Of ", "A. "])
def test_whatever_is_typed_is_compared_at_once(part: str) -> None:
    question = part * (2_000 // len(part))
    began = process_time()
    asks_the_same(question, f"{question}?")
    known(question).repeated(f"{question}x")
    assert process_time() - began < 0.5


def known(*questions: str, vector: NDArray[np.float32] | None = None) -> KnownQuestions:
    """Under the numbers 1, 2, 3 and so on, all at the same place."""
    all_known = KnownQuestions()
    for number, question in enumerate(questions, 1):
        all_known.add(number, question, towards(0) if vector is None else vector)
    return all_known


def towards(degrees: float) -> NDArray[np.float32]:
    """A unit vector in that direction: 23 degrees apart is a cosine of .92."""
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


@pytest.mark.parametrize(
    "again",
    [
        "WHO LEADS THE FRONT",
        " who  leads the front ? ",
        "Please, who leads the Front?!",
        "Hi! “Who leads the Front?” Thanks",
        "Hello there, can you please tell me who leads the front?",
    ],
)
def test_a_repetition_is_found_wherever_its_vector_points(again: str) -> None:
    found = known("Who leads the Front?").nearest(again, towards(90))
    assert found
    assert (found.answer_id, found.cosine) == (1, 1.0)


@pytest.mark.parametrize(("one", "other"), [("What is C#?", "What is C++?"), ("Is it 3.5?", "Is it 35?")])
def test_signs_that_are_no_punctuation_are_no_repetition(one: str, other: str) -> None:
    assert known(one).repeated(other) is None


def test_only_what_is_near_is_asked_of_the_guards() -> None:
    front = known("Who leads the National Resistance Front?")
    again = "Who is the leader of the National Resistance Front?"
    assert front.nearest(again, towards(22))
    assert front.nearest(again, towards(25)) is None


def test_the_nearest_that_the_guards_let_pass_is_taken() -> None:
    questions = KnownQuestions()
    questions.add(1, "Who led the Front in 2021?", towards(0))
    questions.add(2, "Who was the leader of the Front in 2022?", towards(10))
    questions.add(3, "Who was it that led the Front in 2022?", towards(5))
    found = questions.nearest("Who led the Front in 2022?", towards(0))
    assert found
    assert found.answer_id == 3


def test_the_same_asked_of_many_years_does_not_hide_the_right_one() -> None:
    questions = KnownQuestions()
    for number, year in enumerate(range(2001, 2026)):
        questions.add(year, f"Who was the leader of the Front in {year}?", towards(number / 10))
    found = questions.nearest("Who led the Front in 2025?", towards(0))
    assert found
    assert found.answer_id == 2025


def test_of_one_question_answered_twice_the_later_answer_counts_until_it_is_removed() -> None:
    questions = known("Who leads the Front?", "who leads the front")
    assert [found.answer_id for found in [questions.repeated("Who leads the Front?")] if found] == [2]
    questions.remove(2)
    assert [found.answer_id for found in [questions.repeated("Who leads the Front?")] if found] == [1]
    questions.remove(1)
    assert questions.nearest("Who leads the Front?", towards(0)) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=60))
def test_after_any_changes_just_what_is_left_is_known(changes: list[tuple[bool, int]]) -> None:
    questions, left = KnownQuestions(), set()
    for is_added, number in changes:
        if is_added:
            questions.add(number, f"Who is number {number}?", towards(number * 36))
            left.add(number)
        else:
            questions.remove(number)
            left.discard(number)
    assert len(questions) == len(left)
    for number in range(10):
        found = questions.nearest(f"Who is it that is number {number}?", towards(number * 36))
        assert (found.answer_id if found else None) == (number if number in left else None)


def test_it_grows_beyond_its_first_room() -> None:
    questions = KnownQuestions()
    for number in range(1_000):
        questions.add(number, f"Who is number {number}?", towards(number / 10))
    found = questions.nearest("Who is it that is number 7?", towards(0.7))
    assert found
    assert found.answer_id == 7


@pytest.mark.parametrize(
    ("again", "is_known"),
    [
        ("When was Kabul taken by the Taliban?", True),
        ("When did the Taliban take Herat?", False),
        ("Why did the Taliban take Kabul?", False),
        ("How wide is the Panjshir valley?", False),
        ("What is the length of the Panjshir valley?", True),
        ("What did the emperor of Mars eat?", False),
    ],
)
def test_with_the_vectors_of_minilm(again: str, is_known: bool, minilm: MiniLM) -> None:
    questions = KnownQuestions()
    for number, question in enumerate(["When did the Taliban take Kabul?", "How long is the Panjshir valley?"]):
        questions.add(number, question, minilm.embed_question(question))
    assert bool(questions.nearest(again, minilm.embed_question(again))) == is_known


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Wann wurde der Hafen eröffnet?", "wann wurde der hafen eröffnet", True),
        ("Wann wurde der Hafen eröffnet?", "Wann wurden die Häfen eröffnet?", False),
        ("Wann wurde der Hafen eröffnet?", "Wer hat den Hafen eröffnet?", False),
        ("Wann wurde der Hafen eröffnet?", "Wann wurde der Bahnhof eröffnet?", False),
        ("Besiegte das Heer die Flotte?", "Besiegte die Flotte das Heer?", False),
        ("港口是哪一年建成的？", "港口是哪一年建成的", True),
        ("港口是哪一年建成的？", "机场是哪一年建成的？", False),
        ("Когда открыли порт?", "Когда закрыли порт?", False),
        ("When did the port open?", "Wann wurde der Hafen eröffnet?", False),
    ],
)
def test_in_other_languages_only_the_same_words_ask_the_same(one: str, other: str, is_same: bool) -> None:
    assert asks_the_same(one, other) is is_same
    assert asks_the_same(other, one) is is_same
