"""The tokenizer of a converted model."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from tokenizers import Tokenizer

from footnote.adapters.bert.conversion import TOKENIZER, sha256

MAX_TOKENS = 512
"""The models have no positions beyond this. Passages are much shorter; a longer text is cut off."""

_OPENED: dict[str, Tokenizer] = {}
_OPENING = Lock()  # models are loaded in parallel


def tokenizer_of(model: Path) -> Tokenizer:
    """Without padding. Models with the same tokenizer share one: MiniLM and the reader do, which saves 8 MB."""
    file = model / TOKENIZER
    with _OPENING:
        checksum = sha256(file)
        if checksum not in _OPENED:
            tokenizer = Tokenizer.from_file(str(file))
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_TOKENS)
            _OPENED[checksum] = tokenizer
        return _OPENED[checksum]
