"""The reader as torch sees it: an encoder over a question and a passage, and small heads.

The encoder is BERT (Devlin et al., arXiv:1810.04805) with the weights of all-MiniLM-L6-v2, or those of
multilingual-e5-small. The word embeddings stay as they are. MiniLM's layers are trained whole: what they learn fits
into seven megabytes of five-bit numbers. The twelve layers of e5 stay as well, and learn a change of low rank beside
each matrix (LoRA, Hu et al., arXiv:2106.09685), which fits into two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

DIMENSIONS, ATTENTION_HEADS, INNER = 384, 12, 1536
HIDDEN = 192
"""Units between a head's input and its scores."""
VERDICTS = 3
"""Supported, contradicted, not said."""
DROPOUT_POOL = 2**25
"""How many numbers the masks of dropout are cut from; a batch has about two million activations."""

LORA_SCALE = 2.0
"""How much a change of low rank counts."""


@dataclass(frozen=True, slots=True)
class Shape:
    """`padding`: the id that fills a batch. `has_types`: whether question and passage have embeddings of their own.
    `rank`: of the changes that are learned; 0 trains the matrices themselves.
    """

    layers: int
    vocabulary: int
    padding: int
    has_types: bool
    rank: int


MINILM = Shape(layers=6, vocabulary=30522, padding=0, has_types=True, rank=0)
E5 = Shape(layers=12, vocabulary=250037, padding=1, has_types=False, rank=16)


@dataclass(frozen=True, slots=True)
class Scores:
    """`sentences`: one logit for each row of `spans`; `passage`: (texts,); `entailment`: (texts, VERDICTS)."""

    sentences: Tensor
    passage: Tensor
    entailment: Tensor


class Changed(nn.Linear):  # type: ignore[misc] # torch is not installed where types are checked
    """A matrix that stays as it is, and a learned change of low rank: `up @ down`."""

    def __init__(self, size: int, results: int, rank: int) -> None:
        super().__init__(size, results)
        self.bfloat16().requires_grad_(False)  # or it is cast in every step
        self.bias = nn.Parameter(torch.zeros(results))
        self.down = nn.Parameter(torch.randn(rank, size) / size**0.5)
        self.up = nn.Parameter(torch.zeros(results, rank))

    def forward(self, given: Tensor) -> Tensor:
        published = functional.linear(given, self.weight, self.bias)
        changes = functional.linear(given, self.down)
        flat = torch.addmm(published.flatten(0, -2), changes.flatten(0, -2), self.up.T, alpha=LORA_SCALE)
        return flat.view(published.shape)


class Dropout(nn.Module):  # type: ignore[misc] # as above
    """Like nn.Dropout, but each mask is a piece of one that was drawn once: on a CPU, drawing them all takes a fifth of
    a step.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        kept = torch.rand(DROPOUT_POOL) >= share
        self.register_buffer("masks", (kept / (1 - share)).bfloat16(), persistent=False)

    def forward(self, given: Tensor) -> Tensor:
        if not self.training:
            return given
        start = int(torch.randint(DROPOUT_POOL - given.numel(), ()))
        return given * self.masks[start : start + given.numel()].view(given.shape)


class Layer(nn.Module):  # type: ignore[misc] # as above
    def __init__(self, dropout: Dropout, rank: int) -> None:
        super().__init__()
        self.attention = _linear(DIMENSIONS, 3 * DIMENSIONS, rank)
        self.attended = _linear(DIMENSIONS, DIMENSIONS, rank)
        self.attended_norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.inner = _linear(DIMENSIONS, INNER, rank)
        self.outer = _linear(INNER, DIMENSIONS, rank)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.dropout = dropout

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
    def __init__(self, shape: Shape, *, positions: int = 512, dropout: float = 0.0) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, DIMENSIONS)
        self.positions = nn.Embedding(positions, DIMENSIONS)
        self.types = nn.Embedding(2, DIMENSIONS)
        self.norm = nn.LayerNorm(DIMENSIONS, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(self.dropout, shape.rank) for _ in range(shape.layers))
        self.sentence = _head(2 * DIMENSIONS, 1)
        self.passage = _head(DIMENSIONS, 1)
        self.entailment = _head(2 * DIMENSIONS, VERDICTS)

    def forward(self, ids: Tensor, types: Tensor, spans: Tensor) -> Scores:
        """`ids`, `types`: (texts, length), padded; `spans`: (sentences, 3) of text, first and last token + 1.

        The head for claims reads the mean over tokens of type 0, which is the claim.
        """
        mask = ids != self.shape.padding
        own = self.types(types) if self.shape.has_types else self.types.weight[0]
        hidden = self.words(ids) + self.positions.weight[: ids.shape[1]] + own
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


def _linear(size: int, results: int, rank: int) -> nn.Linear:
    return Changed(size, results, rank) if rank else nn.Linear(size, results)


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
    for number in range(reader.shape.layers):
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
