"""Text in the form that multilingual-e5-small's tokenizer expects."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

CHARACTERS = "characters.json"
"""What single characters are read as: full-width letters as normal ones, control characters as nothing."""


def plain_text(model: Path) -> Callable[[str], str]:
    """What SentencePiece does first, for the converted model in that folder."""
    characters = str.maketrans(json.loads((model / CHARACTERS).read_text(encoding="utf-8")))
    return lambda text: unicodedata.normalize("NFC", text).translate(characters)
