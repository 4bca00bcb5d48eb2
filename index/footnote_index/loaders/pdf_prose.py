"""The lines of PDF pages -> paragraphs, in which sentences are whole again, also over the end of a page.

A PDF knows no paragraphs. Where two lines might as well belong together as not, they do if the second begins with a
small letter: a sentence cut in two misleads more than two that share a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from footnote_index.loaders.pdf_lines import Line

_EDGE = 2  # lines at the top and at the bottom of a page that may be its header or footer
_PAGES_ALIKE = 3
_SAME_PLACE = 5  # points
_ENDS_A_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[•‣▪◦●■–*-]|\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_BARE_MARK = re.compile(r"[•‣▪◦●■–*-]|\d{1,3}[.)]")
_LEADERS = re.compile(r"(?:\.\s?){5,100}+\s*[\divxlc]*$")
_HYPHENATED = re.compile(r"([^\W\d_]{1,50})[-\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def joined_lines(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, and the offsets in it at which each of them begins."""
    pages = _without_furniture(pages)
    prose = _Prose(_Measures.of(pages))
    for lines in pages:
        prose.turn_page()
        for line in lines:
            prose.add(line)
    return prose.text, prose.pages


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """Without lines that stand at the same place of several pages, and differ in numbers at most; and without tables of
    contents.
    """
    on_pages = Counter(mark for lines in pages for mark in {_mark(line) for line in _edge_lines(lines)})
    kept = [
        [
            line
            for line in lines
            if not ((line in edge and on_pages[_mark(line)] >= _PAGES_ALIKE) or _LEADERS.search(line.text[-100:]))
        ]
        for lines in pages
        for edge in [_edge_lines(lines)]
    ]
    return kept if any(kept) else pages


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    ordered = sorted(lines, key=lambda line: line.y)
    return ordered[:_EDGE] + ordered[-_EDGE:]


def _mark(line: Line) -> tuple[str, int]:
    """What tells a page's furniture: only a sentence must be the same to the last digit."""
    text = line.text if _ENDS_A_SENTENCE.search(line.text) else re.sub(r"\d+", "0", line.text)
    return text, round(line.y / _SAME_PLACE)


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document. By the size of letters: `leading`, the distance in points of two lines of a
    paragraph, and `widest`, the characters of a full line.
    """

    leading: dict[int, float]
    widest: dict[int, int]
    words: frozenset[str]

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]]) -> _Measures:
        gaps: dict[int, Counter[float]] = {}
        lengths: dict[int, list[int]] = {}
        words: set[str] = set()
        for lines in pages:
            begins_amid_a_word = False
            for line in lines:
                lengths.setdefault(round(line.size), []).append(len(line.text))
                found = _WORD.findall(_HYPHENATED.sub("", line.text))
                words.update(word.casefold() for word in found[begins_amid_a_word:])
                begins_amid_a_word = bool(_HYPHENATED.search(line.text))
            for one, other in pairwise(lines):
                if 0.3 * one.size < one.y - other.y < 4 * one.size and round(one.size) == round(other.size):
                    gaps.setdefault(round(one.size), Counter())[round(2 * (one.y - other.y)) / 2] += 1
        leading = {size: _usual(found) for size, found in gaps.items()}
        widest = {size: sorted(found)[int(0.9 * len(found))] for size, found in lengths.items()}
        return cls(leading, widest, frozenset(words))


def _usual(gaps: Counter[float]) -> float:
    """The smallest distance that is no exception."""
    return min(gap for gap, count in gaps.items() if count >= 0.2 * gaps.total())


class _Prose:
    """Adds line after line, and decides how each is joined to the one before."""

    def __init__(self, measures: _Measures) -> None:
        self._measures = measures
        self._parts: list[str] = []
        self._length = 0
        self._last: Line | None = None
        self._is_new_page = True
        self._begun: list[int | None] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @property
    def pages(self) -> tuple[int, ...]:
        """A page without text begins where the next one does."""
        begun: list[int] = []
        after = self._length
        for start in reversed(self._begun):
            after = after if start is None else start
            begun.append(after)
        return tuple(reversed(begun))

    def turn_page(self) -> None:
        self._begun.append(None)
        self._is_new_page = True

    def add(self, line: Line) -> None:
        if self._last:
            self._append(self._glue(self._last, line))
        if self._is_new_page:
            self._begun[-1] = self._length
        self._append(line.text.replace("\u00ad", "") if not line.text.endswith("\u00ad") else line.text)
        self._last, self._is_new_page = line, False

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)

    def _glue(self, last: Line, line: Line) -> str:
        if _ITEM.match(line.text) or _BARE_MARK.fullmatch(line.text):
            return "\n" if _ITEM.match(last.text) else "\n\n"
        if not self._runs_on(last, line):
            return "\n\n"
        return self._joint(last.text, line.text)

    def _runs_on(self, last: Line, line: Line) -> bool:
        if _BARE_MARK.fullmatch(last.text):
            return True
        if max(last.size, line.size) > 1.15 * min(last.size, line.size):
            return False
        gap = last.y - line.y
        if not self._is_new_page and abs(gap) < 0.3 * line.size:
            return True
        is_small = line.text[0].islower()
        if self._is_new_page or gap < 0:
            return is_small or not (_ENDS_A_SENTENCE.search(last.text) or self._is_short(last, line))
        if gap > 1.2 * self._measures.leading.get(round(line.size), 1.25 * line.size):
            return False
        is_indented = line.x > last.x + 0.7 * line.size and _ENDS_A_SENTENCE.search(last.text)
        return is_small or not (is_indented or self._is_short(last, line))

    def _is_short(self, last: Line, line: Line) -> bool:
        """Whether the next word would have had room: the line was ended on purpose."""
        needed = len(last.text) + 1 + len(line.text.split(maxsplit=1)[0])
        return needed < 0.8 * self._measures.widest.get(round(last.size), 0)

    def _joint(self, last: str, line: str) -> str:
        """Nothing after a hyphen, which goes where the word is surely one; else a blank."""
        cut = _HYPHENATED.search(last)
        rest = _WORD.match(line)
        if not cut or not rest or not rest[0][0].islower():
            return " "
        if last.endswith("\u00ad") or self._is_one_word(cut[1].casefold(), rest[0].casefold()):
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        return ""

    def _is_one_word(self, start: str, rest: str) -> bool:
        """Whether the document has it in one piece elsewhere, or neither half as a word of its own."""
        words = self._measures.words
        return f"{start}-{rest}" not in words and (start + rest in words or not {start, rest} & words)
