"""How a claim ends: the place where something else is often added to a true sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from footnote.checks.figures.numbers import in_digits
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import content_words, meanings

_SHORT = 6
"""Content words. In a shorter claim the last word matters most; a longer one may end in a word of its own."""


def has_known_ending(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """The claim ends in words that are in a source or, if capitalised, in its article's title and outlet.

    Of the claims in WiCE's dev set that pass all other checks, this drops 1 of 32 supported ones and 2 of 11 others
    (benchmarks/grounding.py).
    """
    words = content_words(in_digits(claim))
    said = {stem for source in sources for stem in meanings(in_digits(known(source)))}
    named = {stem for source in sources for stem in meanings(source.header)}
    new = takewhile(lambda word: not meanings(word) <= (said | named if word[0].isupper() else said), reversed(words))
    return len([*new]) <= (len(words) >= _SHORT)
