"""Which dimension a question asks for, and which one a text tells."""

from __future__ import annotations

import pytest

from footnote.reading.dimensions import dimension_in, tells_another


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("how tall is the gate", "height"),
        ("How high can the mast be?", "height"),
        ("What is the depth of the basin?", "depth"),
        ("How long is the pier?", "length"),
        ("How long does it take?", ""),
        ("Who is the tall man?", ""),
    ],
)
def test_the_dimension_that_a_question_asks_for(question: str, dimension: str) -> None:
    assert dimension_in(question) == dimension


@pytest.mark.parametrize(
    ("asked", "text", "is_another"),
    [
        ("height", "The gate is 2.2 metres wide.", True),
        ("height", "Width: 2.2 m", True),
        ("height", "The basin has a depth of 4 m.", True),
        ("width", "The gate is 3 m high and 2 m wide.", False),
        ("height", "The gate is 3 m.", False),
        ("length", "The talk is 40 minutes long.", False),
        ("length", "The crossing of the wide bay takes 20 minutes.", False),
        ("", "The gate is 2.2 metres wide.", False),
    ],
)
def test_a_text_that_tells_another_one(asked: str, text: str, is_another: bool) -> None:
    assert tells_another(asked, text) is is_another
