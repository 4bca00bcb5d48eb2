"""The text of an element: plain, with its line breaks, or as the lines of its page."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markup.text import LINE_BREAK, lines_in, plain_text, with_line_breaks
from footnote_index.loaders.trees import parsed


def broken(*lines: str) -> list[str]:
    return lines_in(LINE_BREAK.join(lines))


def test_plain_text_is_all_of_it() -> None:
    assert plain_text(parsed(b"<p>The <b>dam</b> <i>holds</i>.</p>")) == "The dam holds."


def test_references_that_were_written_twice_are_read() -> None:
    assert plain_text(parsed(b"<p>Tea &amp;amp; rice &amp;#8211; hot</p>")) == "Tea & rice – hot"


def test_each_line_of_an_address_stays() -> None:
    assert broken("Marta Quill", "12 Harbour  Street", "Norvik") == ["Marta Quill", "12 Harbour Street", "Norvik"]


@pytest.mark.parametrize("end", [".", ":", "?", "!", ";", ",", "…"])
def test_a_line_in_lower_case_is_one_of_its_own_after_these(end: str) -> None:
    assert broken(f"It holds{end}", "water falls") == [f"It holds{end}", "water falls"]


def test_a_sentence_goes_on_in_lower_case() -> None:
    assert broken("The dam", "holds", "back", "Water") == ["The dam holds back", "Water"]


def test_blank_lines_are_left_out() -> None:
    assert broken("", "The dam", " ", "Holds", "\xad") == ["The dam", "Holds"]
    assert broken("") == []


def test_white_space_inside_a_line_is_no_line_break() -> None:
    assert lines_in("The dam\n  Holds\tWater") == ["The dam Holds Water"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one<br/>two</p>", "one\ntwo"),
        ("<p>one <b>two<br/>three</b> four</p>", "one two\nthree four"),
        ("<p>one<script>x()</script> two<nav>three</nav></p>", "one two"),
        ("<p>one <button>two</button> <del>three</del>four</p>", "one two four"),
        ("<p><br/></p>", "\n"),
        ("<p/>", ""),
    ],
)
def test_line_breaks_stay_and_what_nobody_sees_goes(markup: str, text: str) -> None:
    assert with_line_breaks(parsed(markup.encode())) == text
