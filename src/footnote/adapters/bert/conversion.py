"""Published weights are converted for CTranslate2 at the first use, and kept with their checksums."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

TOKENIZER = "tokenizer.json"
_CHECKSUMS = "checksums.json"

Weights = Mapping[str, Any]
"""Arrays of float32 by the names that BERT's weights have."""


def made_once(models: Path, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` in `models`. `make` fills it when it is missing or damaged: a full disk leaves half a file."""
    target = models / name
    if not _is_whole(target):
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models) as folder:
            made = Path(folder) / "model"
            made.mkdir()
            make(made)
            checksums = {file.name: sha256(file) for file in sorted(made.iterdir())}
            (made / _CHECKSUMS).write_text(json.dumps(checksums), encoding="utf-8")
            shutil.rmtree(target, ignore_errors=True)
            made.replace(target)  # in one step, so that half a model is never taken for a whole one
    return target


def save_encoder(weights: Weights, vocabulary: Sequence[str], unknown: str, target: Path) -> None:
    """The encoder in int8, its vocabulary in the order of the ids, in the folder `target`."""
    from footnote.adapters.bert.specification import specification

    model = specification(weights)
    model.register_vocabulary([*vocabulary])
    model.config.unk_token = unknown
    model.config.layer_norm_epsilon = 1e-12
    model.validate()
    model.optimize(quantization="int8")
    model.save(str(target))


def sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_whole(model: Path) -> bool:
    """Whether its files have the checksums that were stored when it was made. Takes a few milliseconds."""
    try:
        known: dict[str, str] = json.loads((model / _CHECKSUMS).read_text(encoding="utf-8"))
        return bool(known) and all(sha256(model / name) == found for name, found in known.items())
    except (OSError, ValueError, AttributeError):
        return False
