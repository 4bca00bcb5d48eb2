"""Short lines that stand over a paragraph as its label, as a heading would: "Velocity", and below it what to do there.

One such line may be anything, a byline or a name. Only where a section has several of them, each over a paragraph, do
they tell its paragraphs apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby, pairwise

from footnote.models import Sentence
from footnote.models.structure import PartKind, parts
from footnote.reading.statements import ends_as_sentence, is_only_named, is_order
from footnote.text.items import ITEM

_MOST_WORDS = 6
_FEWEST = 2
_PARAGRAPH = re.compile(r"[^\s](?:[^\n]|\n(?!\s*\n))*")
_BEGINS = re.compile(r"[*_]{0,3}[^\W_a-z]")
_JOINS = (",", ";", ":", "-", "–", "—", "\\")

Span = tuple[int, int]


def label_over(text: str, start: int) -> Sentence | None:
    """The label of the paragraph that begins at `start`."""
    label = _labels(text)[0].get(start)
    return Sentence(*label) if label else None


def is_label_line(text: str, start: int) -> bool:
    return start in _labels(text)[1]


@lru_cache(maxsize=16)
def _labels(text: str) -> tuple[Mapping[int, Span], frozenset[int]]:
    """For each paragraph that has a label, by where it begins, the place of the label; and where the labels begin."""
    found: dict[int, Span] = {}
    for _, section in groupby(_paragraphs(text), key=lambda one: one[0]):
        pairs = {
            one[0]: label
            for (_, label), (_, one) in pairwise(section)
            if _is_label(text[slice(*label)]) and _states(text[slice(*one)])
        }
        if len({text[slice(*label)] for label in pairs.values()}) >= _FEWEST:
            found |= pairs
    return found, frozenset(start for start, _ in found.values())


def _paragraphs(text: str) -> Iterator[tuple[int, Span]]:
    """Each with the number of its section."""
    section = 0
    for part in parts(text):
        section += part.kind is not PartKind.PROSE
        if part.kind is PartKind.PROSE:
            for found in _PARAGRAPH.finditer(text, part.start, part.end):
                yield section, (found.start(), found.start() + len(found[0].rstrip()))


def _is_label(paragraph: str) -> bool:
    is_line = "\n" not in paragraph and not ITEM.match(paragraph) and not paragraph.endswith(_JOINS)
    is_short = len(paragraph.split()) <= _MOST_WORDS and bool(_BEGINS.match(paragraph))
    return is_line and is_short and is_only_named(paragraph) and not is_order(paragraph)


def _states(paragraph: str) -> bool:
    """Whether it says something of what the label names."""
    return not ITEM.match(paragraph) and (ends_as_sentence(paragraph) or is_order(paragraph))
