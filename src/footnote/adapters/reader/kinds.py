"""The trained readers: what each changed, and how it is given its texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from footnote.adapters.bert.conversion import Weights
from footnote.adapters.e5.characters import plain_text
from footnote.adapters.e5.weights import converted as converted_e5
from footnote.adapters.e5.weights import find_model
from footnote.adapters.minilm.weights import converted as converted_minilm
from footnote.adapters.minilm.weights import find_weights

WeightsChange = Callable[[Weights], Weights]

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class ReaderKind:
    """`file` is what training made. `make`: a folder for models, a name in it, and a change of the published weights ->
    the converted encoder. `plain`: that encoder -> what is done to texts first. `begin` and `end` are the tokens around
    a question and its passage; `has_types`: whether the encoder tells these apart by embeddings.
    """

    name: str
    file: Path
    make: Callable[[Path, str, WeightsChange], Path]
    plain: Callable[[Path], Callable[[str], str]]
    begin: str
    end: str
    has_types: bool


def _minilm(models: Path, name: str, change: WeightsChange) -> Path:
    return converted_minilm(find_weights(), models, name=name, change=change)


def _e5(models: Path, name: str, change: WeightsChange) -> Path:
    return converted_e5(find_model(), models, name=name, change=change)


ENGLISH = ReaderKind("reader", _HERE / "reader.safetensors", _minilm, lambda _: str, "[CLS]", "[SEP]", has_types=True)
MULTILINGUAL = ReaderKind(
    "reader-multilingual", _HERE / "multilingual.safetensors", _e5, plain_text, "<s>", "</s>", has_types=False
)
