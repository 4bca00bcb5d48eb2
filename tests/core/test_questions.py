"""What may be asked at all."""

from __future__ import annotations

import pytest

from footnote.answering.questions import clean_question, goes_on, looks_like_question
from footnote.errors import NoQuestion


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


@pytest.mark.parametrize(
    "text",
    [
        "When did the bridge open?",
        "Opening hours?",
        "hi all, when did the bridge open? Thanks!",
        "when did the bridge open",
        "Does anyone know where to park",
        "who built the bridge",
        "what's the price of a ticket",
        "how many people work there",
        "is it open on Sundays",
        "anyone know the opening hours",
        "**Where is it?**",
        'They said "who built it?"',
        "Wann wurde die Brücke eröffnet?",
        "橋はいつ開通しましたか？",
        "متى فتح الجسر؟",
        "> It opened in 1932.\nIs that right?",
    ],
)
def test_what_looks_like_a_question(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "Really?",
        "Thanks!",
        "Good morning everybody",
        "The bridge opened in 1932.",
        "https://example.org/search?q=bridge and more?x",
        "`is this a question?` prints nothing",
        "```\nwhy is this here?\n```",
        "> When did it open?\nIn 1932.",
        "What a day!",
        "When I was there it was closed.",
        "Which it did",
        "Will comes at nine, I think",
        "How nice...",
        "<@123456789012345678> look at this",
        "!play is this love",
        "ok ?",
    ],
)
def test_what_does_not_look_like_a_question(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize("text", ["Why?", "And his father", "what about the tower", "When did it open?"])
def test_what_goes_on_asking(text: str) -> None:
    assert goes_on(text)


@pytest.mark.parametrize(
    "text", ["Thanks!", "Great, that helps.", "ok", "And that is why I never go there on Sundays."]
)
def test_what_asks_nothing_further(text: str) -> None:
    assert not goes_on(text)
