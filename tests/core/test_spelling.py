"""What counts as one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footnote.text.spelling import unaccented


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ødegård", "Odegard"),
        ("har\xadbour", "harbour"),
        ("Küster’s", "Kuster's"),
        ("São Paulo", "Sao Paulo"),
        ("Straße", "Strasse"),
        ("ё", "е"),
        ("हिन्दी", "हिन्दी"),
        ("中文", "中文"),
    ],
)
def test_accents_and_soft_hyphens_are_taken_off(text: str, plain: str) -> None:
    assert unaccented(text) == plain


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert unaccented(unaccented(text)) == unaccented(text)
