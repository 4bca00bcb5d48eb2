"""JSON in what a model wrote: whether it has an end."""

from __future__ import annotations

import pytest

from footnote.adapters.openai.json_values import is_whole, is_without_end

WHOLE = '{"claims": [{"text": "It is \\"{[ long\\".", "sources": ["S1"]}]}'


@pytest.mark.parametrize("text", [WHOLE, f"{WHOLE}\n", f"```json\n{WHOLE}\n```", f"{WHOLE} I hope [it] helps {{ you."])
def test_what_is_whole_has_an_end(text: str) -> None:
    assert not is_without_end(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE, True),
        (f"```json\n{WHOLE}", True),
        (f"Here it is: {WHOLE}\n```\n", True),
        (f"{WHOLE} I hope it hel", True),
        (f"{WHOLE}\n{WHOLE[:-1]}", False),
        (f"{WHOLE[:-1]}", False),
        ('It prints {"a": 1}. [S1]\nIt is wi', False),
        ("It is long. [S1]", False),
    ],
)
def test_json_is_a_whole_answer_if_it_stands_at_one_end(text: str, expected: bool) -> None:
    assert is_whole(text) is expected


@pytest.mark.parametrize("end", range(2, len(WHOLE)))
def test_each_beginning_is_without_an_end(end: int) -> None:
    assert is_without_end(WHOLE[:end])
    assert is_without_end(f"Here: {WHOLE}\n{WHOLE[:end]}")


@pytest.mark.parametrize(
    "text", ["", "It is long. [S1]", '{"claims": [{"text": "It is "quite" so."}]}', '{"a": 1} is JSON. [S1]', '{"a" 3}']
)
def test_other_texts_and_mistakes_have_an_end(text: str) -> None:
    assert not is_without_end(text)
