"""The files that training makes -> a CTranslate2 encoder and its heads.

A file holds what training changed of the encoder, as `changes.py` says, and heads as float16: `sentence` and `passage`
read passages, `entailment` reads claims.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footnote.adapters.bert.changes import ENCODER, changed
from footnote.adapters.bert.conversion import Weights
from footnote.adapters.reader.kinds import ReaderKind
from footnote.errors import ModelError

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Two layers with GELU between them: (texts, inputs) -> (texts, scores)."""

    inner: Array
    inner_bias: Array
    outer: Array
    outer_bias: Array

    def __call__(self, inputs: Array) -> Array:
        hidden = inputs @ self.inner.T + self.inner_bias
        scores: Array = _gelu(hidden) @ self.outer.T + self.outer_bias
        return scores


class Heads(dict[str, Head]):
    """By their names: `sentence` and `passage`, or `entailment`. Another one raises ModelError."""

    def __missing__(self, name: str) -> Head:
        raise ModelError(
            f"These weights have no head {name!r}: one kind of weights reads passages, another one claims."
        )


def opened(kind: ReaderKind, models: Path) -> tuple[Path, Heads]:
    """The folder of the encoder below `models`, made at the first use, and the heads.

    Raises ModelError when the reader's or the encoder's weights are missing or damaged.
    """
    contents = {file: _content(file) for file in (kind.base, kind.file) if file}
    name = f"{kind.name}-int8-{hashlib.sha256(b''.join(contents.values())).hexdigest()[:12]}"
    files = [_read(content, file) for file, content in contents.items()]
    folder = kind.make(models, name, lambda published: _all_changed(published, files))
    return folder, _heads(files[-1])


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise ModelError(
            f"The trained reader {file} is missing. Install Footnote again, or train it as training/README.md "
            "describes."
        )
    return file.read_bytes()


def _read(content: bytes, file: Path) -> Mapping[str, Any]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        return load(content)
    except SafetensorError as error:
        raise ModelError(f"The trained reader {file} is damaged: {error}. Install Footnote again.") from error


def _all_changed(published: Weights, files: Sequence[Mapping[str, Any]]) -> Weights:
    """Each file changes what the one before it made."""
    return reduce(lambda weights, tensors: {**weights, **changed(weights, tensors)}, files, published)


def _heads(tensors: Mapping[str, Any]) -> Heads:
    names = {name.partition(".")[0] for name in tensors if not name.startswith(ENCODER)}
    return Heads({name: _head(tensors, name) for name in names})


def _head(tensors: Mapping[str, Any], name: str) -> Head:
    parts = (f"{name}.{layer}.{part}" for layer in (0, 2) for part in ("weight", "bias"))
    return Head(*(tensors[part].astype(np.float32) for part in parts))


def _gelu(x: Array) -> Array:
    """Exact, by the error function's approximation 7.1.26 of Abramowitz and Stegun, which is within 1.5e-7."""
    scaled = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * scaled)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    result: Array = (x * 0.5 * (1 + np.sign(x) * (1 - series * np.exp(-scaled * scaled)))).astype(np.float32)
    return result
