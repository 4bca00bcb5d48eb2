"""The tokenizer of a converted model."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

from tokenizers import Tokenizer

from footnote.adapters.bert.conversion import TOKENIZER

MAX_TOKENS = 512
"""The models know no positions beyond. Passages stay far below; a longer text counts with its beginning."""


def tokenizer_of(model: Path) -> Tokenizer:
    """It pads nothing. Models with the same vocabulary, as the embedder and the reader, share one, which takes 8 MB."""
    with _PARSING:
        return _parsed((model / TOKENIZER).read_text(encoding="utf-8"))


_PARSING = Lock()  # models are loaded beside each other


@lru_cache(maxsize=2)
def _parsed(text: str) -> Tokenizer:
    tokenizer = Tokenizer.from_str(text)
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return tokenizer
