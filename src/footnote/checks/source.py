"""What a claim is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class QuotedSource:
    """A source sentence, and what its article's header adds to it: title and outlet, and the date of publication."""

    quote: str
    header: str = ""
    published: date | None = None
