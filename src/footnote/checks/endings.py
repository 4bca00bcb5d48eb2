"""What a claim ends in: the place where a true sentence is continued with something else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from footnote.checks.numbers import in_digits
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import content_words, meanings

_SHORT = 6
"""Content words. In a shorter claim the last one is what it says; a longer one may end in a word of its own."""


def has_known_ending(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """The claim ends in words that stand in a source, or, with a capital, in its article's title and outlet.

    Of the claims in WiCE's dev set that pass all other checks, this drops 1 of 32 supported ones and 2 of 11 others
    (benchmarks/grounding.py).
    """
    words = content_words(in_digits(claim))
    said = {stem for source in sources for stem in meanings(in_digits(known(source)))}
    named = {stem for source in sources for stem in meanings(source.header)}
    new = takewhile(lambda word: not meanings(word) <= (said | named if word[0].isupper() else said), reversed(words))
    return len([*new]) <= (len(words) >= _SHORT)
