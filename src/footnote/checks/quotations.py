"""Words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.source import QuotedSource
from footnote.checks.words import folded

_QUOTED = re.compile(  # a quotation that is never closed continues to the end; the mark in 27" means inches
    r"(?<!\d)\"([^\"]*)(?:\"|$)|“([^”]*)(?:”|$)|«([^»]*)(?:»|$)|„([^“”]*)(?:[“”]|$)"
    r"|(?<!\w)‘((?:[^’]|(?<=\w)’(?=\w))*)(?:’|$)"  # the mark in it’s does not end it
    r"|(?<!\w)'(?=[^\W\d])(?!(?:n|em|tis|twas|til|cause|cos|bout|round)\b)((?:[^']|(?<=\w)'(?=\w))*)'(?!\w)"
    r"|``?((?:(?!'')[^`])*)(?:''|`|$)|‹([^›]*)(?:›|$)|「([^」]*)(?:」|$)|『([^』]*)(?:』|$)"
)


def has_quoted_words(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Everything in quotation marks in the claim is in one source, word for word."""
    said = [folded("".join(groups)) for groups in _QUOTED.findall(claim)]
    return all(any(f" {words} " in f" {folded(source.quote)} " for source in sources) for words in said if words)
