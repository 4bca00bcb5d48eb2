"""Where something begins and where it ends: "from 9:00 to 17:00" is not "from 17:00 to 9:00"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence

from footnote.checks.figures.numbers import in_digits
from footnote.checks.source import QuotedSource

_DAY_OR_MONTH = "|".join(name for name in (*calendar.day_name, *calendar.month_name) if name)
_END = rf"[$€£]?\d++(?:[.,:]\d++)*+(?:\s?[ap]\.?m\b\.?)?|(?:{_DAY_OR_MONTH})"
_RANGE = re.compile(
    rf"\b(?:from|between)\s(?:about\s|around\s)?(?P<first>{_END})(?:\s[^\W\d]{{1,15}})?\s(?:to|until|till|and)\s"
    rf"(?:about\s|around\s)?(?P<last>{_END})",
    re.IGNORECASE,
)
_FULL_HOUR = re.compile(r":00\Z")


def has_same_ranges(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No range of the claim runs the other way in a source: between figures, times, days or months."""
    told = {pair for source in sources for pair in _ranges(source.quote)}
    return not any((last, first) in told and (first, last) not in told for first, last in _ranges(claim))


def _ranges(text: str) -> Iterator[tuple[str, str]]:
    for match in _RANGE.finditer(in_digits(text)):
        first, last = _end(match["first"]), _end(match["last"])
        if first != last:
            yield first, last


def _end(text: str) -> str:
    return _FULL_HOUR.sub("", re.sub(r"[\s.,](?!\d)|[$€£]", "", text.casefold()))
