"""An answer as lines to be edited, and sentences that are chosen for lines that name none."""

from __future__ import annotations

import pytest
from examples import a_citation, a_claim, a_record

from footnote.models import Claim
from footnote.review.edits import EditableAnswer, as_lines, citing, grounded

ONE, TWO = a_citation(1, "It opened in 1932."), a_citation(2, "It is red.")


def test_lines_name_their_sentences() -> None:
    assert as_lines(a_record(a_claim(ONE), a_claim(TWO))) == EditableAnswer(
        "It opened in 1932. [1]\nIt is red. [2]", ()
    )


def test_lines_that_all_cite_the_same_name_none() -> None:
    claims = [Claim(text, 1.0, (TWO, ONE)) for text in ("It opened.", "It is  red.")]
    assert as_lines(a_record(*claims)) == EditableAnswer("It opened.\nIt is red.", (2, 1))


def test_a_number_that_belongs_to_the_text_is_not_taken_for_a_sentence() -> None:
    assert as_lines(a_record(Claim("It opened.[7]", 1.0, (ONE,)))) == EditableAnswer("It opened.[7] [1]", ())


@pytest.mark.parametrize(
    ("text", "numbers", "lines"),
    [
        ("It is new.", [1], "It is new. [1]"),
        ("It is new.", [2, 1], "It is new. [1][2]"),
        ("It is new. [2]\n\n It  is red. ", [1], "It is new. [2]\nIt is red. [1]"),
        ("It is new.", [], "It is new."),
        ("I say so.\nIt is new.", [1], "I say so.\nIt is new. [1]"),
        ("", [1], ""),
    ],
)
def test_sentences_are_chosen_for_lines_that_name_none(text: str, numbers: list[int], lines: str) -> None:
    stated = Claim("I say so.", 0.0, (), stated_by=9)
    assert citing(text, numbers, a_record(a_claim(ONE), stated)) == lines


def test_sentences_that_all_lines_cite_keep_their_order() -> None:
    record = a_record(Claim("It opened.", 1.0, (TWO, ONE)))
    assert citing(as_lines(record).text, [1, 2], record) == "It opened. [2][1]"


@pytest.mark.parametrize(
    ("line", "is_supported"),
    [
        ("Berth: South; Fee: 200 euros. [1]", True),
        ("The fee of the South berth is 200 euros. [1]", True),
        ("Berth: South; Fee: 300 euros [1]", False),
        ("Berth: North; Fee: 200 euros [1]", False),
    ],
)
def test_a_row_may_keep_the_names_of_its_columns_when_it_is_edited(line: str, is_supported: bool) -> None:
    row = a_citation(1, "| South | `200` euros |")
    edited = grounded(line, a_record(Claim("Berth: South; Fee: 200 euros", 1.0, (row,))))
    assert bool(edited.claims) is is_supported
    assert [citation.quote for claim in edited.claims for citation in claim.citations] == [row.quote] * is_supported
