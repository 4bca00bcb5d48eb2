"""Spellings that people take for one: letters with and without accents, soft hyphens, curly apostrophes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_LIKE = dict(
    zip("øØđĐłŁıæÆœŒß\xad’", ["o", "O", "d", "D", "l", "L", "i", "ae", "Ae", "oe", "Oe", "ss", "", "'"], strict=True)
)
"""Letters that Unicode does not take apart, the soft hyphen and the curly apostrophe."""


def unaccented(text: str) -> str:
    """São and Sao are one, ø and o are too. Of the marks that are taken off, those of other scripts stay."""
    return text if text.isascii() else unicodedata.normalize("NFC", "".join(_letters(text)))


def _letters(text: str) -> Iterator[str]:
    for character in unicodedata.normalize("NFKD", text):
        if not _FIRST_MARK <= character <= _LAST_MARK:
            yield _LIKE.get(character, character)


_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"
"""Accents of Latin, Greek and Cyrillic letters. Marks of Arabic or Hindi are part of a word."""
