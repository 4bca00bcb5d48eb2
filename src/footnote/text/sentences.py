"""Text -> sentence spans with exact offsets.

A line break ends a sentence, so headlines, list items and boilerplate are never joined to a sentence. Only in a
hard-wrapped paragraph does a sentence continue after the break. Within a line, full_stops.py decides, in the language
of the paragraph. A heading, a row of a table, and a short piece of code are one sentence each, whatever they contain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from footnote.models import Sentence
from footnote.models.structure import PartKind, TextPart, parts
from footnote.text.full_stops import sentence_ends
from footnote.text.languages import DEFAULT, language_of, language_within

MAX_CHARACTERS = 900
"""A longer sentence is cut at its last pause before this: a footnote has to fit into a Discord embed field (1,024)."""

_MAX_CODE = 400
"""Lines of code that are together at most this long are cited together."""

_MAX_PIECE = 20_000
"""sentencex takes quadratic time over unmatched brackets, so a longer line is handed to it in pieces."""

_WRAP_WIDTHS = range(50, 121)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SINGLE_BREAKS = {"\n", "\r\n", "\r"}
_BULLETS = "•‣⁃⁌⁍■□▪▫▶▸►◆◇○●◦★☆➢➣➤"
_STARTS_AN_ITEM = re.compile(rf"\s{{0,100}}+(?:[-*+{_BULLETS}–—#>|]|\d{{1,3}}[.)]\s)")
_ITEM_MARK = re.compile(r"[\s#>|*+•‣–—§(-]*+(?:(?:\d{1,3}\.)*\d{1,3}[.)]?|[a-zA-Z][.)]|[ivxIVX]{1,4}[.)])?[\s*|]*+")
_BARE_MARK = re.compile(r"[\s*+•‣–—(-]{0,100}+(?:\d{1,3}|[a-zA-Z])[.)]\s*")
_TAKEN_FOR_ITEMS = re.compile(rf"(?:(?:[-*+–—{_BULLETS}]|\((?:\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,6}})\))\s++){{1,4}}+")
"""Marks at the start of a line for which sentencex takes all of it for one sentence, and those around them."""

_UNDECIDED = re.compile(r"[.…]\W{0,10}\s")
_MARKED_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}[⁰¹²³⁴⁵⁶⁷⁸⁹]++\s++")
_NOTE_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:\s+|$)")
_PAUSES = (re.compile(r"[;:]\s|[；：]"), re.compile(r"[,،]\s|[，、]"), re.compile(r"\s"))

Span = tuple[int, int]


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in reading order. They never overlap, and only white space, fences of code and empty rows
    of tables lie between them.
    """
    language = language_of(text) if _UNDECIDED.search(text) else DEFAULT
    return tuple(
        Sentence(*span)
        for part in parts(text)
        for sentence in _of_part(text, part, language)
        for span in _cut(text, sentence, MAX_CHARACTERS)
    )


def _of_part(text: str, part: TextPart, language: str) -> Iterator[Span]:
    if part.kind is PartKind.PROSE:
        return _of_prose(text, part, language)
    if part.kind is PartKind.CODE:
        return _of_code(text, part)
    return iter([(part.start, part.end)] if text[part.start : part.end].strip("| \t\r") else [])


def _of_prose(text: str, part: TextPart, language: str) -> Iterator[Span]:
    return (
        sentence
        for paragraph in _paragraphs(text, part)
        for line in _unwrap(text, paragraph)
        for piece in _cut(text, line, _MAX_PIECE)
        for sentence in _with_note_marks(text, _segment(text, piece, language))
    )


def _with_note_marks(text: str, sentences: Iterator[Span]) -> Iterator[Span]:
    """The raised mark of a footnote belongs to the sentence before it, and ends it: `It is low.² It is`."""
    before: Span | None = None
    for sentence in (part for whole in sentences for part in _cut_behind_marks(text, whole)):
        marks = _NOTE_MARKS.match(text, *sentence) if before else None
        if before:
            yield (before[0], marks.end()) if marks else before
        start = marks.end() if marks else sentence[0]
        before = (start, sentence[1]) if start < sentence[1] else None
    if before:
        yield before


def _cut_behind_marks(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence[0]
    for found in _MARKED_END.finditer(text, *sentence):
        if found.end() < sentence[1]:
            yield start, found.end()
            start = found.end()
    yield start, sentence[1]


def _of_code(text: str, part: TextPart) -> Iterator[Span]:
    """Whole lines, as many together as are short enough."""
    start = end = part.start
    for line in _LINE.finditer(text, part.start, part.end):
        if line.end() - start > _MAX_CODE and end > start:
            yield start, end
            start = line.start()
        end = line.end()
    yield start, end


def _paragraphs(text: str, part: TextPart) -> Iterator[list[Span]]:
    """Runs of lines with single line breaks between them."""
    lines: list[Span] = []
    for match in _LINE.finditer(text, part.start, part.end):
        if match.group().isspace() or (lines and text[lines[-1][1] : match.start()] not in _SINGLE_BREAKS):
            yield lines
            lines = []
        if not match.group().isspace():
            lines.append(match.span())
    yield lines


def _unwrap(text: str, lines: list[Span]) -> Iterator[Span]:
    """Joins lines that were broken only because the next word did not fit, as editors wrap text."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    full = [width in _WRAP_WIDTHS and _is_full(text, line, after, width) for line, after in pairwise(lines)]
    is_wrapped = len(lines) > 2 and all(full)
    start, end = lines[0]
    for line_is_full, (next_start, next_end) in zip(full, lines[1:], strict=True):
        runs_on = is_wrapped or (line_is_full and text[next_start].islower())
        if not _BARE_MARK.fullmatch(text, start, end) and (not runs_on or _STARTS_AN_ITEM.match(text, next_start)):
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would have made this line wider than all others."""
    first_word = text[slice(*after)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def _segment(text: str, span: Span, around: str) -> Iterator[Span]:
    """The sentences of one line. sentencex panics on some no-break spaces, so each white space character becomes a
    plain space, and it cuts nothing behind some marks of list items, so it is not shown these.
    """
    line = re.sub(r"\s", " ", text[slice(*span)])
    language = language_within(line, around) if _UNDECIDED.search(line) else around
    marks = _TAKEN_FOR_ITEMS.match(line)
    start, first = 0, marks.end() if marks else 0
    for end in (first + end for end in sentence_ends(line[first:], language)):
        if not _ITEM_MARK.fullmatch(line, max(start, first), end):  # the mark of a list item belongs to the item
            yield span[0] + start, span[0] + end
            start = end
    yield span[0] + start, span[1]


def _cut(text: str, span: Span, limit: int) -> Iterator[Span]:
    """The span without the white space around it, in pieces of at most `limit` characters."""
    start, end = _strip(text, span)
    while end - start > limit:
        cut = _last_pause(text, start, start + limit)
        yield _strip(text, (start, cut))
        start, end = _strip(text, (cut, end))
    if start < end:
        yield start, end


def _last_pause(text: str, start: int, end: int) -> int:
    """The best place to cut in the second half of a span, between words if there are any."""
    middle = (start + end) // 2
    for pause in _PAUSES:
        ends = [match.end() for match in pause.finditer(text, middle, end)]
        if ends:
            return ends[-1]
    return end


def _strip(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
