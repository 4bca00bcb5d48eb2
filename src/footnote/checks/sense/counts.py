"""What figures count: 45 boats are not 45 lorries, and one person is not two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from footnote.checks.figures.numbers import in_digits
from footnote.checks.source import QuotedSource
from footnote.checks.words import WORD, meanings

_WITH_THINGS = re.compile(r"(?<![\d.,])(\d[\d.,]*+)((?: [^\W\d_]++){1,3})")
_NEXT = 3
"""How many words after a figure may say what it counts: "45 fishing boats"."""
_ONE = re.compile(
    r"(?<![\w-])(?:one|a single)\s(?!(?:of|or|and|in|to|at|on|by|more|another|who|that|day|way|side|hand|thing)\b)"
    r"(?P<thing>[a-z]{3,20})\b",
    re.IGNORECASE,
)
_BARE_ONE = re.compile(r"\b(?:one|once)\b|(?<![\d.,])1(?![\d.,])", re.IGNORECASE)
_PLURALS = {"people": "person", "men": "man", "women": "woman", "children": "child"}


def has_same_counts(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """A figure does not count a thing that another figure counts in the sources, nor does "one"."""
    if not _has_known_one(claim, sources):
        return False
    told: dict[str, frozenset[str]] = {}
    for source in sources:
        for figure, things in _counted(source.quote, _NEXT):
            told[figure] = told.get(figure, frozenset()) | things
    return not any(
        told.get(figure)
        and not things & told[figure]
        and any(things & others for other, others in told.items() if other != figure)
        for figure, things in _counted(claim, 1)
    )


def _has_known_one(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Whether a thing that the claim counts once is several things in no source, or one somewhere as well."""
    texts = [_with_singulars(f"{source.before} {source.quote}") for source in sources]
    if any(map(_BARE_ONE.search, texts)):
        return True
    counted = [(figure, things) for text in texts for figure, things in _counted(text, _NEXT)]
    for one in _ONE.finditer(_with_singulars(claim)):
        thing = meanings(one["thing"])
        several = any(things & thing and figure not in {"0", "1"} for figure, things in counted)
        alone = re.compile(
            rf"\b(?:an?|single|another|each|every|per|other|the)\s(?:\w+\s)?{one['thing']}\b", re.IGNORECASE
        )
        if several and not any(map(alone.search, texts)):
            return False
    return True


def _with_singulars(text: str) -> str:
    return WORD.sub(lambda word: _PLURALS.get(word[0].casefold(), word[0]), text)


def _counted(text: str, words: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Each figure with the words after it, up to a limit and not beyond a comma or another figure."""
    for match in _WITH_THINGS.finditer(in_digits(text)):
        yield match[1].rstrip(".,"), meanings(" ".join(match[2].split()[:words]))
