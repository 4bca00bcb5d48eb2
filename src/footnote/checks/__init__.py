"""The checks that compare a claim with its sources: pure functions, each `(claim, sources) -> bool`, and `support`.

They look at words, not meaning: they catch what was altered, and let paraphrases through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from footnote.checks.addresses import has_known_addresses
from footnote.checks.clauses import has_supported_clauses, speaks_as_its_sources_do
from footnote.checks.dates.given_dates import has_dates
from footnote.checks.endings import has_known_ending
from footnote.checks.figures.given_numbers import has_numbers
from footnote.checks.figures.limits import has_same_limits
from footnote.checks.figures.ranges import has_same_ranges
from footnote.checks.figures.units import has_same_units
from footnote.checks.names.names import has_names
from footnote.checks.one_form import without_opener
from footnote.checks.other_languages import (
    are_in_another_language,
    has_local_dates,
    has_local_names,
    has_local_numbers,
    has_same_local_sense,
    keeps_local_prohibition,
)
from footnote.checks.quotations import has_quoted_words
from footnote.checks.sense.counts import has_same_counts
from footnote.checks.sense.negation import has_same_sense, keeps_prohibition
from footnote.checks.sense.order import has_same_order
from footnote.checks.sense.roles import has_known_cause, has_same_roles
from footnote.checks.sense.strength import has_same_strength
from footnote.checks.sense.tense import has_same_time
from footnote.checks.sense.together import has_parts_together
from footnote.checks.source import QuotedSource
from footnote.checks.support import copied, support

Check = Callable[[str, Sequence[QuotedSource]], bool]

KNOWN_ENDING, SAME_SENSE = "known ending", "same sense"

IN_OTHER_LANGUAGES: Mapping[str, Check] = {
    "numbers": has_local_numbers,
    "dates": has_local_dates,
    "names": has_local_names,
    "quoted words": has_quoted_words,
    SAME_SENSE: has_same_local_sense,
    "prohibition": keeps_local_prohibition,
    "known addresses": has_known_addresses,
}
"""The checks for sentences that are not in English: most others know English words only."""

CHECKS: Mapping[str, Check] = {
    "numbers": has_numbers,
    "dates": has_dates,
    "names": has_names,
    "same units": has_same_units,
    "same ranges": has_same_ranges,
    "same limits": has_same_limits,
    "quoted words": has_quoted_words,
    "prohibition": keeps_prohibition,
    SAME_SENSE: has_same_sense,
    "known addresses": has_known_addresses,
    "words to the reader": speaks_as_its_sources_do,
    "parts together": has_parts_together,
    "same order": has_same_order,
    "same roles": has_same_roles,
    "same strength": has_same_strength,
    "same time": has_same_time,
    "known cause": has_known_cause,
    "same counts": has_same_counts,
}
"""By the names that receipts use for the check that a claim has failed."""

_ABOUT_SENSE = {
    SAME_SENSE,
    "parts together",
    "same order",
    "same roles",
    "same strength",
    "same time",
    "known cause",
    "same counts",
}

SENSE: Mapping[str, Check] = {name: check for name, check in CHECKS.items() if name in _ABOUT_SENSE}
"""Checks that guess the sense of a claim from its words. A good paraphrase may fail one: where a trained reader looks
at a claim, they are weighed with what it says.
"""

EXACT: Mapping[str, Check] = {name: check for name, check in CHECKS.items() if name not in _ABOUT_SENSE}
"""Checks that no claim may fail."""

_MOSTLY_COPIED = 0.7
"""The share of a claim's words from which a negation that only one side has says that they disagree: of claims in
other words, as many right ones have one as wrong ones.
"""

DOUBTS: Mapping[str, Check] = {KNOWN_ENDING: has_known_ending, "supported clauses": has_supported_clauses}
"""Checks that a good paraphrase may fail too: they count only if no trained reader checks the claim."""


def first_failed(claim: str, sources: Sequence[QuotedSource], *, among: Mapping[str, Check] = CHECKS) -> str | None:
    """The name of the first check that a claim fails; None when it passes all. Sentences in other languages have checks
    of their own, which are all exact.
    """
    checks = IN_OTHER_LANGUAGES if are_in_another_language(sources) else among
    return next(_failed(claim, sources, checks), None)


def fails_in_sense(claim: str, sources: Sequence[QuotedSource]) -> list[str]:
    """The names of the checks of its sense that a claim fails; none for sentences in other languages."""
    if are_in_another_language(sources):
        return []
    failed = [*_failed(claim, sources, SENSE)]
    if SAME_SENSE in failed and copied(claim, sources) < _MOSTLY_COPIED:
        failed.remove(SAME_SENSE)
    return failed


def _failed(claim: str, sources: Sequence[QuotedSource], checks: Mapping[str, Check]) -> Iterator[str]:
    claim = without_opener(claim)
    return (name for name, check in checks.items() if not check(claim, sources))


def first_doubt(claim: str, sources: Sequence[QuotedSource]) -> str | None:
    if are_in_another_language(sources):
        return None
    claim = without_opener(claim)
    return next((name for name, check in DOUBTS.items() if not check(claim, sources)), None)


__all__ = [
    "CHECKS",
    "DOUBTS",
    "EXACT",
    "IN_OTHER_LANGUAGES",
    "KNOWN_ENDING",
    "SENSE",
    "Check",
    "QuotedSource",
    "are_in_another_language",
    "copied",
    "fails_in_sense",
    "first_doubt",
    "first_failed",
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
