"""What an answer says about how it was made."""

from __future__ import annotations


def together(*notes: str | None) -> str | None:
    """On one line, in this order; None if there is none."""
    return " ".join(filter(None, notes)) or None
