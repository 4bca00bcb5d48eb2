"""The trained readers: what each changed, and how it is given its texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    """`file` is what training made: changes of the published weights, or of those that the file `base` makes.
    `make`: a folder for models, a name in it, and a change of the published weights -> the converted encoder. `plain`:
    that encoder -> what is done to texts first. `begin` and `end` are the tokens around a question and its passage;
    `has_types`: whether the encoder tells these apart by embeddings. `claims` is the kind that reads claims.
    """

    name: str
    file: Path
    make: Callable[[Path, str, WeightsChange], Path]
    plain: Callable[[Path], Callable[[str], str]]
    begin: str
    end: str
    has_types: bool
    base: Path | None = None
    claims: ReaderKind | None = None


def _minilm(models: Path, name: str, change: WeightsChange) -> Path:
    return converted_minilm(find_weights(), models, name=name, change=change)


def _e5(models: Path, name: str, change: WeightsChange) -> Path:
    return converted_e5(find_model(), models, name=name, change=change)


_READER = _HERE / "reader.safetensors"

CLAIMS = ReaderKind(
    "claims", _HERE / "claims.safetensors", _minilm, lambda _: str, "[CLS]", "[SEP]", has_types=True, base=_READER
)
ENGLISH = replace(CLAIMS, name="reader", file=_READER, base=None, claims=CLAIMS)
MULTILINGUAL = ReaderKind(
    "reader-multilingual", _HERE / "multilingual.safetensors", _e5, plain_text, "<s>", "</s>", has_types=False
)
