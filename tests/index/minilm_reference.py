"""Makes minilm_reference.npz: what the original model says in fp32. It needs torch and transformers: run it by hand.

python tests/index/minilm_reference.py FOLDER_WITH_MODEL_SAFETENSORS
"""

from __future__ import annotations

import sys
from pathlib import Path

TEXTS = (
    "Who leads the National Resistance Front?",
    "Ahmad Massoud leads the National Resistance Front.",
    "The valley is 115 kilometres long.",
    "Kabul",
    "On 15 August 2021 the Taliban took the capital without a fight, and the government fell within hours.",
    "What is the capital of France?",
    "Paris is the capital and largest city of France, on the river Seine.",
    "The quick brown fox jumps over the lazy dog.",
    "¿Dónde está la biblioteca?",
    "Der Zug nach Zürich fährt um 8:15 Uhr ab.",
    "Prices rose by 3.5 % in March, more than anybody had expected.",
    "😀 Emoji and symbols: ✓ → § €",
    "def add(a, b): return a + b",
    "A",
    "1, 2, 3, 4, 5",
    "The committee met again on Tuesday. It reached no decision, and adjourned until autumn. Its chair resigned.",
    "Photosynthesis turns light, water and carbon dioxide into sugar and oxygen.",
    "He said: “We will not surrender.” Nobody answered him.",
    "Supply roads were blocked and the internet was cut, so that news came by satellite telephone only. " * 6,
    "An index is built beside the live one, and the switch from one to the other is a single step. " * 9,
)


def main() -> None:
    import numpy as np
    import torch
    from transformers import AutoModel, AutoTokenizer

    folder = sys.argv[1]
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    vectors = []
    for text in TEXTS:
        tokens = tokenizer(text, return_tensors="pt", truncation=True, max_length=512)
        with torch.no_grad():
            hidden = model(**tokens).last_hidden_state[0].mean(dim=0).numpy()
        vectors.append(hidden / np.linalg.norm(hidden))
    np.savez_compressed(Path(__file__).with_suffix(".npz"), vectors=np.array(vectors, np.float32))


if __name__ == "__main__":
    main()
