"""What characters of Word's symbol fonts show."""

from __future__ import annotations

import pytest

from footnote_index.loaders.docx.symbols import as_shown, symbol

UNKNOWN = "\ufffd"


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Symbol", "F061", "α"),
        ("Symbol", "61", "α"),
        ("Symbol", "F0B3", "≥"),
        ("Symbol", "F0A3", "≤"),
        ("Symbol", "F0B0", "°"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "F0C5", "⊕"),
        ("Symbol", "F0E5", "∑"),
        ("Symbol", "F031", "1"),
        ("Wingdings", "F0FC", "✓"),
        ("Wingdings", "fc", "✓"),
        ("WINGDINGS", "F0A7", "▪"),
        ("Arial", "2022", "•"),
        ("Symbol", "2022", "•"),
        ("Segoe UI Symbol", "2713", "✓"),
        ("MS Mincho", "FF21", "Ａ"),
        ("Arial", "FB01", "ﬁ"),
        ("Segoe UI Emoji", "1F600", "😀"),
        ("", "41", "A"),
    ],
)
def test_codes_have_their_characters(font: str, code: str, shown: str) -> None:
    assert symbol(font, code) == shown


@pytest.mark.parametrize(
    ("font", "code"),
    [
        ("Symbol", ""),
        ("Symbol", "x"),
        ("Symbol", "F000"),
        ("Symbol", "F05C0"),
        ("Wingdings", "F021"),
        ("Webdings", "F061"),
        ("Webdings", "61"),
        ("Wingdings 2", "F06C"),
        ("Wingdings 3", "6C"),
        ("Arial", "F061"),
        ("", "E000"),
        ("Arial", "FFFF"),
        ("Arial", "110000"),
        ("Arial", "85"),
        ("Arial", "1F"),
        ("Arial", "D800"),
        ("Arial", "-5"),
    ],
)
def test_an_unknown_code_leaves_a_mark(font: str, code: str) -> None:
    assert symbol(font, code) == UNKNOWN


def test_text_in_a_symbol_font_is_as_it_looks() -> None:
    assert as_shown("Symbol", "a = 5 m") == "α = 5 μ"
    assert as_shown("symbol", "\uf061 \uf0b3 5") == "α ≥ 5"
    assert as_shown("Wingdings", "n l") == "■ ●"


def test_an_unknown_sign_is_marked_and_other_characters_stay() -> None:
    assert as_shown("Wingdings", "\uf021") == UNKNOWN
    assert as_shown("Symbol", "ä\n") == "ä\n"
    assert as_shown("Webdings", "a b") == f"{UNKNOWN} {UNKNOWN}"
    assert as_shown("Wingdings 2", "\uf06c") == UNKNOWN


@pytest.mark.parametrize("font", ["Arial", "", "Segoe UI Symbol", "Symbola"])
def test_text_in_any_other_font_stays(font: str) -> None:
    assert as_shown(font, "a\uf061") == "a\uf061"
