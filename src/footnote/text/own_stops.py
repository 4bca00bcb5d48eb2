"""Sentence ends in scripts that sentencex hardly supports: full stops in Khmer, brackets and digits in Chinese and
Japanese, and Thai and Lao, which have no full stops. And the apostrophes that it takes for quotation marks.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»›)）」』"
_APOSTROPHE = re.compile(
    r"(?<![^\s(\"“„‘«])['’‘](?=[stnk][ -](\w)|((?:tis|twas|twere|twill|till?|em)\b)|\d\ds?\b(?![.,:]\d))", re.IGNORECASE
)
"""The one of the Dutch `'s Avonds` and `'t`, and of the English `'Tis` and `'90s`."""

_KHMER_STOP = re.compile(rf"[។៕]+[{_CLOSERS}]*+\s*+")
_CLOSED_BRACKET = re.compile(r"(?<=[。！？])）\s*+(?=[^\W_])")
_BEFORE_A_DIGIT = re.compile(rf"(?<![。｡！？])[。｡！？]++[{_CLOSERS}]*+\s*+(?=\d)")
_BRACKETS = (("（", "）"), ("「", "」"), ("『", "』"), ("“", "”"), ("《", "》"), ("(", ")"))
_NO_STOPS = "\u0e01-\u0e4e\u0e81-\u0ece"
_BLANK = re.compile(rf"(?<=[{_NO_STOPS}])\s++(?=[{_NO_STOPS}])(?![{_NO_STOPS}]{{1,3}}\.)")
"""Spaces between sentences, and between the parts of a long one; not before an abbreviation."""

_ABBREVIATED = re.compile(rf"[{_NO_STOPS}]\.\s*\Z")
_LONGEST_QUOTE = 300
_SHORTEST = 50
"""At least this many characters between two spaces count as a sentence."""


def without_apostrophes(text: str) -> str:
    """The text with a letter or digit for each apostrophe at the start of a word, in capitals as what follows it."""
    return _APOSTROPHE.sub(lambda found: _instead(found[1] or found[2]), text)


def _instead(following: str | None) -> str:
    if following is None:
        return "0"
    return "X" if following[0].isupper() else "x"


def with_own_stops(text: str, ends: set[int]) -> set[int]:
    """The ends that were found, plus the missing ones."""
    ends = ends | {found.end() for found in _KHMER_STOP.finditer(text)}
    for found in _CLOSED_BRACKET.finditer(text):
        opened = text.rfind("（", 0, found.start())
        if opened == 0 or (opened > 0 and text[opened - 1] in "。！？"):
            ends.add(found.end())
    ends |= {found.end() for found in _BEFORE_A_DIGIT.finditer(text) if not _is_within_brackets(text, found.end())}
    blanks = [found.span() for found in _BLANK.finditer(text)]
    return _at_blanks(text, ends, blanks) if blanks else ends


def _is_within_brackets(text: str, position: int) -> bool:
    """Whether brackets or quotation marks are open there that are closed soon: these stay in one piece."""
    before, after = text[max(0, position - _LONGEST_QUOTE) : position], text[position : position + _LONGEST_QUOTE]
    return any(before.count(opens) > before.count(closes) and closes in after for opens, closes in _BRACKETS)


def _at_blanks(text: str, ends: set[int], blanks: list[tuple[int, int]]) -> set[int]:
    known = sorted(end for end in ends if end == len(text) or not _ABBREVIATED.search(text, max(0, end - 8), end))
    found = set(known)
    last = next_known = 0
    for start, end in blanks:
        while next_known < len(known) and known[next_known] <= start:
            last = known[next_known]
            next_known += 1
        if start - last >= _SHORTEST:
            found.add(end)
            last = end
    return found
