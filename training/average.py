"""The mean of two readers, one of which was trained on from the other: it often keeps what each is good at.

    python training/average.py BEFORE AFTER --weights MODEL --out reader.safetensors [--share 0.7]

See Wortsman et al. 2022, "Model soups" (arXiv:2203.05482). The facts about the training are those of the second one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from export import packed
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from train import read_weights, unpacked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--weights", type=Path, required=True, help="what was published: see train.py")
    parser.add_argument("--share", type=float, default=0.5, help="how much the second one counts")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    _, published = read_weights(given.weights)
    before, after = (unpacked(load_file(file), published) for file in (given.before, given.after))
    with safe_open(given.after, "pt") as file:
        told = {**file.metadata(), "averaged": f"{given.share} of these and the rest of what training went on from"}
    mixed = {name: tensor + given.share * (after[name] - tensor) for name, tensor in before.items()}
    save_file(packed(mixed, published), given.out, metadata=told)


if __name__ == "__main__":
    main()
