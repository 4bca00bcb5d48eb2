"""What training changed of weights that are there, as a file of changes holds it.

`NAME.change` is added to the matrix NAME: steps from -15 to 15 of five bits each, packed row by row, and `NAME.scale`
is the size of a step in each row. `NAME.signs` is coarser: steps of -1, 0 and 1, five in a byte. `NAME.up` and
`NAME.down` stand for a change of low rank: `up @ down` is added; they are int8 rows, whose scales are `NAME.up.scale`
and `NAME.down.scale`. Every other array takes the place of the one that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.bert.conversion import Weights

ENCODER = ("encoder.", "embeddings.")
_SCALE, _UP, _DOWN = ".scale", ".up", ".down"
BITS, MOST_STEPS = 5, 15
SIGNS_A_BYTE = 5

Array = NDArray[np.float32]


def changed(weights: Weights, tensors: Mapping[str, Any]) -> dict[str, Array]:
    """Those of the encoder's weights that a file changes."""
    result = {}
    for name, tensor in tensors.items():
        if not name.startswith(ENCODER) or name.endswith((_SCALE, _DOWN)):
            continue
        if name.endswith((".change", ".signs")):
            matrix, _, kind = name.rpartition(".")
            steps = _STEPS[kind](tensor, weights[matrix].shape[1])
            result[matrix] = weights[matrix] + steps * tensors[matrix + _SCALE][:, None]
        elif name.endswith(_UP):
            matrix = name.removesuffix(_UP)
            change = _numbers(tensors, name) @ _numbers(tensors, matrix + _DOWN)
            result[f"{matrix}.weight"] = weights[f"{matrix}.weight"] + change
        else:
            result[name] = _numbers(tensors, name)
    return result


def _numbers(tensors: Mapping[str, Any], name: str) -> Array:
    numbers: Array = tensors[name].astype(np.float32)
    return numbers * tensors[name + _SCALE][:, None] if name + _SCALE in tensors else numbers


def _steps(packed: NDArray[np.uint8], columns: int) -> Array:
    """Bytes of each row -> whole numbers from -15 to 15, the first bit of each the highest."""
    bits = np.unpackbits(packed, axis=1, count=columns * BITS).reshape(len(packed), columns, BITS)
    steps: Array = bits.astype(np.float32) @ (2.0 ** np.arange(BITS)[::-1]).astype(np.float32) - MOST_STEPS
    return steps


def _signs(packed: NDArray[np.uint8], columns: int) -> Array:
    """Bytes of each row -> -1, 0 or 1: digits of base three, the first one the highest."""
    digits = packed[:, :, None] // 3 ** np.arange(SIGNS_A_BYTE)[::-1] % 3
    signs: Array = digits.reshape(len(packed), -1)[:, :columns].astype(np.float32) - 1
    return signs


_STEPS = {"change": _steps, "signs": _signs}
