"""How much a day, an hour, a person: the same figure for another one is another price or pay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from footnote.checks.figures.numbers import in_digits
from footnote.checks.one_form import in_one_form
from footnote.checks.source import QuotedSource, known

_FIGURE_AND_NEXT = re.compile(
    r"(?<![\d.,])(?P<figure>\d++(?:[.,]\d++)*+)(?P<next>(?:[ \xa0/-]{1,3}[^\W\d_]{1,12}\b|\s?/\s?){1,6}+)"
)
_EACH = re.compile(
    r"(?:/\s?|\b(?:per|an?|each|every)\s)(second|minute|hour|day|night|week|month|quarter|year|annum|person|head)\b"
    r"|\b(hour|dai|night|week|month|quarter|year|annual)ly\b",
    re.IGNORECASE,
)
_SAME = {"annum": "year", "annual": "year", "dai": "day", "head": "person"}


def has_same_rates(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """No figure of the claim is for a day where its sources give it only for an hour, a month or a person."""
    told = defaultdict[str, set[str]](set)
    for source in sources:
        for figure, each in _rates(known(source)):
            told[figure] |= each
    return all(each & told[figure] or not each or not told[figure] for figure, each in _rates(claim))


def _rates(text: str) -> Iterator[tuple[str, set[str]]]:
    """Each figure, and what the words behind it say that it is for."""
    for match in _FIGURE_AND_NEXT.finditer(in_digits(in_one_form(text))):
        found = ((each or adverb).casefold() for each, adverb in _EACH.findall(match["next"]))
        yield match["figure"], {_SAME.get(each, each) for each in found}
