"""The Turkish letters ı and İ as i and I: patterns that ignore case take them for an i, but tables of words do not."""

from __future__ import annotations

_PLAIN = str.maketrans("ıİ", "iI")


def with_plain_i(text: str) -> str:
    """Each letter keeps its place."""
    return text.translate(_PLAIN)
