"""Spellings that people treat as the same: letters with and without accents, soft hyphens, curly apostrophes."""

from __future__ import annotations

import re
import unicodedata

_LIKE = str.maketrans(
    dict(
        zip(
            "øØđĐłŁıæÆœŒß\xad’", ["o", "O", "d", "D", "l", "L", "i", "ae", "Ae", "oe", "Oe", "ss", "", "'"], strict=True
        )
    )
)
"""Letters that Unicode does not decompose, the soft hyphen and the curly apostrophe."""


def unaccented(text: str) -> str:
    """São and Sao are the same, and so are ø and o. Marks of other scripts are not removed."""
    if text.isascii():
        return text
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", letters.translate(_LIKE))


_MARKS = re.compile("[\u0300-\u036f]")
"""Accents of Latin, Greek and Cyrillic letters. Marks of Arabic or Hindi are part of a word."""
