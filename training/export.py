"""A checkpoint -> the file that Footnote carries: what training changed of the encoder, and the heads.

    python training/export.py --checkpoint var/training/reader/checkpoint.pt --weights MODEL --out reader.safetensors
    python training/export.py --checkpoint ... --weights MODEL --base reader.safetensors --out claims.safetensors

Of a matrix, its difference from the published one is kept, in five bits a number with one scale a row: that is nearer
to what was trained than the whole matrix in eight bits. Where a change of low rank was trained, the file has that:
`up @ down` is added to what was published. All else is float16. The word, position and type embeddings are the
published ones and are not in the file. How it is read: src/footnote/adapters/bert/changes.py.

With --base, a reader that was trained for claims becomes what reads claims: of each matrix the signs of its change from
that file, which keep four fifths of it in a third of the size, and the head for claims. Without, a file has the two
heads for passages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from model import DIMENSIONS, LORA_SCALE
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional
from train import read_weights, unpacked

from footnote.adapters.bert.changes import BITS, MOST_STEPS, SIGNS_A_BYTE

ENCODER = {
    "attended": "attention.output.dense", "attended_norm": "attention.output.LayerNorm", "inner": "intermediate.dense",
    "outer": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--provenance", type=Path, default=Path(__file__).parent / "provenance.json")
    parser.add_argument("--started-from", type=Path, help="the reader.safetensors that training went on from")
    parser.add_argument("--base", type=Path, help="the reader.safetensors that the file is a change of, for claims")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True, help="what was published: see train.py")
    given = parser.parse_args()
    state = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
    steps, minutes = before(given.started_from)
    told = json.loads(given.provenance.read_text()) | {
        "steps": steps + state["step"], "minutes": minutes + round(state["spent"] / 60)
    }  # fmt: skip
    published = read_weights(given.weights)[1]
    tensors = named(state["reader"])
    if given.base:
        base = load_file(given.base)
        tensors = packed_for_claims(tensors, published | unpacked(base, published))
        told["base_tensors"] = checksum(base)
    else:
        heads = {name: tensor for name, tensor in tensors.items() if not name.startswith("entailment.")}
        tensors = packed(heads, published)
    save_file(
        tensors,
        given.out,
        metadata={key: value if isinstance(value, str) else json.dumps(value) for key, value in told.items()},
    )
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.1f} MB, {told['steps']} steps")


def checksum(tensors: dict[str, Tensor]) -> str:
    """Of what a file holds, whatever its metadata say."""
    return hashlib.sha256(b"".join(tensors[name].numpy().tobytes() for name in sorted(tensors))).hexdigest()


def packed_for_claims(tensors: dict[str, Tensor], base: dict[str, Tensor]) -> dict[str, Tensor]:
    """What reads claims: the signs of the matrices' changes, all other weights, and one head in half precision."""
    result: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.dim() == 2 and name.startswith("encoder."):
            signs, scale = signs_and_scale(tensor - base[name])
            result[f"{name}.signs"] = five_a_byte(signs)
            result[f"{name}.scale"] = scale.half()
        elif not name.startswith(("sentence.", "passage.")):
            result[name] = tensor.half().contiguous()
    return result


def signs_and_scale(change: Tensor) -> tuple[Tensor, Tensor]:
    """For each row, the -1, 0 and 1 and the one factor that come nearest to it."""
    sizes = change.abs()
    largest, _ = sizes.sort(1, descending=True)
    count = torch.arange(1, change.shape[1] + 1)
    best = (largest.cumsum(1) ** 2 / count).argmax(1, keepdim=True)
    kept = sizes >= largest.gather(1, best)
    return change.sign() * kept, (sizes * kept).sum(1) / kept.sum(1)


def five_a_byte(signs: Tensor) -> Tensor:
    """-1, 0 and 1 -> the bytes of each row, as digits of base three, the first one the highest."""
    missing = -signs.shape[1] % SIGNS_A_BYTE
    digits = functional.pad(signs + 1, (0, missing)).view(len(signs), -1, SIGNS_A_BYTE)
    return (digits * 3.0 ** torch.arange(SIGNS_A_BYTE - 1, -1, -1)).sum(2).to(torch.uint8)


def packed(tensors: dict[str, Tensor], published: dict[str, Tensor]) -> dict[str, Tensor]:
    """The encoder's matrices as changes of what was published, those of low rank in eight bits, all else in half
    precision.
    """
    result: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.dim() == 2 and name.startswith("encoder.") and name in published:
            change = tensor - published[name]
            scale = change.abs().amax(1).clamp(min=1e-9) / MOST_STEPS
            result[f"{name}.change"] = bits((change / scale[:, None]).round().to(torch.int64) + MOST_STEPS)
            result[f"{name}.scale"] = scale.float()
        elif tensor.dim() == 2 and name.startswith("encoder."):
            scale = tensor.abs().amax(1) / 127
            result[name] = (tensor / scale[:, None]).round().clamp(-127, 127).to(torch.int8).contiguous()
            result[f"{name}.scale"] = scale.float()
        else:
            result[name] = tensor.half().contiguous()
    return result


def bits(steps: Tensor) -> Tensor:
    """Whole numbers from 0 to 30 -> the bytes of each row, the first bit of each number the highest."""
    single = (steps.numpy()[:, :, None] >> np.arange(BITS)[::-1]) & 1
    return torch.from_numpy(np.packbits(single.astype(np.uint8).reshape(len(steps), -1), axis=1))


def before(started_from: Path | None) -> tuple[int, int]:
    """The steps and minutes of earlier runs."""
    if not started_from:
        return 0, 0
    with safe_open(started_from, "pt") as file:
        told = file.metadata()
    return int(told["steps"]), int(told["minutes"])


def named(state: dict[str, Tensor]) -> dict[str, Tensor]:
    """The encoder's weights by BERT's names; the heads by their own."""
    result = {f"embeddings.LayerNorm.{part}": state[f"norm.{part}"] for part in ("weight", "bias")}
    for layer in range(_layers(state)):
        mine, theirs = f"layers.{layer}", f"encoder.layer.{layer}"
        for part in _parts(state, f"{mine}.attention"):
            shared = part == "down"
            rows = (
                [state[f"{mine}.attention.{part}"]] * 3
                if shared
                else state[f"{mine}.attention.{part}"].split(DIMENSIONS)
            )
            names = ("query", "key", "value")
            result |= {f"{theirs}.attention.self.{n}.{part}": r for n, r in zip(names, rows, strict=True)}
        for own, name in ENCODER.items():
            result |= {
                f"{theirs}.{name}.{part}": state[f"{mine}.{own}.{part}"] for part in _parts(state, f"{mine}.{own}")
            }
    scaled = {name: tensor * LORA_SCALE if name.endswith(".up") else tensor for name, tensor in result.items()}
    heads = ("sentence.", "passage.", "entailment.")
    return scaled | {name: tensor for name, tensor in state.items() if name.startswith(heads)}


def _layers(state: dict[str, Tensor]) -> int:
    return 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))


def _parts(state: dict[str, Tensor], module: str) -> tuple[str, ...]:
    """What training may have changed of it: of a matrix with a change of low rank, not the matrix."""
    return ("down", "up", "bias") if f"{module}.up" in state else ("weight", "bias")


if __name__ == "__main__":
    main()
