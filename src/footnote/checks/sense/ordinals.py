"""First, second, third: an ordinal number in place of another one, or of none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote.checks.plain_letters import with_plain_i
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<name>{'|'.join(_NAMES)})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEXT = re.compile(r"[ -](?P<word>[^\W\d_]{2,})")
_NO_THING_LIST = """
in on at of for from by with to and but behind ahead after before when as while overall this that
"""
_NO_THING = frozenset(_NO_THING_LIST.split())
"""Behind an ordinal that does not belong to a noun: she came second in the race."""

_MOST = re.compile(r"\b(?:[a-z]{2,12}est|most)\b")

_AMONG = re.compile(r"\b(?:one|some|two|three) of the $|\bamong the $")
_OTHERWISE = re.compile(r"\b(?:II|III|Q[1-4])\b")
_IN_TURN = frozenset({"half", "quarter", "round", "set", "leg", "world", "war", "time"})
"""Things of which a text may name the second one as the next, or as what came after the break."""

_Place = tuple[int, frozenset[str]]
"""An ordinal and what is counted: the stems of a word."""


def has_same_ordinals(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Nothing is second in the claim that is first in its sources, and the largest and the second largest are not
    exchanged. An ordinal that a source has too may be of anything.
    """
    told = [place for source in sources for place in _places(source.quote)]
    known = {place for place, _ in told}
    said = [one for one in _places(claim) if one[0] not in known]
    if any(_OTHERWISE.search(source.quote) for source in sources):
        return True
    if any((what & other) - _IN_TURN for _, what in said for _, other in told):
        return False
    most = _most_of_all(claim), frozenset[str]().union(*(_most_of_all(source.quote) for source in sources))
    return not (_next_to(said) & most[1] or _next_to(told) & most[0] - most[1])


def _places(text: str) -> Iterator[_Place]:
    """Of each ordinal, the word behind it or, at the end of a phrase, before it: the second edition, came second."""
    text = with_plain_i(text)
    for found in _ORDINAL.finditer(text):
        place = int(found["digits"]) if found["digits"] else _NAMES.index(found["name"].casefold()) + 1
        behind = _NEXT.match(text, found.end())
        words = [behind["word"]] if behind else []
        if not behind or behind["word"].casefold() in _NO_THING:
            words = _WORD.findall(text[: found.start()])[-1:]
        yield place, frozenset(word for word in words if _MOST.fullmatch(word)) or meanings(" ".join(words))


def _most_of_all(text: str) -> frozenset[str]:
    """Its superlatives without an ordinal."""
    return frozenset(
        most[0]
        for most in _MOST.finditer(text)
        if not _ends_with_ordinal(text[: most.start()]) and not _AMONG.search(text[: most.start()][-12:])
    )


def _ends_with_ordinal(text: str) -> bool:
    return any(found.end() >= len(text) - 1 for found in _ORDINAL.finditer(text))


def _next_to(places: Sequence[_Place]) -> frozenset[str]:
    """The superlatives behind "second", "third" and so on."""
    return frozenset(word for place, what in places if place > 1 for word in what if _MOST.fullmatch(word))
