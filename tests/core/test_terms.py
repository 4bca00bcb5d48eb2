"""Words as they are searched for, in many languages."""

from __future__ import annotations

import pytest

from footnote.text.terms import terms


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "mines", "mine"),
        ("en", "São Paulo’s", "sao paulo"),
        ("de", "Häuser", "Haus"),
        ("de", "Zürich", "zurich"),
        ("es", "informaciones", "información"),
        ("es", "informacion", "información"),
        ("fr", "l'élève", "élèves"),
        ("ru", "долины", "долина"),
        ("ru", "Ёлка", "елка"),
        ("ar", "كَمْ", "كم"),
        ("zh", "３０８分", "308分"),
        ("he", "שָׁלוֹם", "שלום"),
        ("vi", "tiếng Việt", "Tiếng việt"),
    ],
)
def test_two_forms_of_a_word_are_one(language: str, one: str, other: str) -> None:
    assert set(terms(other, language)) <= set(terms(one, language))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "黑豹队丢了308分", ["黑豹", "豹队", "队丢", "丢了", "308", "分"]),
        ("ja", "東京都", ["東京", "京都"]),
        ("ko", "수비진은", ["수비", "비진", "진은"]),
        ("th", "ไทย", ["ไท", "ทย"]),
        ("en", "Mao (毛泽东) led", ["mao", "毛泽", "泽东", "led"]),
        ("mr", "दिए।", ["दिए"]),
        ("sv", "hår har", ["hår"]),  # å is no a
        ("xx", "Any words", ["any", "words"]),
    ],
)
def test_words_of_a_text(language: str, text: str, expected: list[str]) -> None:
    assert terms(text, language) == expected


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("de", "Wer ist das?"),
        ("es", "¿Quién es?"),
        ("fr", "Où est-ce ?"),
        ("ru", "Кто это?"),
        ("tr", "Bu ne için?"),
        ("ar", "ما هو؟"),
        ("hi", "यह क्या है?"),
    ],
)
def test_words_that_carry_no_meaning_are_left_out(language: str, question: str) -> None:
    assert set(terms(question, language)) <= {"ce"}
