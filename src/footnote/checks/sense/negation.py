"""Negations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote.checks.figures.limit_words import LESS_THAN, MORE_THAN
from footnote.checks.figures.number_words import UNITS
from footnote.checks.source import QuotedSource
from footnote.checks.words import meanings

_FIGURE = rf"(?:the\s)?(?:[$€£]?\d|(?:{'|'.join(UNITS.split())}|half)\b|[A-Z])"
_LIMIT = rf"\b(?:[Aa]t\smost|[Nn]ot?\s(?:{MORE_THAN}|{LESS_THAN}))\s{_FIGURE}"
_LIMITS = re.compile(_LIMIT)
"""They negate as well as a negation does, but "up to 5" says the same without."""

_NEGATION = re.compile(
    rf"(?!(?-i:{_LIMIT}))\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot)\b"
    r"|\b(?:refus\w+|reject\w*|dismiss\w*|disput\w*|den(?:y|ies|ied)|fail(?:s|ed)? to|unable to)\b"
    r"|\bun(?:known|clear|decided|determined)\b",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"\b(?P<verb>can|won|shan|ain)['’]t\b|n['’]t\b", re.IGNORECASE)
_IN_FULL = {"can": "cannot", "won": "will not", "shan": "shall not", "ain": "is not"}
_CLAUSE_END = re.compile(r"[,;:.()–—]|--")
_NOT_SO = re.compile(
    r"\b(?:avoid\w*|refrain\w*|forbid\w*|forbade|forbidden|prohibit\w*|ban(?:s|ned)?|exclud\w+|except\w*|myths?|mistakes?"
    r"|incompatib\w+|un(?:supported|fixable|available|supportable)|impossible"
    r"|misconceptions?|wrong(?:ly)?|false(?:ly)?|harmful|dangerous)\b",
    re.IGNORECASE,
)
_MOST = 0.6
"""The share of the words of an item that a claim about it has."""
_REACH = 5
"""How many words on either side of a negation it is taken to be about."""


def has_same_sense(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """The claim negates only what a source negates, and the other way round."""
    quotes = [source.quote for source in sources]
    negated, limited = negations_in(claim), _limits_in(claim)
    in_sources = [words for quote in quotes for words in negations_in(quote)]
    prohibited = [meanings(source.quote) for source in sources if source.prohibition]
    limited_in_sources = [words for quote in quotes for words in _limits_in(quote)]
    return (
        len(negated) <= len(in_sources) + len(limited_in_sources) + len(prohibited)
        and all(
            any(_overlap(one, other) for other in (*in_sources, *limited_in_sources, *prohibited)) for one in negated
        )
        and (bool(negated or limited) or not any(_speaks_of(claim, what) for what in in_sources))
    )


def keeps_prohibition(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """What stands in a list of what is not done, or not so, is said with a negation."""
    return bool(_NOT_SO.search(claim) or negations_in(claim)) or not any(
        source.prohibition and len(meanings(source.quote) & meanings(claim)) >= _MOST * len(meanings(source.quote))
        for source in sources
    )


def negations_in(text: str) -> list[frozenset[str]]:
    """For each negation the content words around it, in its own clause."""
    text = _CONTRACTED.sub(_in_full, text)
    return [_around(text, match) for match in _NEGATION.finditer(text)]


def _limits_in(text: str) -> list[frozenset[str]]:
    return [_around(text, match) for match in _LIMITS.finditer(_CONTRACTED.sub(_in_full, text))]


def _in_full(contracted: re.Match[str]) -> str:
    """can't -> cannot, won't -> will not, and the ending n't -> not."""
    return _IN_FULL[contracted["verb"].casefold()] if contracted["verb"] else " not"


def _around(text: str, match: re.Match[str]) -> frozenset[str]:
    before = _CLAUSE_END.split(text[: match.start()])[-1].split()[-_REACH:]
    after = _CLAUSE_END.split(text[match.end() :])[0].split()[:_REACH]
    return meanings(" ".join(before + after))


def _overlap(negated: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two negations are about the same thing."""
    return len(negated & other) >= min(2, min(len(negated), len(other)) / 2)


def _speaks_of(claim: str, negated: frozenset[str]) -> bool:
    """Whether most of what a source negates is in the claim."""
    return bool(negated) and len(negated & meanings(claim)) > len(negated) / 2
