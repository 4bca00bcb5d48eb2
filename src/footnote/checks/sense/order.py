"""What came before what: a claim keeps the order of its sources, whichever way round it says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.checks.sense.ordinals import has_same_ordinals
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_MARKER = re.compile(
    r"\b(?:(?P<before>before|prior to|ahead of|(?:was|were|is|are)\s+followed by|followed by|preced\w+)"
    r"|(?P<after>after|following|followed(?! by)|since)|(?P<later>later|afterwards?|subsequently))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_SPAN_END = re.compile(r";|,?\s(?:and|but)\s(?=[a-z])")
_REACH = 14
"""How many words on either side are taken to be what is ordered."""


_HOW_LONG = meanings(
    "second minute hour day week month year decade century few several some one two three four five six seven eight "
    "nine ten come happen occur take place long short later earlier shortly soon"
)
"""Words that say how far apart events are, not what they are."""


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Words of what came `first` and of what came `second`."""

    first: frozenset[str]
    second: frozenset[str]


def has_same_order(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Nothing is put before something that comes first in a source, nor called second that is first there."""
    if not has_same_ordinals(claim, sources):
        return False
    told = [one for source in sources for one in _orders(source.quote)]
    return not any(_is_turned(one, other) for one in _orders(claim) for other in told)


def _orders(text: str) -> Iterator[_Ordered]:
    for sentence in _SENTENCE.split(text):
        for marker in _MARKER.finditer(sentence):
            left = meanings(" ".join(_SPAN_END.split(sentence[: marker.start()])[-1].split()[-_REACH:]))
            behind = _SPAN_END.split(sentence[marker.end() :])[0]
            right = meanings(" ".join((behind if marker["later"] else re.split(r"[,;]", behind)[0]).split()[:_REACH]))
            left, right = left - _HOW_LONG, right - _HOW_LONG
            if marker["before"]:
                yield _Ordered(left, right)
            elif marker["after"]:
                yield _Ordered(right, left)
            else:
                yield _Ordered(frozenset(), left | right)


def _is_turned(one: _Ordered, other: _Ordered) -> bool:
    straight = len(one.first & other.first) + len(one.second & other.second)
    turned = len(one.first & other.second) + len(one.second & other.first)
    return turned >= straight + 2
