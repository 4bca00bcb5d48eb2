"""What training changed is added to the published weights: steps, signs, changes of low rank, and whole arrays."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import load_file

from footnote.adapters.bert.changes import BITS, MOST_STEPS, changed
from footnote.adapters.reader import MULTILINGUAL

MATRIX = "encoder.layer.0.output.dense.weight"


def packed(steps: list[list[int]]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    rows = ["".join(f"{step + MOST_STEPS:0{BITS}b}" for step in row) for row in steps]
    return np.array(
        [[int(row[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(row), 8)] for row in rows], np.uint8
    )


def test_each_row_has_a_scale_and_steps_of_five_bits() -> None:
    steps = [[-15, 15, 0], [1, -1, 7]]
    given = {f"{MATRIX}.change": packed(steps), f"{MATRIX}.scale": np.array([0.5, 0.25], np.float32)}
    published = {MATRIX: np.ones((2, 3), np.float32)}
    result = changed(published, given)
    assert result.keys() == {MATRIX}
    assert result[MATRIX].tolist() == [[-6.5, 8.5, 1.0], [1.25, 0.75, 2.75]]


@pytest.mark.parametrize("columns", [1, 3, 8, 13, 384])
def test_rows_of_any_length_are_read_to_their_end(columns: int) -> None:
    steps = [[(row + 7 * column) % 31 - 15 for column in range(columns)] for row in range(3)]
    given = {f"{MATRIX}.change": packed(steps), f"{MATRIX}.scale": np.ones(3, np.float32)}
    result = changed({MATRIX: np.zeros((3, columns), np.float32)}, given)
    assert result[MATRIX].tolist() == steps


@pytest.mark.parametrize("columns", [1, 5, 7, 384])
def test_signs_are_digits_of_base_three_five_in_a_byte(columns: int) -> None:
    signs = [[(row + 2 * column) % 3 - 1 for column in range(columns)] for row in range(2)]
    rows = ["".join(str(sign + 1) for sign in row).ljust(columns + -columns % 5, "0") for row in signs]
    packed_rows = [[int(row[at : at + 5], 3) for at in range(0, len(row), 5)] for row in rows]
    given = {f"{MATRIX}.signs": np.array(packed_rows, np.uint8), f"{MATRIX}.scale": np.array([0.5, 2], np.float16)}
    result = changed({MATRIX: np.ones((2, columns), np.float32)}, given)
    expected = [[1 + scale * sign for sign in row] for scale, row in zip((0.5, 2), signs, strict=True)]
    assert result[MATRIX].tolist() == expected


def test_a_change_of_low_rank_is_multiplied_out() -> None:
    matrix = MATRIX.removesuffix(".weight")
    given = {
        f"{matrix}.up": np.array([[1.0], [2.0]], np.float16),
        f"{matrix}.down": np.array([[3.0, 4.0]], np.float16),
    }
    result = changed({MATRIX: np.ones((2, 2), np.float32)}, given)
    assert result[MATRIX].tolist() == [[4.0, 5.0], [7.0, 9.0]]


def test_the_rows_of_a_change_of_low_rank_have_scales() -> None:
    matrix = MATRIX.removesuffix(".weight")
    given = {
        f"{matrix}.up": np.array([[100], [50]], np.int8),
        f"{matrix}.up.scale": np.array([0.01, 0.04], np.float32),
        f"{matrix}.down": np.array([[2, 4]], np.int8),
        f"{matrix}.down.scale": np.array([0.5], np.float32),
    }
    result = changed({MATRIX: np.zeros((2, 2), np.float32)}, given)
    assert result[MATRIX] == pytest.approx(np.array([[1.0, 2.0], [2.0, 4.0]]))


def test_what_the_other_reader_changes_is_small() -> None:
    tensors = load_file(MULTILINGUAL.file)
    for name, up in tensors.items():
        if name.endswith(".up"):
            matrix = name.removesuffix(".up")
            shape = (len(up), tensors[f"{matrix}.down"].shape[1])
            only = {key: tensor for key, tensor in tensors.items() if key.startswith(f"{matrix}.")}
            result = changed({f"{matrix}.weight": np.zeros(shape, np.float32)}, only)
            assert np.abs(result[f"{matrix}.weight"]).mean() < 0.1


def test_another_array_takes_the_place_of_the_published_one_and_heads_are_left_out() -> None:
    bias = MATRIX.replace("weight", "bias")
    given = {bias: np.array([0.5], np.float16), "sentence.0.weight": np.ones((1, 1), np.float16)}
    result = changed({bias: np.zeros(1, np.float32)}, given)
    assert result.keys() == {bias}
    assert result[bias].dtype == np.float32
    assert result[bias].tolist() == [0.5]
