"""The lines of PDF pages -> paragraphs with whole sentences, also across pages.

A PDF has no paragraphs. If it is unclear whether two lines belong together, they do if the second begins with a
lower-case letter: a sentence cut in two misleads more than two sentences on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from footnote_index.loaders.blocks import empty_row
from footnote_index.loaders.pdf.furniture import ENDS_A_SENTENCE
from footnote_index.loaders.pdf.lines import Line
from footnote_index.loaders.pdf.measures import HYPHENATED, WORD, Measures
from footnote_index.loaders.tables import begins_with_values

_SMALL = 0.93
_NOTE = re.compile(r"(?:[*†‡§]{1,3}|\[?\d{1,3}[.)\]]?|[⁰¹²³⁴-⁹]{1,3})\s*\S")
_ITEM = re.compile(r"(?:[•‣▪◦●■–*-]|\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_BARE_MARK = re.compile(r"[•‣▪◦●■–*-]|\d{1,3}[.)]")
_WITHOUT_BLANKS = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60]")  # Chinese and Japanese


def joined_lines(pages: Sequence[Sequence[Line]]) -> tuple[str, tuple[int, ...]]:
    """The text of the pages, and the offsets in it at which each of them begins."""
    measures = Measures.of(pages)
    prose = _Prose(measures)
    for lines in pages:
        prose.turn_page()
        text, notes = _without_notes(lines, measures.body)
        for place, line in enumerate(text):
            prose.add(line, is_headless=_begins_headless_table(text, place))
        prose.add_notes(notes)
    prose.finish()
    return prose.text, prose.pages


def _begins_headless_table(lines: Sequence[Line], place: int) -> bool:
    if not lines[place].cells or (place and lines[place - 1].cells):
        return False
    rows = [one.cells for one in takewhile(lambda one: one.cells, lines[place:])]
    return len(rows) > 1 and begins_with_values(rows)


def _without_notes(lines: Sequence[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and the footnotes below it: in smaller letters, beginning with a mark, up to the end of
    the page or the column.
    """
    text: list[Line] = []
    notes: list[Line] = []
    place = 0
    while place < len(lines):
        end = place
        while (
            end < len(lines) and lines[end].size < _SMALL * body and (end == place or lines[end].y < lines[end - 1].y)
        ):
            end += 1
        is_below = end == len(lines) or lines[end].y > lines[place].y
        if end > place and is_below and text and _NOTE.match(lines[place].text):
            notes += lines[place:end]
            place = end
        else:
            text.append(lines[place])
            place += 1
    return text, notes


class _Prose:
    """Adds line after line, and decides how each is joined to the one before."""

    def __init__(self, measures: Measures) -> None:
        self._measures = measures
        self._parts: list[str] = []
        self._length = 0
        self._last: Line | None = None
        self._is_new_page = True
        self._begun: list[int | None] = []
        self._is_ended = False
        self._paragraph = 0, 0
        self._waiting: list[str] = []

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

    def add(self, line: Line, *, is_headless: bool) -> None:
        """`is_headless`: it would be the first row of a table whose columns have no names."""
        goes_on = self._last is not None and bool(self._last.cells)
        glue = ("\n\n" if self._is_ended else self._glue(self._last, line)) if self._last else ""
        if glue.startswith("\n"):
            self.finish()
        self._append(glue)
        if self._is_new_page:
            self._begun[-1] = self._length
        if not self._last or glue.startswith("\n"):
            self._paragraph = len(self._parts), self._length
            if level := self._measures.level(line):
                self._append(f"{'#' * level} ")
        if line.cells:
            if is_headless and not goes_on:
                self._append(f"{empty_row(len(line.cells))}\n")
            self._append(f"| {' | '.join(line.cells)} |")
        else:
            self._append(line.text.replace("\u00ad", "") if not line.text.endswith("\u00ad") else line.text)
        self._last, self._is_new_page, self._is_ended = line, False, False

    def add_notes(self, lines: Sequence[Line]) -> None:
        """Footnotes come after the text of their page, but before a paragraph that continues on the next page. If that
        paragraph began on an earlier page, they wait until it ends.
        """
        if not lines or self._last is None:
            return
        text = self._notes_of(lines)
        part, start = self._paragraph
        begun = self._begun[-1]
        if self._last.cells or ENDS_A_SENTENCE.search(self._last.text):
            self._append(f"\n\n{text}")
            self._is_ended = True
        elif begun is not None and begun <= start:
            self._parts.insert(part, f"{text}\n\n")
            self._length += len(text) + 2
            self._paragraph = part + 1, start + len(text) + 2
        else:
            self._waiting.append(text)

    def finish(self) -> None:
        """Adds the footnotes that still wait."""
        for text in self._waiting:
            self._append(f"\n\n{text}")
        self._waiting = []

    def _notes_of(self, lines: Sequence[Line]) -> str:
        notes = _Prose(self._measures)
        notes.turn_page()
        for line in lines:
            notes._is_ended = bool(_NOTE.match(line.text))
            notes.add(line, is_headless=False)
        return notes.text

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)

    def _glue(self, last: Line, line: Line) -> str:
        if last.cells or line.cells:
            return "\n" if last.cells and line.cells else "\n\n"
        if self._measures.level(line):
            return self._joint(last.text, line.text) if self._runs_on(last, line) else "\n\n"
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
            return is_small or not (ENDS_A_SENTENCE.search(last.text) or self._is_short(last, line))
        if gap > 1.2 * self._measures.leading.get(round(line.size), 1.25 * line.size):
            return False
        is_indented = line.x > last.x + 0.7 * line.size and ENDS_A_SENTENCE.search(last.text)
        return is_small or not (is_indented or self._is_short(last, line))

    def _is_short(self, last: Line, line: Line) -> bool:
        """Whether the next word would have fitted: the line was ended on purpose."""
        word = 1 if _WITHOUT_BLANKS.match(line.text) else len(line.text.split(maxsplit=1)[0])
        needed = len(last.text) + 1 + word
        return needed < 0.8 * self._measures.widest.get(round(last.size), 0)

    def _joint(self, last: str, line: str) -> str:
        """Nothing in Chinese and Japanese, or after a hyphen, which is removed if the two parts are surely one word;
        otherwise a space.
        """
        if _WITHOUT_BLANKS.match(last[-1]) and _WITHOUT_BLANKS.match(line):
            return ""
        cut = HYPHENATED.search(last)
        rest = WORD.match(line)
        if not cut or not rest or not rest[0][0].islower():
            return " "
        if last.endswith("\u00ad") or self._is_one_word(cut[1].casefold(), rest[0].casefold()):
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        return ""

    def _is_one_word(self, start: str, rest: str) -> bool:
        """Whether the document has the word in one piece elsewhere, or neither half as a word."""
        words = self._measures.words
        return f"{start}-{rest}" not in words and (start + rest in words or not {start, rest} & words)
