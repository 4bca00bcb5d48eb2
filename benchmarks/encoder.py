"""How fast the encoder is, in int8 and in float32: `python benchmarks/encoder.py SET_DIR [--passages 200]`.

The set's passages, sorted by length as a build sorts them, on one core. Rounds take turns, so that other work hits all
alike; the best of each counts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path
from time import perf_counter

import ctranslate2
import numpy as np
from drawn_vectors import passages_of
from rich.table import Table
from running_set import console

from footnote.adapters.bert.encoder import opened
from footnote.adapters.bert.tokenizer import tokenizer_of
from footnote.adapters.minilm.weights import converted, find_weights

TYPES, BATCHES = ("int8", "float32"), (1, 2, 4, 12)


def rate(encoder: ctranslate2.Encoder, ids: list[list[int]], batch: int) -> float:
    """Tokens a second."""
    began = perf_counter()
    for start in range(0, len(ids), batch):
        np.asarray(encoder.forward_batch(ids[start : start + batch]).last_hidden_state)
    return sum(map(len, ids)) / (perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as models:
        model = converted(find_weights(), Path(models))
        passages = random.Random(7).sample(passages_of(given.folder / "articles"), given.passages)  # noqa: S311
        ids = sorted((tokenizer_of(model).encode(one.text).ids for one in passages), key=len)
        opened(model, cores=1)  # says which instructions are used, as the program does
        encoders = {
            kind: ctranslate2.Encoder(str(model), device="cpu", compute_type=kind, inter_threads=1, intra_threads=1)
            for kind in TYPES
        }
        best: Counter[tuple[str, int]] = Counter()
        for _ in range(given.rounds):
            for batch, (kind, encoder) in product(BATCHES, encoders.items()):
                best[kind, batch] = max(best[kind, batch], round(rate(encoder, ids, batch)))
    table = Table("texts a batch", *(f"{kind}, tokens a second" for kind in TYPES), "times")
    for batch in BATCHES:
        quick, slow = best["int8", batch], best["float32", batch]
        table.add_row(str(batch), f"{quick:,.0f}", f"{slow:,.0f}", f"{quick / slow:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()
