"""The reader as torch sees it: MiniLM's encoder over a question and a passage, and three small heads.

The encoder is BERT (Devlin et al., arXiv:1810.04805) with the weights of all-MiniLM-L6-v2. The word embeddings stay as
they are, so that only the layers have to be kept; what they learn fits into ten megabytes of eight-bit numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

DIMENSIONS, LAYERS, ATTENTION_HEADS, INNER = 384, 6, 12, 1536
HIDDEN = 192
"""Units between a head's input and its scores."""
VERDICTS = 3
"""Supported, contradicted, not said."""


@dataclass(frozen=True, slots=True)
class Scores:
    """`sentences`: one logit for each row of `spans`; `passage`: (texts,); `entailment`: (texts, VERDICTS)."""

    sentences: Tensor
    passage: Tensor
    entailment: Tensor


class Layer(nn.Module):  # type: ignore[misc] # torch is not installed where types are checked
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attention = nn.Linear(DIMENSIONS, 3 * DIMENSIONS)
        self.attended = nn.Linear(DIMENSIONS, DIMENSIONS)
        self.attended_norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.inner = nn.Linear(DIMENSIONS, INNER)
        self.outer = nn.Linear(INNER, DIMENSIONS)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        texts, length, _ = hidden.shape
        split = self.attention(hidden).view(texts, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        # Written out: on a CPU the backward pass of scaled_dot_product_attention takes four times as long.
        weights = torch.matmul(split[0] * split.shape[-1] ** -0.5, split[1].transpose(-1, -2)) + mask
        seen = torch.matmul(weights.softmax(-1, dtype=weights.dtype), split[2])
        seen = seen.transpose(1, 2).reshape(texts, length, DIMENSIONS)
        hidden = self.attended_norm(hidden + self.dropout(self.attended(seen)))
        inner = functional.gelu(self.inner(hidden))
        return self.norm(hidden + self.dropout(self.outer(inner)))


class Reader(nn.Module):  # type: ignore[misc] # as above
    def __init__(self, *, vocabulary: int = 30522, positions: int = 512, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, DIMENSIONS)
        self.positions = nn.Embedding(positions, DIMENSIONS)
        self.types = nn.Embedding(2, DIMENSIONS)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.sentence = _head(2 * DIMENSIONS, 1)
        self.passage = _head(DIMENSIONS, 1)
        self.entailment = _head(2 * DIMENSIONS, VERDICTS)

    def forward(self, ids: Tensor, types: Tensor, spans: Tensor) -> Scores:
        """`ids`, `types`: (texts, length), padded with 0; `spans`: (sentences, 3) of text, first and last token + 1.

        The third head reads the mean over tokens of type 0, which is the claim.
        """
        mask = ids != 0
        hidden = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.types(types)
        hidden = self.dropout(self.norm(hidden))
        bias = torch.zeros(mask.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled("cpu") else hidden.dtype)
        bias = bias.to(ids.device).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, bias)
        first = hidden[:, 0]
        sums = functional.pad(hidden.float().cumsum(1), (0, 0, 1, 0))
        text, start, end = spans.unbind(1)
        means = (sums[text, end] - sums[text, start]) / (end - start).clamp(min=1)[:, None]
        claim = (mask & (types == 0)).float()
        claim_mean = (hidden.float() * claim[:, :, None]).sum(1) / claim.sum(1, keepdim=True)
        return Scores(
            self.sentence(torch.cat([means, first[text].float()], 1)).squeeze(1).float(),
            self.passage(first).squeeze(1).float(),
            self.entailment(torch.cat([claim_mean, first.float()], 1)).float(),
        )


def _head(size: int, scores: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(size, HIDDEN), nn.GELU(), nn.Linear(HIDDEN, scores))


def load_bert(reader: Reader, weights: Mapping[str, Tensor], *, prefix: str = "") -> None:
    """Fills the encoder from the names that BERT's weights have."""
    get = {name.removeprefix(prefix): tensor.float() for name, tensor in weights.items()}
    state = {
        "words.weight": get["embeddings.word_embeddings.weight"],
        "positions.weight": get["embeddings.position_embeddings.weight"],
        "types.weight": get["embeddings.token_type_embeddings.weight"],
        **_both("norm", get, "embeddings.LayerNorm"),
    }
    for number in range(LAYERS):
        mine, theirs = f"layers.{number}", f"encoder.layer.{number}"
        for part in ("weight", "bias"):
            names = [f"{theirs}.attention.self.{name}.{part}" for name in ("query", "key", "value")]
            state[f"{mine}.attention.{part}"] = torch.cat([get[name] for name in names])
        state |= _both(f"{mine}.attended", get, f"{theirs}.attention.output.dense")
        state |= _both(f"{mine}.attended_norm", get, f"{theirs}.attention.output.LayerNorm")
        state |= _both(f"{mine}.inner", get, f"{theirs}.intermediate.dense")
        state |= _both(f"{mine}.outer", get, f"{theirs}.output.dense")
        state |= _both(f"{mine}.norm", get, f"{theirs}.output.LayerNorm")
    _, unexpected = reader.load_state_dict(state, strict=False)
    assert not unexpected, unexpected


def _both(mine: str, get: Mapping[str, Tensor], theirs: str) -> dict[str, Tensor]:
    return {f"{mine}.{part}": get[f"{theirs}.{part}"] for part in ("weight", "bias")}
