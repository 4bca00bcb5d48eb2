"""An answer in the terminal, and while it is being made."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from examples import RECEIPT, a_citation, a_claim, an_abstention, an_answer
from rich.console import Console

from footnote.models import Answer
from footnote.ports import Drafting
from footnote_bot.terminal.chat import drafts, show_outcome


def test_a_draft_is_shown_and_taken_away_again() -> None:
    screen = io.StringIO()
    answer = an_answer("When did it open?")
    with drafts(Console(file=screen, force_terminal=True, width=60)) as on_drafting:
        assert on_drafting is not None
        on_drafting(Drafting(1))
        on_drafting(Drafting(1, answer.claims))
    reading, claims = (screen.getvalue().index(text) for text in ("Reading 1 passage…", f"{answer.text}¹ …"))
    assert reading < claims
    assert screen.getvalue().endswith("\x1b[2K"), "the last line is wiped"


def test_nothing_is_shown_where_nobody_looks_on() -> None:
    with drafts(Console(file=io.StringIO())) as on_drafting:
        assert on_drafting is None


def test_a_citation_names_the_headings_that_it_stands_under() -> None:
    console = Console(file=io.StringIO(), width=200)
    claims = (a_claim(a_citation(sections=("Installation", "Disk space"))),)
    show_outcome(console, Answer("When?", claims, 0.9, RECEIPT))
    assert isinstance(console.file, io.StringIO)
    assert "bridge-1.md · in Installation > Disk space" in console.file.getvalue()


@pytest.mark.parametrize(("page", "shown"), [(12, "bridge-1.md · p. 12\n"), (None, "bridge-1.md\n")])
def test_a_citation_names_its_page_if_its_article_has_pages(page: int | None, shown: str) -> None:
    console = Console(file=io.StringIO(), width=120)
    show_outcome(console, Answer("When?", (a_claim(a_citation(page=page)),), 0.9, RECEIPT))
    assert isinstance(console.file, io.StringIO)
    written = "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))
    assert f"The bridge · City News · 6 September 2021 · {shown}" in written


def test_a_translated_answer_says_so_once_and_quotes_the_original_below() -> None:
    console = Console(file=io.StringIO(), width=120)
    claim = replace(a_claim(a_citation()), translation="Die Brücke wurde 1932 eröffnet.")
    show_outcome(console, Answer("Wann?", (claim, a_claim(a_citation(2, "It is long."))), 0.9, RECEIPT))
    assert isinstance(console.file, io.StringIO)
    first, by, original, *_ = (line.strip() for line in console.file.getvalue().split("\n"))
    assert first == "Die Brücke wurde 1932 eröffnet.¹ It is long.²"
    assert (by, original) == ("Translated by a language model from:", "“The bridge opened in 1932.”")
    assert console.file.getvalue().count("Translated") == 1


def test_what_comes_closest_is_numbered_in_reading_order_and_says_rows_in_words() -> None:
    console = Console(file=io.StringIO(), width=200)
    row = replace(a_citation(1, "| Hobby | £12 |"), columns=("Plan", "Fee"))
    show_outcome(console, an_abstention("How much?", row, a_citation(2, "It is red."), replace(row, number=3)))
    assert isinstance(console.file, io.StringIO)
    shown = [line.split() for line in console.file.getvalue().splitlines() if line.startswith("  ") and "“" in line]
    assert [" ".join(line) for line in shown] == [
        "¹ “Plan: Hobby; Fee: £12”",
        "² “It is red.”",
        "³ “Plan: Hobby; Fee: £12”",
    ]


def test_a_footnote_of_an_answer_quotes_a_row_byte_for_byte() -> None:
    console = Console(file=io.StringIO(), width=200)
    row = replace(a_citation(1, "| Hobby | £12 |"), columns=("Plan", "Fee"))
    show_outcome(console, Answer("How much?", (a_claim(row),), 0.9, RECEIPT))
    assert isinstance(console.file, io.StringIO)
    assert "¹ “| Hobby | £12 |”" in console.file.getvalue()
