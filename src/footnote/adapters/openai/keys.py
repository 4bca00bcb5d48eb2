"""The keys of sentences, in all the ways that models write them: S3, "s3", 3, (S3, S7), [S3-S7], 【S3】. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

Says = Callable[[str, Iterable[str]], bool]
"""Whether words stand in one of the sentences with these keys."""

_ONE = r"S ?[0-9]{1,4}"
_NEXT = r"(?:[ ,;&|/]{1,3}|,? and | ?[-–—] ?)(?:[S#] ?)?[0-9]{1,4}"
_SEVERAL = rf"{_ONE}(?:{_NEXT}|(?:\],? ?\[|\),? ?\(|\}},? ?\{{){_ONE}){{0,24}}"
_SAID_BEFORE = r"(?i:(?:see|from|cf\.?|sources?|keys?|citations?|sentences?):? )?"
_MARKER = re.compile(
    rf" ?(\*{{1,2}}|`)?[\[【({{]{{1,2}} ?{_SAID_BEFORE}(?P<keys>{_SEVERAL}) ?(?:[\]】)}}]{{1,2}}|\Z)(?(1)\1)",
    re.IGNORECASE,
)
"""In brackets, with or without marks of Markdown around them; the last bracket of a line may be missing."""

_BEFORE = re.compile(
    rf"\A(?:[-*•] |[0-9]{{1,2}}[.)] )?\*{{0,2}}\[?(?P<keys>{_SEVERAL})\]?\*{{0,2}}:\*{{0,2}} ", re.IGNORECASE
)
_BEHIND = re.compile(rf"(?<=[.!?…\"”’)]) (?:[-–—] )?{_SAID_BEFORE}(?P<keys>{_SEVERAL})\.?\Z")
"""Without brackets, where a sentence has not begun yet, or is over."""

_NUMBERS = re.compile(
    rf" ?[\[【] ?(?P<keys>[0-9]{{1,3}}(?:{_NEXT}|[\]】],? ?[\[【][0-9]{{1,3}}){{0,24}}) ?[\]】](?!\()(?P<is_last>\Z)?",
    re.IGNORECASE,
)
"""In square brackets, without the S: keys of named sources, or else footnotes of an article, if more follows."""

_SQUARE = re.compile(r"[\[【{]")
"""Keys stand in such brackets; in round ones also what a thing is called: "Simple Storage Service (S3)"."""

_KEY_OR_RANGE = re.compile(r"\b(?:S ?)?([0-9]{1,4})(?: ?[-–—] ?(?:[S#] ?)?([0-9]{1,4}))?\b", re.IGNORECASE)
_KEY = re.compile(r"\bS([0-9]{1,4})(?: ?[-–—] ?S?([0-9]{1,4}))?\b", re.IGNORECASE)
_LISTED = re.compile(rf"[\s\[(【{{]{{0,9}}(?:[S#] ?)?[0-9]{{1,4}}(?:{_NEXT}){{0,24}}[\s\])】}}.]{{0,9}}", re.IGNORECASE)
_NAMES = ("key", "id", "source", "sentence")
"""Of the field of an object that stands for a key."""

_LONGEST_RANGE = 24
_DEEPEST = 3


def keys_in(sources: object, *, depth: int = 0) -> list[str]:
    """Of the value that a model gives as a claim's sources: a list of keys or one text, numbers among them."""
    if depth > _DEEPEST:
        return []
    if isinstance(sources, list):
        return [key for one in sources for key in keys_in(one, depth=depth + 1)]
    if isinstance(sources, dict):
        return next(filter(None, (keys_in(sources.get(name), depth=depth + 1) for name in _NAMES)), [])
    return [*_keys_of_value(sources)]


def nowhere(_words: str, _keys: Iterable[str]) -> bool:
    """Implements `Says` where no sentences are known."""
    return False


def without_keys(line: str, sources: Sequence[str] = (), says: Says = nowhere) -> tuple[str, list[str]]:
    """A text on one line without the keys that it names, and these. What stands like this in a sentence that it names
    is part of the text, as are keys that are not among its `sources`, if it has any.
    """
    patterns = (_BEFORE, _BEHIND, _MARKER)
    named = [*sources, *(key for pattern in patterns for found in pattern.finditer(line) for key in _keys_of(found))]
    keys: list[str] = []

    def cut(found: re.Match[str]) -> str:
        marked = [*_keys_of(found)]
        is_other = bool(sources) and not _SQUARE.search(found[0]) and not set(marked) <= set(sources)
        if is_other or says(found[0].strip(), named):
            return found[0]
        keys.extend(marked)
        return ""

    def cut_number(found: re.Match[str]) -> str:
        is_key = set(_keys_of(found)) <= set(sources) if named else found["is_last"] is not None
        return cut(found) if is_key else found[0]

    for pattern in patterns:
        line = pattern.sub(cut, line)
    line = _NUMBERS.sub(cut_number, line)
    return "" if _LISTED.fullmatch(line) else line.strip(), keys


def names_keys(line: str) -> bool:
    return any(pattern.search(line) for pattern in (_MARKER, _BEFORE, _BEHIND)) or any(
        found["is_last"] is not None for found in _NUMBERS.finditer(line)
    )


def _keys_of(found: re.Match[str]) -> Iterator[str]:
    return _keys_in_text(found["keys"])


def _keys_in_text(text: str) -> Iterator[str]:
    for first, last in _KEY_OR_RANGE.findall(text):
        yield from _range(int(first), int(last) if last else int(first))


def _keys_of_value(value: object) -> Iterator[str]:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000:
        yield f"S{value}"
    elif isinstance(value, str) and _LISTED.fullmatch(value):
        yield from _keys_in_text(value)
    elif isinstance(value, str):
        for first, last in _KEY.findall(value):
            yield from _range(int(first), int(last) if last else int(first))


def _range(first: int, last: int) -> Iterator[str]:
    """Without the ones between where there are too many of them."""
    is_range = first <= last < first + _LONGEST_RANGE
    return (f"S{number}" for number in (range(first, last + 1) if is_range else (first, last)))
