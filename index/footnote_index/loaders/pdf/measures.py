"""What is usual in a PDF document: line spacing, line width, and the size of letters and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from footnote_index.loaders.pdf.lines import Line

HYPHENATED = re.compile(r"([^\W\d_]{1,50})[-\u00ad]$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LARGER = 1.15
_SINGLE = 1.25  # of the size of letters: the distance of two lines
_FEW = 3  # lines
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document, by letter size: `leading`, the distance in points between two lines of a paragraph;
    `widest`, the characters of a full line; `levels`, those of headings. `body` is the size of most letters.
    """

    leading: dict[int, float]
    widest: dict[int, int]
    words: frozenset[str]
    body: float
    levels: dict[int, int]

    def level(self, line: Line) -> int:
        """The level of a heading; 0 for any other line."""
        is_heading = not line.cells and any(map(str.isalpha, line.text))
        return self.levels.get(round(line.size), 0) if is_heading else 0

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> Measures:
        gaps: dict[int, Counter[float]] = {}
        lengths: dict[int, list[int]] = {}
        words: set[str] = set()
        for lines in pages:
            begins_amid_a_word = False
            for line in [line for line in lines if not line.cells]:
                lengths.setdefault(round(line.size), []).append(len(line.text))
                found = WORD.findall(HYPHENATED.sub("", line.text))
                words.update(word.casefold() for word in found[begins_amid_a_word:])
                begins_amid_a_word = bool(HYPHENATED.search(line.text))
            for one, other in pairwise(lines):
                if 0.3 * one.size < one.y - other.y < 4 * one.size and round(one.size) == round(other.size):
                    gaps.setdefault(round(one.size), Counter())[round(2 * (one.y - other.y)) / 2] += 1
        leading = {size: _usual(size, found) for size, found in gaps.items()}
        widest = {size: sorted(found)[int(0.9 * len(found))] for size, found in lengths.items()}
        sizes = Counter({size: sum(found) for size, found in lengths.items()})
        body = sizes.most_common(1)[0][0] if sizes else 0
        return cls(leading, widest, frozenset(words), body, _levels(pages, body))


def _usual(size: int, gaps: Counter[float]) -> float:
    """The smallest distance that is not an exception; with only a few lines it may be that of two headings."""
    usual = min(gap for gap, count in gaps.items() if count >= 0.2 * gaps.total())
    return usual if gaps.total() >= _FEW else min(usual, _SINGLE * size)


def _levels(pages: Sequence[Sequence[Line]], body: int) -> dict[int, int]:
    """The heading level of each size: larger than the text, and never many lines together."""
    longest: Counter[int] = Counter()
    for lines in pages:
        for size, run in groupby(lines, lambda line: 0 if line.cells else round(line.size)):
            longest[size] = max(longest[size], sum(1 for _ in run))
    sizes = sorted((size for size in longest if size >= _LARGER * body and longest[size] <= _FEW), reverse=True)
    return {size: min(level, _DEEPEST) for level, size in enumerate(sizes, 1)}
