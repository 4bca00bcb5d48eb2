"""What a follow-up gets from the question before it, and where that ends."""

from __future__ import annotations

import pytest

from footnote.answering.conversation.carrying import LONGEST_CONVERSATION, LONGEST_REWRITTEN, CarryOver, is_faithful
from footnote.ports import Turn


def talk(*exchanges: tuple[str, str]) -> list[Turn]:
    """Questions with their answers, oldest first; one without an answer has an empty one."""
    turns = [turn for asked, answered in exchanges for turn in (Turn(asked), Turn(answered, is_answer=True))]
    return [turn for turn in turns if turn.text]


FELL = ("When did Kabul fall?", "Kabul fell on 15 August 2021.")
LEADS = ("Who leads the NRF?", "Ahmad Massoud leads it.")


@pytest.mark.parametrize(
    ("conversation", "question", "rewritten"),
    [
        ([], "Why?", "Why?"),
        ([Turn("It was Kabul.", is_answer=True)], "Why?", "Why? (Kabul)"),
        (talk(FELL), "Who leads the army?", "Who leads the army?"),
        (talk(FELL), "WHEN DID KABUL FALL?", "WHEN DID KABUL FALL?"),
        (talk(FELL), "Who took it?", "Who took it? (Kabul)"),
        (talk(FELL), "Why?", "Why? (Kabul, fall)"),
        (talk(FELL), "And Herat?", "And Herat? (fall)"),
        (talk(LEADS, FELL), "Who took it?", "Who took it? (Kabul)"),
        (talk(LEADS, ("why?", "")), "How old is he?", "How old is he? (Ahmad Massoud)"),
        (talk(LEADS), "How old is he?", "How old is he? (Ahmad Massoud)"),
        (talk(("Who leads Kabul?", "Zara leads it. Massoud does not.")), "Is she old?", "Is she old? (Kabul)"),
        (
            talk(("Who found it?", "Michael Faraday did.")),
            "How old was he?",
            "How old was he? (found, Michael Faraday)",
        ),
        (talk(("Did Herat fall?", "Yes.")), "When?", "When did Herat fall?"),
        (talk(("Did Herat fall?", "Yes.")), "ok, and why?", "ok, and why? (Herat, fall)"),
        (talk(("Did Herat or Kabul fall?", "Herat.")), "When?", "When? (Herat, Kabul, fall)"),
        (talk(("How many lived in Ripon in 2021?", "Ten.")), "And in 2022?", "And in 2022? (Ripon, many, lived)"),
        (talk(("How long is the valley?", "115 km.")), "Who lives in the valley?", "Who lives in the valley? (long)"),
        (talk(("How long is the valley?", "115 km.")), "Who is the king of Nepal?", "Who is the king of Nepal?"),
    ],
)
async def test_a_follow_up_gets_what_it_needs(conversation: list[Turn], question: str, rewritten: str) -> None:
    assert await CarryOver().rewrite(question, conversation) == rewritten


@pytest.mark.parametrize(("turns", "rewritten"), [(LONGEST_CONVERSATION - 1, "Kabul"), (LONGEST_CONVERSATION, "hello")])
async def test_only_the_newest_messages_count(turns: int, rewritten: str) -> None:
    conversation = [Turn("When did Kabul fall?"), *[Turn("hello")] * turns]
    assert await CarryOver().rewrite("Who took it?", conversation) == f"Who took it? ({rewritten})"


@pytest.mark.parametrize(("length", "is_added"), [(LONGEST_REWRITTEN, True), (LONGEST_REWRITTEN + 1, False)])
async def test_nothing_is_added_beyond_the_limit(length: int, is_added: bool) -> None:
    question = f"Who {'x' * (length - len('Who  took it? (Kabul)'))} took it?"
    added = " (Kabul)" if is_added else ""
    assert await CarryOver().rewrite(question, talk(FELL)) == question + added


async def test_eight_words_are_carried_at_most() -> None:
    asked = "which old red blue green white black brown grey birds sing"
    rewritten = await CarryOver().rewrite("Why?", [Turn(asked)])
    assert rewritten == "Why? (old, red, blue, green, white, black, brown, grey)"


@pytest.mark.parametrize(
    ("rewritten", "is_so"),
    [
        ("Who took Kabul?", True),
        ("Who took Kabul from Massoud?", False),
        ("Who took Kabul on 15 August 2021?", True),
        ("Who took Kabul on 16 August 2021?", False),
        ("Who took Kabul in 1996?", False),
        ("Who quickly took Kabul?", True),
        ("Who quickly took burning Kabul?", False),
        ("Who took Kabul, see www.example.org?", False),
    ],
)
def test_a_rewritten_question_adds_one_common_word_at_most(rewritten: str, is_so: bool) -> None:
    assert is_faithful(rewritten, "Who took it?", talk(FELL)) is is_so
