"""The tokenizer of a converted model."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from tokenizers import Tokenizer

from footnote.adapters.bert.conversion import TOKENIZER, sha256

MAX_TOKENS = 512
"""The models know no positions beyond. Passages stay far below; a longer text counts with its beginning."""

_OPENED: dict[str, Tokenizer] = {}
_OPENING = Lock()  # models are loaded beside each other


def tokenizer_of(model: Path) -> Tokenizer:
    """It pads nothing. Models with the same tokenizer share one: MiniLM and the reader, for which it takes 8 MB."""
    file = model / TOKENIZER
    with _OPENING:
        checksum = sha256(file)
        if checksum not in _OPENED:
            tokenizer = Tokenizer.from_file(str(file))
            tokenizer.no_padding()
            tokenizer.enable_truncation(MAX_TOKENS)
            _OPENED[checksum] = tokenizer
        return _OPENED[checksum]
