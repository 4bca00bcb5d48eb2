"""The language of texts and questions."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from footnote.text.languages import language_of
from footnote.text.terms import question_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was opened in 1932, and the mayor said that it is the longest of the country.", "en"),
        ("Die Brücke wurde 1932 eröffnet, und der Bürgermeister sagte, dass sie die längste des Landes ist.", "de"),
        ("Der Film „The Bridge of the Kings“ läuft seit Montag in den Kinos der Stadt und ist sehr lang.", "de"),
        ("El puente fue inaugurado en 1932 y el alcalde dijo que es el más largo del país.", "es"),
        ("Мост был открыт в 1932 году, и мэр сказал, что он самый длинный в стране.", "ru"),
    ],
)
def test_a_text_is_in_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who is the mayor of Norvik?", "en"),
        ("berth price", "en"),
        ("Wann wurde die Brücke eröffnet?", "de"),
        ("¿Cuándo se inauguró el puente?", "es"),
        ("Когда был открыт мост?", "ru"),
        ("谁在2021年领导阵线？", "zh"),
    ],
)
def test_a_question_is_in_its_language(question: str, language: str) -> None:
    assert question_language(question) == language


def test_english_does_not_load_the_detector() -> None:
    program = (
        "import sys; from footnote.text.languages import language_of;"
        "from footnote.text.terms import question_language;"
        "language_of('The bridge was opened in 1932, and the mayor said that it is the longest.');"
        "question_language('berth price'); print('py3langid' in sys.modules)"
    )
    done = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
