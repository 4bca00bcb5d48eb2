"""What stands above a sentence, and is said before it."""

from __future__ import annotations

from dataclasses import dataclass

from footnote.models import Sentence


@dataclass(frozen=True, slots=True)
class Above:
    """A heading or a title, which has no `sentence`, or what a sentence above says."""

    text: str
    sentence: Sentence | None = None
