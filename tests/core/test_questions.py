"""What may be asked at all."""

from __future__ import annotations

import pytest

from footnote.errors import NoQuestion
from footnote.questions import clean_question


@pytest.mark.parametrize(
    "text",
    ["", " \n", "?!?!", "___", "😀👍🏽", "\u200b\u200b", "\u202e", "\x00", "\ud800", "\u3164", "…—¿"],
)
def test_what_has_neither_a_letter_nor_a_digit_is_no_question(text: str) -> None:
    with pytest.raises(NoQuestion, match=r"^That is not a question: write at least one word\.$"):
        clean_question(text)


@pytest.mark.parametrize("text", ["Why?", "1996?", "¿Por qué?", "کابل؟", "为什么？", "ⅷ", "c"])
def test_one_letter_or_digit_of_any_script_is_enough(text: str) -> None:
    assert clean_question(text) == text


def test_a_question_stands_on_one_line_with_single_blanks() -> None:
    assert clean_question(" When did\n the \t bridge\u2028open? ") == "When did the bridge open?"


def test_characters_that_no_database_keeps_are_left_out() -> None:
    assert clean_question("When\x00 did \ud800it\x1b open?") == "When did it open?"
