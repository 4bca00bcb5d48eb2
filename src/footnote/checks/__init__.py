"""What a claim is held against its sources for: pure functions, each `(claim, sources) -> bool`, and `support`.

They are about words, not meaning: they catch what was altered, and let through what is said in other words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from footnote.checks.addresses import has_known_addresses
from footnote.checks.clauses import has_supported_clauses
from footnote.checks.dates import has_dates
from footnote.checks.endings import has_known_ending
from footnote.checks.names import has_names
from footnote.checks.negation import has_same_sense
from footnote.checks.numbers import has_numbers
from footnote.checks.quotations import has_quoted_words
from footnote.checks.source import Source
from footnote.checks.support import support

Check = Callable[[str, Sequence[Source]], bool]

CHECKS: tuple[Check, ...] = (
    has_numbers,
    has_dates,
    has_names,
    has_quoted_words,
    has_same_sense,
    has_known_addresses,
    has_known_ending,
    has_supported_clauses,
)

__all__ = [
    "CHECKS",
    "Check",
    "Source",
    "has_dates",
    "has_known_addresses",
    "has_known_ending",
    "has_names",
    "has_numbers",
    "has_quoted_words",
    "has_same_sense",
    "has_supported_clauses",
    "support",
]
