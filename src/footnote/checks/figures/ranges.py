"""Where something begins and where it ends: "from 9:00 to 17:00" is not "from 17:00 to 9:00"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote.checks.dates.days import DAY_OR_MONTH
from footnote.checks.figures.numbers import in_digits
from footnote.checks.source import QuotedSource

_END = rf"[$€£]?\d++(?:[.,:]\d++)*+(?:\s?(?:[ap]\.?m\b\.?|%))?|(?:{DAY_OR_MONTH})(?:\s\d{{1,2}}\b)?"
_UNIT = r"(?:\s?°\s?[CF]?\b)?(?:\s[^\W\d]{1,15}){0,2}"
_ABOUT = r"(?:about\s|around\s)?"
_RANGE = re.compile(
    rf"\b(?P<word>from|between)\s{_ABOUT}(?P<first>{_END}){_UNIT}\s(?:to|until|till|and)\s{_ABOUT}(?P<last>{_END})"
    rf"|\bto\s{_ABOUT}(?P<new>{_END}){_UNIT}\sfrom\s{_ABOUT}(?P<old>{_END})",
    re.IGNORECASE,
)
_RISES = re.compile(
    r"\b(?:r[io]se[ns]?|rising|rais(?:e[ds]?|ing)|increas(?:e[ds]?|ing)|gr[eo]w[ns]?|growing|climb(?:s|ed|ing)?|up)\b",
    re.IGNORECASE,
)
_FALLS = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|cut(?:s|ting)?|lower(?:s|ed|ing)|reduc(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)"
    r"|declin(?:e[ds]?|ing)|drop(?:s|ped|ping)?|shr[aiu]nk(?:s|ing)?|down)\b",
    re.IGNORECASE,
)
_FULL_HOUR = re.compile(r":00\Z")


def has_same_ranges(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No range of the claim runs the other way in a source: between figures, times, days or months."""
    told = {run for source in sources if not _may_turn(claim, source.quote) for run in _ranges(source.quote)}
    straight = {(first, last) for source in sources for _, first, last in _ranges(source.quote)}
    return not any(
        (word, last, first) in told and (first, last) not in straight for word, first, last in _ranges(claim)
    )


def _may_turn(claim: str, quote: str) -> bool:
    """Whether one tells of a rise and the other of a fall, or the quote of both."""
    rises, falls = bool(_RISES.search(quote)), bool(_FALLS.search(quote))
    return (rises and falls) or (rises and bool(_FALLS.search(claim))) or (falls and bool(_RISES.search(claim)))


def _ranges(text: str) -> Iterator[tuple[str, str, str]]:
    """Each range with the word before it: "between 5 and 9" does not tell which comes first in "from 9 to 5"."""
    for match in _RANGE.finditer(in_digits(text)):
        first, last = _end(match["first"] or match["old"]), _end(match["last"] or match["new"])
        if first != last:
            yield (match["word"] or "from").casefold(), first, last


def _end(text: str) -> str:
    return _FULL_HOUR.sub("", re.sub(r"[\s.,](?!\d)|[$€£%]", "", text.casefold()))
