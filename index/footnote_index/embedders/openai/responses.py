"""Responses -> unit vectors. Nothing in a response is trusted."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footnote_index.embedders import Vectors


@dataclass(frozen=True, slots=True)
class VectorsOfTexts:
    """Unit vectors in the order of the texts; `tokens` as the server counts them, or an estimate."""

    vectors: Vectors
    tokens: int


def in_order(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Raises ValueError unless the items say which text they belong to, each text once."""
    ordered = sorted(data, key=lambda one: int(one["index"]))
    if [one["index"] for one in ordered] != list(range(len(data))):
        raise ValueError("indices")
    return ordered


def vector_of(one: dict[str, Any]) -> NDArray[np.float32]:
    """Some servers send decimals no matter what they are asked for."""
    sent = one["embedding"]
    if isinstance(sent, str):
        return np.frombuffer(base64.b64decode(sent, validate=True), "<f4").astype(np.float32)
    vector = np.asarray(sent, np.float32)
    if vector.ndim != 1:
        raise ValueError("not a vector")
    return vector


def tokens_used(fields: dict[str, Any]) -> int:
    """Zero if the server does not say."""
    usage = fields.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else None
    return tokens if isinstance(tokens, int) and tokens > 0 else 0
