"""JSON in what a model wrote, behind whatever else it wrote. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

VALUE = re.compile(r'\{\s{0,99}"|\[\s{0,99}[{"]')
"""Where one may begin."""

MOST_TRIES = 24
"""Places that are tried; what has more of them is no answer."""

DECODER = json.JSONDecoder(strict=False)
"""Small models write line breaks into texts as they are."""

_FENCE = re.compile(r"\s*+(?:`{3}\w{0,9}\s*+)?")
_WORD = re.compile(r"\w")

NO_JSON = (ValueError, RecursionError)

_STRUCTURE = re.compile(r'[\[\]{}]|"(?:[^"\\]++|\\.)*+(?P<end>")?', re.DOTALL)


def is_without_end(text: str) -> bool:
    """Whether JSON was begun that goes on where the text is over."""
    position = 0
    for _ in range(MOST_TRIES):
        found = VALUE.search(text, position)
        if not found:
            return False
        try:
            _, position = DECODER.raw_decode(text, found.start())
        except NO_JSON:
            return _is_open(text, found.start())
    return False


def is_whole(text: str) -> bool:
    """Whether JSON with an end is all of a text, or stands at its beginning or its end."""
    spans = [(start, end) for start, end, _ in _values(text, MOST_TRIES)]
    if not spans or is_without_end(text):
        return False
    return begins_at(text, spans[0][0]) or not _WORD.search(text, spans[-1][1])


def begins_at(text: str, start: int) -> bool:
    """Whether there is nothing before, or only what opens a block of code."""
    return bool(_FENCE.fullmatch(text[:start]))


def _is_open(text: str, start: int) -> bool:
    depth = 0
    for token in _STRUCTURE.finditer(text, start):
        if token[0][0] == '"':
            if not token["end"]:
                return True
        else:
            depth += 1 if token[0] in "[{" else -1
        if not depth:
            return False
    return True


def whole_values(text: str, *, tries: int = MOST_TRIES) -> Iterator[tuple[int, object]]:
    """Each with its place. Of a value that is broken, those in it."""
    return ((start, value) for start, _, value in _values(text, tries))


def _values(text: str, tries: int) -> Iterator[tuple[int, int, object]]:
    """Each with its beginning and its end."""
    position = 0
    for _ in range(tries):
        found = VALUE.search(text, position)
        if not found:
            return
        try:
            value, position = DECODER.raw_decode(text, found.start())
        except NO_JSON:
            position = found.end() - 1
            continue
        yield found.start(), position, value
