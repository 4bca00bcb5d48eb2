"""How an article begins, as the reader sees it above the other parts."""

from __future__ import annotations

import pytest

from footnote.models import Article, Passage
from footnote.reading.lead import lead
from footnote.reading.signs import evidence
from footnote.text.sentences import split_sentences

BEGINNING = "Sara Quill won the Aldmouth Marathon on Sunday."
LATER = "She had led from mile 15."


def last_sentence_of(text: str) -> Passage:
    return Passage(Article("a.md", "Marathon", text), tuple(split_sentences(text))[-1:], ())


def test_a_later_part_is_read_below_the_first_sentence() -> None:
    passage = last_sentence_of(f"{BEGINNING} It rained.\n\n{LATER}")
    assert lead(passage) == BEGINNING
    assert evidence(passage).header == f"Marathon · {BEGINNING}"
    assert evidence(passage, with_lead=False).header == "Marathon"


def test_the_part_that_has_it_does_not_repeat_it() -> None:
    assert lead(last_sentence_of(BEGINNING)) == ""


@pytest.mark.parametrize(
    "above",
    [
        "# Quill wins the marathon of Aldmouth in the rain",
        "Marathon",
        "By Dana Whitlow",
        "- Warm up for ten minutes before each run.",
        "1. Warm up for ten minutes before each run.",
        "| Name of runner | Club | Time | Place |",
        "Who won the Aldmouth Marathon in the rain?",
    ],
)
def test_titles_items_rows_and_questions_are_passed_over(above: str) -> None:
    assert lead(last_sentence_of(f"{above}\n\n{BEGINNING}\n\n{LATER}")) == BEGINNING


def test_an_article_of_short_lines_has_none() -> None:
    assert lead(last_sentence_of("Phone: 555 0199\n\nOpen daily.\n\nCall us.")) == ""


def test_a_sentence_far_below_is_none() -> None:
    assert lead(last_sentence_of("Short line.\n\n" * 200 + f"{BEGINNING}\n\n{LATER}")) == ""


def test_a_long_one_is_cut() -> None:
    assert len(lead(last_sentence_of(f"Quill {'very ' * 60}easily won.\n\n{LATER}")).split()) == 40
