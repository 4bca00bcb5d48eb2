"""Superscripts and subscripts as characters, so that they never change a number."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markup.raised import subscript, superscript


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6", "⁶"),
        ("-12", "⁻¹²"),
        ("−1", "⁻¹"),
        ("–1", "⁻¹"),
        ("n+1", "ⁿ⁺¹"),
        ("(2x)", "⁽²ˣ⁾"),
        ("n", "ⁿ"),
        (" 2 ", " ² "),
    ],
)
def test_figures_are_raised(text: str, shown: str) -> None:
    assert superscript(text) == shown


@pytest.mark.parametrize(("text", "shown"), [("2", "₂"), ("-1", "₋₁"), ("(2)", "₍₂₎"), (" 2\n", " ₂\n")])
def test_figures_are_lowered(text: str, shown: str) -> None:
    assert subscript(text) == shown


@pytest.mark.parametrize("text", ["th", "er", "Mme", "nd", "in", "xi", "*", "†", "TM", "™", "a", "", " ", "e.g."])
def test_letters_and_marks_stay(text: str) -> None:
    assert superscript(text) == text


@pytest.mark.parametrize("text", ["*1", "1†", "[1]", "[12]", "(a1)", "(1, 2)"])
def test_references_to_notes_stay(text: str) -> None:
    assert superscript(text) == text


@pytest.mark.parametrize(
    ("text", "shown"), [("2/3", "^(2/3)"), ("1.5", "^(1.5)"), ("2y", "^(2y)"), ("½", "½"), ("٣", "^٣")]
)
def test_other_numbers_are_marked(text: str, shown: str) -> None:
    assert superscript(text) == shown


def test_what_has_no_low_form_is_marked_if_it_is_a_number() -> None:
    assert [subscript(text) for text in ("n", "max", "2n", "1x")] == ["n", "max", "_(2n)", "_(1x)"]
