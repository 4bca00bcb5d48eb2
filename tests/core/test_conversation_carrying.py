"""What a follow-up gets from the question before it, and where that ends."""

from __future__ import annotations

import pytest

from footnote.answering.conversation.carrying import LONGEST_CONVERSATION, LONGEST_REWRITTEN, CarryOver, is_faithful
from footnote.answering.conversation.topics import names
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
            "How old was he? (Michael Faraday)",
        ),
        (talk(("Did Herat fall?", "Yes.")), "When?", "When did Herat fall?"),
        (talk(("Did Herat fall?", "Yes.")), "ok, and why?", "ok, and why? (Herat, fall)"),
        (talk(("Did Herat or Kabul fall?", "Herat.")), "When?", "When? (Herat, Kabul, fall)"),
        (talk(("How many lived in Ripon in 2021?", "Ten.")), "And in 2022?", "And in 2022? (Ripon, how many, lived)"),
        (talk(("How long is the valley?", "115 km.")), "Who lives in the valley?", "Who lives in the valley?"),
        (talk(("How long is the valley?", "115 km.")), "Who is the king of Nepal?", "Who is the king of Nepal?"),
    ],
)
async def test_a_follow_up_gets_what_it_needs(conversation: list[Turn], question: str, rewritten: str) -> None:
    assert await CarryOver().rewrite(question, conversation) == rewritten


@pytest.mark.parametrize(
    ("turns", "rewritten"), [(LONGEST_CONVERSATION - 1, "Kabul"), (LONGEST_CONVERSATION, "sang badly")]
)
async def test_only_the_newest_messages_count(turns: int, rewritten: str) -> None:
    conversation = [Turn("When did Kabul fall?"), *[Turn("he sang badly")] * turns]
    assert await CarryOver().rewrite("Who took it?", conversation) == f"Who took it? ({rewritten})"


@pytest.mark.parametrize(("length", "is_added"), [(LONGEST_REWRITTEN, True), (LONGEST_REWRITTEN + 1, False)])
async def test_nothing_is_added_beyond_the_limit(length: int, is_added: bool) -> None:
    question = f"Who {'x' * (length - len('Who  took it? (Kabul)'))} took it?"
    added = " (Kabul)" if is_added else ""
    assert await CarryOver().rewrite(question, talk(FELL)) == question + added


TREASURER = ("who is the treasurer", "Priyanka Dole is treasurer.")
FAIR = ("what did she say about the fair (Priyanka Dole)", '"We hoped for more," said treasurer Priyanka Dole.')
LASER = ("laser", "!book laser 2026-04-01 18:00 Item: Laser, per hour; Members: £3; Visitors: £9")
SLOT = ("and how many can I have per week? (laser slot)", "You may hold no more than two slots a week.")
PRINTERS = ("what about the 3d printers? (how many, laser slot)", "There are three Prusa MK4 and one resin printer.")
OPENS = ("When does the workshop open on Saturday?", "It opens at ten.")
KILN = ("what are the fees for the kiln", "The articles do not answer this question.")


@pytest.mark.parametrize(
    ("conversation", "question", "carried"),
    [
        (talk(TREASURER), "what did she say about the fair", "Priyanka Dole"),
        (talk(TREASURER, FAIR), "when is it next", "fair"),
        (talk(TREASURER, FAIR), "and when was she elected?", "Priyanka Dole"),
        (talk(TREASURER), "since when?", "treasurer, Priyanka Dole"),
        (talk(LASER), "what about the fair?", "laser"),
        (talk(LASER), "how much does it cost?", "laser"),
        (talk(LASER, ("thanks", "")), "how many are there?", "laser"),
        (talk(SLOT), "what about the 3d printers?", "how many, laser slot"),
        (talk(SLOT, PRINTERS), "how many are there?", "3d printers"),
        (talk(SLOT, PRINTERS), "what do they cost?", "3d printers"),
        (talk(OPENS), "When does it close?", "workshop"),
        (talk(KILN), "and for visitors?", "fees, kiln"),
        (talk(KILN, ("and for visitors? (fees, kiln)", "")), "what about the laser?", "visitors, fees, kiln"),
        (talk(("How wide is the gate?", "2 metres.")), "and the shed?", "how wide, gate"),
        (talk(("Who is the Taliban's spokesman?", "Zabihullah Mujahid.")), "What did he say?", "Zabihullah Mujahid"),
        (talk(("what is the longest river", "It is the Amu Darya.")), "where is it?", "longest river, Amu Darya"),
        (talk(("where is the two-hour slot?", "")), "who may book it?", "two-hour slot"),
    ],
)
async def test_what_is_carried_is_what_was_asked_about_last(
    conversation: list[Turn], question: str, carried: str
) -> None:
    assert await CarryOver().rewrite(question, conversation) == f"{question} ({carried})"


async def test_three_topics_are_carried_at_most() -> None:
    asked = "where are the red birds and the blue birds and the green frogs and the old fish and the newts"
    assert await CarryOver().rewrite("Why?", [Turn(asked)]) == "Why? (red birds, blue birds, green frogs)"


async def test_of_a_long_phrase_the_last_words_are_carried() -> None:
    asked = "which old red blue green white black brown grey birds sing"
    assert await CarryOver().rewrite("Why?", [Turn(asked)]) == "Why? (brown grey birds sing)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It opens at 18:00 Monday.", ["Monday"]),
        ("Item: Laser; Members: £3; Visitors: £9; Contact: Ann Lee", ["Ann Lee"]),
        ("| Saturday | 10:00–18:00 | Ann Lee |", ["Ann Lee"]),
        ("It cost £3 Visitors paid.", ["Visitors"]),
        ("Kabul fell on 15 August 2021.", ["15 August 2021"]),
    ],
)
def test_a_name_in_an_answer_is_neither_a_piece_of_a_number_nor_a_column(text: str, found: list[str]) -> None:
    assert names(text, in_answer=True) == found


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
