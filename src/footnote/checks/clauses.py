"""The clauses of a claim: what is joined to a true clause has to be true too."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footnote.checks.figures.numbers import in_digits
from footnote.checks.source import QuotedSource, known
from footnote.checks.words import meanings

_JOINT = re.compile(r"(?P<mark>[,;:.!?](?=\s)|\s[–—-]{1,2}\s)|\b(?:and|but|or|so|then|while|because)\b", re.IGNORECASE)
_FEWEST_WORDS = 2
_FEWEST_AT_A_MARK = 3
"""Content words. A shorter clause may be part of a list, or be between two commas."""

_SOME, _HALF, _MOST = 0.25, 0.5, 0.7
_READER = re.compile(r"\byou(?:rs?|rself|rselves)?\b", re.IGNORECASE)
_OF_DATES = meanings(" ".join([*calendar.month_name, *calendar.day_name]))
"""These and digits have their own checks, which know the day an article was published."""


@dataclass(frozen=True, slots=True)
class _Clause:
    words: frozenset[str]
    needed: float
    """The share of a clause's words that one source has to have."""

    speaks_to_the_reader: bool


def has_supported_clauses(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """If a claim has several clauses, each is about what one source says: one source has half the content words of the
    last clause, where something else is added, and a quarter of any other. A clause that addresses the reader needs a
    source that does so too, and has most of its words.

    Words from different sources may support a claim as a whole even though no source says one of its clauses.
    """
    clauses = [*_clauses(in_digits(claim))]
    return len(clauses) < 2 or all(any(_says(source, clause) for source in sources) for clause in clauses)


def speaks_as_its_sources_do(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Most words of what addresses the reader ("enter your password") are in a source that does so too."""
    clauses = (clause for clause in _clauses(in_digits(claim)) if clause.speaks_to_the_reader)
    return all(any(_says(source, clause) for source in sources) for clause in clauses)


def _says(source: QuotedSource, clause: _Clause) -> bool:
    if clause.speaks_to_the_reader and not _READER.search(source.quote):
        return False
    said = meanings(in_digits(known(source)))
    found = clause.words & (said | meanings(source.header))
    return bool(clause.words & said) and len(found) >= clause.needed * len(clause.words)


def _clauses(claim: str) -> Iterator[_Clause]:
    """The clauses that are long enough to say something."""
    start, fewest = 0, _FEWEST_WORDS
    for joint in _JOINT.finditer(claim):
        at_mark = _FEWEST_AT_A_MARK if joint["mark"] else _FEWEST_WORDS
        yield from _clause(claim[start : joint.start()], max(fewest, at_mark), _SOME)
        start, fewest = joint.end(), at_mark
    yield from _clause(claim[start:], fewest, _HALF)


def _clause(text: str, fewest: int, needed: float) -> Iterator[_Clause]:
    words = frozenset(word for word in meanings(text) if not word.isdigit()) - _OF_DATES
    is_to_reader = bool(_READER.search(text))
    if words and (is_to_reader or len(words) >= fewest):
        yield _Clause(words, _MOST if is_to_reader else needed, is_to_reader)
