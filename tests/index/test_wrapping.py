"""Lines that were broken only because they were full are joined again; all others stay."""

from __future__ import annotations

import pytest

from footnote_index.loaders.wrapping import runs, unwrapped, words_of

FULL = [
    "The bridge over the river was opened in the spring",
    "of 1932 by the mayor of the town, who had spoken",
    "for it in the council for more than eleven years.",
]


def test_full_lines_are_one_paragraph() -> None:
    assert unwrapped(FULL) == [" ".join(FULL)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Marta Quill", "12 Harbour Street", "Norvik"],
        ["A headline", "The bridge opened in 1932."],
        ["The bridge opened in 1932.", "It has six arches."],
        ["- bread", "- tea"],
        ["1. bread", "2) tea"],
        ["A line of some length that goes on here", "# and a heading"],
        ["A line of some length that goes on here", "| a table |"],
    ],
)
def test_other_lines_stay(lines: list[str]) -> None:
    assert unwrapped(lines) == lines


def test_an_indented_line_goes_on_with_its_item() -> None:
    assert unwrapped(["- The bridge opened", "  in 1932.", "- Tea"]) == ["- The bridge opened in 1932.", "- Tea"]


def test_two_spaces_at_the_end_break_a_line_on_purpose() -> None:
    assert unwrapped(["- The bridge  ", "  Opened in 1932"]) == ["- The bridge  ", "  Opened in 1932"]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (frozenset(), "It was longstanding."),
        (frozenset({"long-standing"}), "It was long-standing."),
        (frozenset({"long", "standing"}), "It was long-standing."),
        (frozenset({"long"}), "It was longstanding."),
    ],
)
def test_a_hyphen_at_the_end_stays_where_the_text_knows_the_word(words: frozenset[str], joined: str) -> None:
    assert unwrapped(["It was long-", "standing."], words) == [joined]


def test_the_words_of_a_text_leave_out_those_that_lines_cut() -> None:
    assert words_of("The long-standing bridge was re-\nopened") == {"the", "long-standing", "bridge", "was"}
    assert words_of("Nothing is cut here") == frozenset()


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["The bridge", "opened in 1932"], ["The bridge opened in 1932"]),
        (["The bridge over the river", "Norvik was red"], ["The bridge over the river Norvik was red"]),
        (["Norvik", "The bridge"], ["Norvik", "The bridge"]),
        (["It opened.", "then it closed"], ["It opened.", "then it closed"]),
        (["Open from nine: the bridge", "Closed at night"], ["Open from nine: the bridge", "Closed at night"]),
        (["The bridge\\", "opened"], ["The bridge\\", "opened"]),
        (["Bread and tea and", "> a quote"], ["Bread and tea and", "> a quote"]),
    ],
)
def test_soft_breaks_are_kept_only_after_sentences_and_short_lines(lines: list[str], joined: list[str]) -> None:
    assert unwrapped(lines, breaks_are_soft=True) == joined


def test_blank_lines_part_runs() -> None:
    assert runs(["", "a", "b", " ", "", "c", ""]) == [["a", "b"], ["c"]]
    assert runs([]) == []
