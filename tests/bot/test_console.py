"""An answer in the terminal while it is made."""

from __future__ import annotations

import io

from examples import an_answer
from rich.console import Console

from footnote.ports import Drafting
from footnote_bot.console import drafts


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
