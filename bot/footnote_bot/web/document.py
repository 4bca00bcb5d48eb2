"""An article's text as the blocks of a page: headings, paragraphs, lists, quotes, code and tables, and in them its
sentences, each with its place, so that an address can point to it. Pure; the templates escape the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from footnote.models import Article, Sentence
from footnote.models.structure import PartKind, TextPart, cells, parts
from footnote.text.sentences import split_sentences

Spans = Mapping[tuple[int, int], tuple[int, ...]]
"""Cited sentences, each with the numbers of its footnotes."""

_MARK = re.compile(r"(?<![ \t])(?P<indent>[ \t]*+)(?:(?P<bullet>[-*+•‣–])|(?P<number>\d{1,3})[.)]|(?P<quote>>))[ \t]++")
_LINE = re.compile(r"[^\n]+")
_DEEPEST = 3
_HIGHEST, _LOWEST = 2, 6


class BlockKind(StrEnum):
    """What a block is; GAP: text that is left out."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a sentence, or between two sentences. `anchor`: a sentence begins here; `numbers`: footnotes cite it."""

    text: str
    anchor: str = ""
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table is one sentence."""

    cells: tuple[str, ...]
    anchor: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBlock:
    """`level`: of a heading, 2 to 6, or how deep a list item is; `number`: of a numbered item; `page`: begins here."""

    kind: BlockKind
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    level: int = 0
    number: int | None = None
    page: int | None = None
    start: int = field(default=0, compare=False)

    @property
    def is_cited(self) -> bool:
        return any(one.numbers for one in self.pieces) or any(one.numbers for one in self.rows)


def blocks(article: Article, cited: Spans, *, prefix: str = "") -> list[PageBlock]:
    """All blocks of an article, in order. `prefix` is put in front of each anchor."""
    return list(_with_pages(article, _Reading(article.text, cited, prefix).blocks()))


def around_cited(found: Sequence[PageBlock], *, around: int) -> list[PageBlock]:
    """The blocks with citations and a number of blocks on either side; a GAP instead of the others."""
    near = {
        at for number, block in enumerate(found) if block.is_cited for at in range(number - around, number + around + 1)
    }
    kept: list[PageBlock] = []
    for number, block in enumerate(found):
        if number in near:
            kept.append(block)
        elif not kept or kept[-1].kind is not BlockKind.GAP:
            kept.append(PageBlock(BlockKind.GAP))
    return kept


def anchor_of(start: int, end: int, *, prefix: str = "") -> str:
    return f"{prefix}s{start}-{end}"


class _Reading:
    def __init__(self, text: str, cited: Spans, prefix: str) -> None:
        self._text = text
        self._cited = cited
        self._prefix = prefix
        self._sentences = _sentences(text, cited)
        self._starts = [one.start for one in self._sentences]

    def blocks(self) -> Iterator[PageBlock]:
        rows: list[Row] = []
        rows_from = rows_to = 0
        for part in parts(self._text):
            if rows and not (part.kind is PartKind.ROW and part.start == rows_to + 1):
                yield PageBlock(BlockKind.TABLE, rows=tuple(rows), start=rows_from)
                rows = []
            if part.kind is PartKind.ROW:
                rows_from = rows_from if rows else part.start
                rows.append(self._row(part))
                rows_to = part.end
            else:
                yield from self._of_part(part)
        if rows:
            yield PageBlock(BlockKind.TABLE, rows=tuple(rows), start=rows_from)

    def _of_part(self, part: TextPart) -> Iterator[PageBlock]:
        if part.kind is PartKind.CODE:
            yield PageBlock(BlockKind.CODE, self._pieces(part.start, part.end), start=part.start)
        elif part.kind is PartKind.HEADING:
            yield self._heading(part)
        else:
            for lines in _paragraphs(self._text, part.start, part.end):
                yield from self._paragraph(lines)

    def _heading(self, part: TextPart) -> PageBlock:
        line = self._text[part.start : part.end]
        title = line.lstrip("#")
        level = min(max(len(line) - len(title), _HIGHEST), _LOWEST)
        content = part.end - len(title.lstrip())
        pieces = self._pieces(content, part.end, begins=part.start)
        return PageBlock(BlockKind.HEADING, pieces, level=level, start=part.start)

    def _row(self, part: TextPart) -> Row:
        sentence = self._at(part.start)
        line = self._text[part.start : part.end]
        shown = tuple(cell.replace("\\|", "|") for cell in cells(line))
        if sentence is None:
            return Row(shown, "")
        return Row(shown, self._anchor(sentence), self._numbers(sentence))

    def _paragraph(self, lines: list[tuple[int, int]]) -> Iterator[PageBlock]:
        """A block for each line, or for all lines of a paragraph that was wrapped: one with a sentence over a break."""
        is_wrapped = any(self._crosses(end) for _, end in lines[:-1])
        units: list[tuple[int, int]] = []
        for start, end in lines:
            joins = units and is_wrapped and not _MARK.match(self._text, start, end)
            if joins or (units and self._crosses(units[-1][1])):
                units[-1] = (units[-1][0], end)
            else:
                units.append((start, end))
        return (self._unit(*unit) for unit in units)

    def _unit(self, start: int, end: int) -> PageBlock:
        mark = _MARK.match(self._text, start, end)
        if mark is None:
            return PageBlock(BlockKind.PARAGRAPH, self._pieces(start, end), start=start)
        pieces = self._pieces(mark.end(), end, begins=start)
        if mark["quote"]:
            return PageBlock(BlockKind.QUOTE, pieces, start=start)
        level = min(len(mark["indent"].expandtabs(2)) // 2, _DEEPEST)
        number = int(mark["number"]) if mark["number"] else None
        return PageBlock(BlockKind.ITEM, pieces, level=level, number=number, start=start)

    def _pieces(self, start: int, end: int, *, begins: int | None = None) -> tuple[Piece, ...]:
        """The text from `start` on. A sentence that begins at `begins` or later has its anchor here."""
        first = start if begins is None else begins
        pieces: list[Piece] = []
        at = start
        for number in range(max(bisect_right(self._starts, start) - 1, 0), bisect_left(self._starts, end)):
            sentence = self._sentences[number]
            if sentence.end <= start:
                continue
            lower, upper = max(sentence.start, start), min(sentence.end, end)
            if at < lower:
                pieces.append(Piece(self._text[at:lower]))
            anchor = self._anchor(sentence) if sentence.start >= first else ""
            pieces.append(Piece(self._text[lower:upper], anchor, self._numbers(sentence)))
            at = upper
        if self._text[at:end].strip():
            pieces.append(Piece(self._text[at:end]))
        return tuple(pieces)

    def _at(self, start: int) -> Sentence | None:
        found = bisect_right(self._starts, start) - 1
        return self._sentences[found] if found >= 0 and self._sentences[found].end > start else None

    def _crosses(self, position: int) -> bool:
        """Whether a sentence continues across the line break there."""
        sentence = self._at(position)
        return sentence is not None and sentence.start < position < sentence.end

    def _anchor(self, sentence: Sentence) -> str:
        return anchor_of(sentence.start, sentence.end, prefix=self._prefix)

    def _numbers(self, sentence: Sentence) -> tuple[int, ...]:
        return self._cited.get((sentence.start, sentence.end), ())


def _sentences(text: str, cited: Spans) -> list[Sentence]:
    """The text's sentences. A cited span that is not one of them, because sentences used to be split differently,
    replaces those that it touches.
    """
    found = set(split_sentences(text))
    others = {Sentence(*span) for span in cited} - found
    kept = {one for one in found if not any(one.start < other.end and other.start < one.end for other in others)}
    return sorted(kept | others)


def _paragraphs(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines, without blank ones."""
    lines: list[tuple[int, int]] = []
    for line in _LINE.finditer(text, start, end):
        is_blank = line[0].isspace()
        if lines and (is_blank or text[lines[-1][1] : line.start()].count("\n") > 1):
            yield lines
            lines = []
        if not is_blank:
            lines.append(line.span())
    if lines:
        yield lines


def _with_pages(article: Article, found: Iterator[PageBlock]) -> Iterator[PageBlock]:
    shown = 0
    for block in found:
        page = article.page_of(block.start) or 0
        yield replace(block, page=page) if page > shown else block
        shown = max(shown, page)
