"""What a server sends is checked before it becomes vectors."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest

from footnote_index.embedders.openai.responses import in_order, tokens_used, vector_of


def encoded(*numbers: float) -> str:
    return base64.b64encode(np.array(numbers, "<f4").tobytes()).decode()


def test_items_come_in_the_order_of_their_texts() -> None:
    sent = [{"index": 2, "embedding": "c"}, {"index": 0, "embedding": "a"}, {"index": 1, "embedding": "b"}]
    assert [one["embedding"] for one in in_order(sent)] == ["a", "b", "c"]
    assert in_order([]) == []


@pytest.mark.parametrize("indices", [[0, 0], [1, 2], [0, 2], [-1, 0], [0, "1"], [0, 1.5], ["a"]])
def test_items_that_do_not_say_their_text_are_refused(indices: list[Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, nothing of it is used
        in_order([{"index": index} for index in indices])


@pytest.mark.parametrize("sent", [encoded(0.5, -2.0), [0.5, -2.0], (0.5, -2)])
def test_a_vector_is_written_in_two_ways(sent: Any) -> None:
    vector = vector_of({"embedding": sent})
    assert vector.dtype == np.float32
    assert vector.tolist() == [0.5, -2.0]


@pytest.mark.parametrize(
    "sent",
    [
        encoded(0.5)[:-4],
        "not base64!",
        encoded(0.5) + "\n?",
        base64.b64encode(b"12345").decode(),
        [[0.5, 1.0]],
        0.5,
        ["a", "b"],
        [[0.5], [1.0, 2.0]],
    ],
)
def test_anything_else_is_no_vector(sent: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - NumPy says it in many ways
        vector_of({"embedding": sent})


def test_a_vector_can_be_changed_by_its_owner() -> None:
    vector = vector_of({"embedding": encoded(3.0, 4.0)})
    vector /= 5
    assert vector.tolist() == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(
    ("fields", "tokens"),
    [
        ({"usage": {"total_tokens": 12}}, 12),
        ({"usage": {"total_tokens": 0}}, 0),
        ({"usage": {"total_tokens": -5}}, 0),
        ({"usage": {"total_tokens": "12"}}, 0),
        ({"usage": {"total_tokens": 12.5}}, 0),
        ({"usage": {"total_tokens": None}}, 0),
        ({"usage": {"prompt_tokens": 12}}, 0),
        ({"usage": None}, 0),
        ({"usage": [12]}, 0),
        ({}, 0),
    ],
)
def test_tokens_count_if_the_server_says_a_whole_number(fields: dict[str, Any], tokens: int) -> None:
    assert tokens_used(fields) == tokens
