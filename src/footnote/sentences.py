"""Text -> sentence spans with exact offsets.

A line break ends a sentence, so that headlines, list items and boilerplate never glue two sentences together. Only in a
paragraph that was hard-wrapped does a sentence run on over the break. Within that, sentencex decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from footnote.models import Sentence

MAX_CHARACTERS = 900
"""A longer sentence is cut at its last pause before this: a footnote has to fit into a Discord embed field (1,024)."""

_MAX_PIECE = 20_000
"""sentencex takes quadratic time over unmatched brackets, so a longer line is handed to it in pieces."""

_WRAP_WIDTHS = range(50, 121)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SINGLE_BREAKS = {"\n", "\r\n", "\r"}
_STARTS_AN_ITEM = re.compile(r"\s{0,100}+(?:[-*+•‣–—#>|]|\d{1,3}[.)]\s)")
_ITEM_MARK = re.compile(r"\A\s*+(?:[-*+•‣–—]|\d{1,3}[.)])\s*")
_PAUSES = (re.compile(r"[;:]\s"), re.compile(r",\s"), re.compile(r"\s"))

Span = tuple[int, int]


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in reading order. They never overlap, and only white space lies between them."""
    return tuple(
        Sentence(*span)
        for paragraph in _paragraphs(text)
        for line in _unwrap(text, paragraph)
        for piece in _cut(text, line, _MAX_PIECE)
        for sentence in _segment(text, piece)
        for span in _cut(text, sentence, MAX_CHARACTERS)
    )


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Runs of lines with single line breaks between them."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        if match.group().isspace() or (lines and text[lines[-1][1] : match.start()] not in _SINGLE_BREAKS):
            yield lines
            lines = []
        if not match.group().isspace():
            lines.append(match.span())
    yield lines


def _unwrap(text: str, lines: list[Span]) -> Iterator[Span]:
    """Joins lines that were broken only because the next word did not fit, the way an editor wraps."""
    if not lines:
        return
    width = max(end - start for start, end in lines)
    full = [width in _WRAP_WIDTHS and _is_full(text, line, after, width) for line, after in pairwise(lines)]
    is_wrapped = len(lines) > 2 and all(full)
    start, end = lines[0]
    for line_is_full, (next_start, next_end) in zip(full, lines[1:], strict=True):
        if not (is_wrapped or (line_is_full and text[next_start].islower())) or _STARTS_AN_ITEM.match(text, next_start):
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the line after would have made this line wider than all others."""
    first_word = text[slice(*after)].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(first_word) > width


def _segment(text: str, span: Span) -> Iterator[Span]:
    """What sentencex takes for sentences. It panics on some no-break spaces, so each white space goes in as a blank."""
    start = end = span[0]
    for part in sentencex.segment("en", re.sub(r"\s", " ", text[slice(*span)])):
        end += len(part)
        if not _ITEM_MARK.fullmatch(text[start:end]):  # the mark of a list item belongs to the item
            yield start, end
            start = end
    yield start, end


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
    """Where to cut best in the second half of a span, between words if there are any."""
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
