"""Links, domains and mentions: what could lead a reader away or call somebody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.source import Source

_ADDRESS = re.compile(
    r"\w+://\S+|\bwww\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|@\w+|<[@#/:a]?[^<>\s]+>|\]\(", re.IGNORECASE
)


def has_known_addresses(claim: str, sources: Sequence[Source]) -> bool:
    """Every address and mention in the claim stands in a source, letter by letter."""
    return all(any(address in source.quote for source in sources) for address in _ADDRESS.findall(claim))
