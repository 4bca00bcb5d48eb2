"""Sentences that say nothing without the one before, or without the question above them."""

from __future__ import annotations

import pytest

from footnote.answering.candidates import offered
from footnote.answering.extractive import ExtractiveAnswerer, choose
from footnote.answering.subjects import pointed_to
from footnote.grounding.citing import evidence_of
from footnote.grounding.claims import ground
from footnote.models import Article, Candidate, Passage, Reading
from footnote.reading.citable import is_citable
from footnote.text.sentences import split_sentences

BEFORE = "The new hood comes in late August."
COMMAND = "```\n!book laser\n```\n\nThe command above books the laser. !cancel undoes it."


def found(text: str, quote: str, title: str = "House rules") -> Candidate:
    passage = Passage(Article("a.md", title, text), split_sentences(text))
    return next(Candidate(passage, one, 5.0) for one in passage.sentences if text[one.start : one.end] == quote)


def before(text: str, quote: str) -> list[str]:
    return [text[one.start : one.end] for one in pointed_to(found(text, quote))]


@pytest.mark.parametrize(
    "quote",
    [
        "Until then, sanding indoors is forbidden.",
        "Sanding indoors is forbidden until then.",
        "Since then nobody sands indoors.",
        "After that, sanding is allowed again.",
        "In that case, sand in the yard.",
        "If so, sand in the yard.",
        "Otherwise, sand in the yard.",
        "Instead, sand in the yard.",
        "Everybody else has to wait.",
        "The times above may change.",
        "The above may change.",
        "This will stop the noise.",
        "Doing so prevents dust.",
        "Odile installs it.",
        "Do not touch it before May.",
        "Residents can.",
        "Guests of residents may not.",
        "Not yet.",
    ],
)
def test_a_sentence_that_points_back_brings_the_one_before(quote: str) -> None:
    assert before(f"The room is old. {BEFORE} {quote}", quote) == [BEFORE]


@pytest.mark.parametrize(
    "quote",
    [
        "The flat above the shop is let.",
        "Temperatures above 30 degrees are rare.",
        "The hood hums if you switch it on.",
        "Wash the cup and dry it.",
        "In winter it freezes.",
        "Sanding is forbidden.",
        "Instead of sanding, they paint.",
        "Ask what the rules are.",
        "The shop is shut, and until then it was cheap.",
        "Since this is a workshop, wear goggles.",
        "- Stay with it.",
        "This is the old room.",
    ],
)
def test_other_sentences_stand_alone(quote: str) -> None:
    assert before(f"{BEFORE}\n{quote}", quote) == []


def test_the_command_above_is_the_code_and_what_points_on_brings_both() -> None:
    assert before(COMMAND, "The command above books the laser.") == ["!book laser"]
    assert before(COMMAND, "!cancel undoes it.") == ["!book laser", "The command above books the laser."]


def test_nothing_is_brought_across_a_heading() -> None:
    assert before(f"{BEFORE}\n\n## Sanding\n\nUntil then, wait.", "Until then, wait.") == []


def test_an_answer_has_what_its_sentence_points_to_whatever_the_question_says() -> None:
    text = f"{BEFORE} Until then, sanding indoors is forbidden."
    best = found(text, "Until then, sanding indoors is forbidden.")
    others = [Candidate(best.passage, one, -9.0) for one in best.passage.sentences if is_citable(text, one)]
    candidates = offered(Reading((best, *others[:1]), 1.0))
    assert [candidates[key].quote for key in choose("May I sand indoors?", candidates)] == [BEFORE, best.quote]


OVERNIGHT = "Can I work there overnight?"


@pytest.mark.parametrize(
    ("text", "quote", "said", "cited"),
    [
        (f"## {OVERNIGHT}\n\nResidents can.", "Residents can.", f"{OVERNIGHT} Residents can.", ["Residents can."]),
        (f"## {OVERNIGHT}\nNo, sorry.", "No, sorry.", f"{OVERNIGHT} No, sorry.", ["No, sorry."]),
        (f"{OVERNIGHT} Residents can.", "Residents can.", f"{OVERNIGHT} Residents can.", [OVERNIGHT, "Residents can."]),
        (f"## {OVERNIGHT}\n\nYou have to leave.", "You have to leave.", "You have to leave.", ["You have to leave."]),
        ("## Nights\n\nResidents can.", "Residents can.", "Residents can.", ["Residents can."]),
    ],
)
async def test_a_short_answer_is_said_with_its_question(text: str, quote: str, said: str, cited: list[str]) -> None:
    one = found(text, quote)
    draft = await ExtractiveAnswerer().draft("Who may stay?", {"S1": one})
    (claim,) = ground(draft.claims, {"S1": one}).claims
    assert claim.text == said
    assert [citation.quote for citation in claim.citations] == cited
    assert claim.support == 1.0


async def test_the_question_may_be_the_title() -> None:
    draft = await ExtractiveAnswerer().draft("Who?", {"S1": found("Residents can.", "Residents can.", OVERNIGHT)})
    assert [claim.text for claim in draft.claims] == [f"{OVERNIGHT} Residents can."]


def test_the_trained_reader_reads_the_question_too() -> None:
    assert evidence_of((found(f"## {OVERNIGHT}\n\nResidents can.", "Residents can."),)).sentences == (
        OVERNIGHT,
        "Residents can.",
    )
