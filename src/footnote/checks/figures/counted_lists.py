"""How many things a text lists: three in "A, B and C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.checks.words import meanings

_MEASURE_LIST = """
euros pounds dollars pence cents francs kroner yen miles metres meters kilometres kilometers feet inches grams kilograms
kilos tonnes tons litres liters hours minutes seconds days weeks months years decades times points degrees
"""
MEASURES = frozenset(_MEASURE_LIST.split())

_SERIES = re.compile(r"(?:, (?:[^\s,;:.()]++ ){0,3}[^\s,;:.()]++){1,10}(?=,? (?:and|or|as well as)\b)")
_PAIR = re.compile(
    r"(?<![\w’'-])(?:[A-Z][\w’']*+ ){0,3}[A-Z][\w’']*+ and [A-Z][\w’']*+(?: [A-Z][\w’']*+){0,3}"
    r"(?:,? (?:(?:all|are|both|the|two|were|who) ){0,3}[\w’'-]++)?"
)
_LEADS_TO_A_LIST = re.compile(
    r"(?<!\w)\w[\w’'-]{0,19}(?:\W{1,3}(?:of|in|from|named|called|are|were|like|including|such as|between)?\W{0,2})$"
)
_LONGEST_LEAD = 35
_AROUND_A_SERIES = 40
_INTRODUCES = re.compile(
    r"(?:in|on|at|by|after|before|during|for|from|since|until|according|last|this|next|however|meanwhile)\b",
    re.IGNORECASE,
)
_NOUN = r"(?:[a-z]+ )?([a-z]{2,}s|people|men|women|children)"
_COUNTED = re.compile(rf"\b([2-9]|1[0-2]) {_NOUN}\b")
_ANY_COUNTED = re.compile(rf"(?<![\w.,])(\d[\d.,]*+) {_NOUN}\b")
_OWN_LIST = re.compile(rf"\b([2-9]|1[0-2]) {_NOUN}(?:\s?\(|\s[—–]\s|(?:,? [\w’'-]{{1,20}}){{0,6}}:\s)([^:()—–]+)")
_BETWEEN_ITEMS = re.compile(r",\s*+(?:(?:and|or)\s++)?+|;\s*+|(?<!\s)\s++(?:and|or)\s++")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list in a text, with what stands next to it."""

    count: float
    text: str
    start: int
    end: int

    def is_of(self, noun: str) -> bool:
        """Whether the text has the noun next to the list or not at all: it is not about other things of that kind."""
        found = [*re.finditer(rf"\b{re.escape(noun.removesuffix('s'))}(?:e?s)?\b", self.text, re.IGNORECASE)]
        return not found or any(self.start <= match.start() < self.end for match in found)


def counts_of_lists(said: str, texts: Sequence[str]) -> Iterator[float]:
    """The numbers of things in a claim that a text lists, or that the claim lists itself from the texts."""
    counted = [(float(count), noun.casefold()) for count, noun in _COUNTED.findall(said)]
    things = [(count, noun) for count, noun in counted if noun not in MEASURES]
    listed = [one for text in texts for one in _listed(text)]
    for count, noun in things:
        if any(one.count == count and one.is_of(noun) for one in listed) and not _gives_one(noun, texts):
            yield count
    yield from _own_lists(said, texts)


def _own_lists(said: str, texts: Sequence[str]) -> Iterator[float]:
    known = frozenset[str]().union(*map(meanings, texts))
    for count, noun, listed in _OWN_LIST.findall(said):
        items = [meanings(item) for item in _BETWEEN_ITEMS.split(listed.strip(" ."))]
        is_known = all(item and item <= known for item in items)
        if len(items) == int(count) and noun.casefold() not in MEASURES and is_known:
            yield float(count)


def _listed(text: str) -> Iterator[_Listed]:
    for pair in _PAIR.finditer(text):
        lead = _LEADS_TO_A_LIST.search(text, max(0, pair.start() - _LONGEST_LEAD), pair.start())
        yield _Listed(2.0, text, lead.start() if lead else pair.start(), pair.end())
    for series in _SERIES.finditer(text):
        before = text[: series.start()]
        if "," not in before and not _INTRODUCES.match(before):
            start, end = series.start() - _AROUND_A_SERIES, series.end() + _AROUND_A_SERIES
            yield _Listed(float(series[0].count(", ") + 2), text, start, end)


def _gives_one(noun: str, texts: Sequence[str]) -> bool:
    """Whether the texts themselves say how many there are."""
    return any(noun == other.casefold() for text in texts for _, other in _ANY_COUNTED.findall(text))
