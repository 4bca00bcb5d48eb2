"""BERT's weights -> the specification of a CTranslate2 encoder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

_HEADS = 12
"""The same for all models used here."""


def specification(weights: Mapping[str, Any]) -> transformer_spec.TransformerEncoderModelSpec:
    """A BERT encoder without its pooler: mean pooling happens outside, over the token vectors."""
    encoder = transformer_spec.TransformerEncoderSpec(
        _layers(weights),
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


def _layers(weights: Mapping[str, Any]) -> int:
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


_ATTENTION = ("query", "key", "value")


def _set_linear(spec: Any, weights: Mapping[str, Any], *names: str) -> None:  # noqa: ANN401 - CTranslate2 has no types
    spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])


def _set_norm(spec: Any, weights: Mapping[str, Any], name: str) -> None:  # noqa: ANN401 - CTranslate2 has no types
    spec.gamma = weights[f"{name}.weight"]
    spec.beta = weights[f"{name}.bias"]
