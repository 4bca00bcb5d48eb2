"""Where numbers in words begin and end, and what they are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.checks.figures.number_words import number_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Nobody came.", []),
        ("A man and a point.", []),
        ("Twenty-one people came.", [("Twenty-one", 21)]),
        ("two hundred and fifty men", [("two hundred and fifty", 250)]),
        ("two and a half hours", [("two", 2)]),
        ("one of them", [("one", 1)]),
        ("one hundred and two hundred", [("one hundred", 100), ("two hundred", 200)]),
        ("five, six", [("five", 5), ("six", 6)]),
        ("nineteen eighty-four", [("nineteen eighty-four", 1984)]),
        ("nineteen, eighty-four", [("nineteen", 19), ("eighty-four", 84)]),
        ("twenty twenty", [("twenty twenty", 2020)]),
        ("ten twenty", [("ten", 10), ("twenty", 20)]),
        ("one point five million", [("one point five million", 1_500_000)]),
        ("zero point five", [("zero point five", 0.5)]),
        ("three thousand million", [("three thousand million", 3e9)]),
        ("a hundred men", [("hundred", 100)]),
        ("ninety tenants", [("ninety", 90)]),
        ("5 hundred", [("hundred", 100)]),
    ],
)
def test_a_number_in_words_has_its_place_and_value(text: str, found: list[tuple[str, float]]) -> None:
    assert [(text[one.start : one.end], one.value) for one in number_words(text)] == found


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("the first man", "first", 1),
        ("the twenty-first century", "twenty-first", 21),
        ("the hundredth game", "hundredth", 100),
        ("the two hundred and fiftieth game", "two hundred and fiftieth", 250),
    ],
)
def test_ordinals_are_told_from_amounts(text: str, words: str, value: float) -> None:
    [found] = number_words(text)
    assert (text[found.start : found.end], found.value, found.is_ordinal) == (words, value, True)
    assert not next(number_words("twenty")).is_ordinal


PIECES = "and point one two ten nineteen eighty hundred thousand million third first a , - 5"


@given(st.lists(st.sampled_from(PIECES.split())))
def test_numbers_never_overlap_and_begin_and_end_with_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    end = 0
    for one in number_words(text):
        assert end <= one.start < one.end
        assert text[one.start : one.end].strip(" ,-5") == text[one.start : one.end]
        end = one.end
