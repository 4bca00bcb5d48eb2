"""Which messages are nothing but small talk."""

from __future__ import annotations

import pytest

from footnote.answering.small_talk import SmallTalk, small_talk


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hello", SmallTalk.GREETING),
        ("Hi there!", SmallTalk.GREETING),
        ("hey everyone 👋", SmallTalk.GREETING),
        ("Good morning, Footnote.", SmallTalk.GREETING),
        ("hello, how are you?", SmallTalk.GREETING),
        ("thanks", SmallTalk.THANKS),
        ("Thanks!", SmallTalk.THANKS),
        ("thank you very much :)", SmallTalk.THANKS),
        ("ok thanks, bye", SmallTalk.THANKS),
        ("great, thanks a lot!!", SmallTalk.THANKS),
        ("ok", SmallTalk.ASSENT),
        ("OK, got it.", SmallTalk.ASSENT),
        ("bye", SmallTalk.FAREWELL),
        ("good night all", SmallTalk.FAREWELL),
        ("who are you", SmallTalk.INTRODUCTION),
        ("Hi! Who are you?", SmallTalk.INTRODUCTION),
        ("what’s your name", SmallTalk.INTRODUCTION),
        ("thanks and what can you do?", SmallTalk.INTRODUCTION),
        ("Hallo zusammen", SmallTalk.GREETING),
        ("Vielen Dank!", SmallTalk.THANKS),
        ("danke und tschüss", SmallTalk.THANKS),
        ("Wer bist du?", SmallTalk.INTRODUCTION),
        ("Gru\u0308ß Gott", SmallTalk.GREETING),
    ],
)
def test_a_message_of_nothing_else_is_small_talk(message: str, kind: SmallTalk) -> None:
    assert small_talk(message) is kind


@pytest.mark.parametrize(
    "message",
    [
        "Thanks, and when is it open?",
        "hello kitty",
        "who are you supposed to call",
        "what can you do about the noise",
        "Hi, is there wifi?",
        "ok, and?",
        "Ok, and now?",
        "thanks to what was it built",
        "Who are they?",
        "Wer sind sie?",
        "Danke, und wann ist offen?",
        "there",
        "all",
        "and",
        "laser",
        "Why?",
        "",
        "👍",
        " ".join(["hello"] * 20),
    ],
)
def test_everything_else_may_be_a_question(message: str) -> None:
    assert small_talk(message) is None
