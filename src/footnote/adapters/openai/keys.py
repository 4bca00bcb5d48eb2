"""The keys of sentences, in all the ways that models write them: S3, "s3", 3, (S3, S7), [S3-S7], 【S3】. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONE = r"S[0-9]{1,4}"
_NEXT = r"(?:[ ,;&]{1,3}|(?:,? and )| ?[-–—] ?)S?[0-9]{1,4}"
MARKER = re.compile(rf" ?[\[【(] ?({_ONE}(?:{_NEXT}){{0,24}}) ?[\]】)]", re.IGNORECASE)
"""Keys in brackets, in a text on one line."""

_KEY_OR_RANGE = re.compile(r"\bS?([0-9]{1,4})(?: ?[-–—] ?S?([0-9]{1,4}))?\b", re.IGNORECASE)
_KEY = re.compile(r"\bS([0-9]{1,4})(?: ?[-–—] ?S?([0-9]{1,4}))?\b", re.IGNORECASE)
_LISTED = re.compile(rf"[\s\[(【]{{0,9}}S?[0-9]{{1,4}}(?:{_NEXT}){{0,24}}[\s\])】.]{{0,9}}", re.IGNORECASE)
_LONGEST_RANGE = 24


def keys_in(sources: object) -> list[str]:
    """Of the value that a model gives as a claim's sources: a list of keys or one text, numbers among them."""
    values = sources if isinstance(sources, list) else [sources]
    return [key for value in values for key in _keys_of_value(value)]


def keys_of(text: str) -> Iterator[str]:
    """Of what stands in the brackets of a marker."""
    for first, last in _KEY_OR_RANGE.findall(text):
        yield from _range(int(first), int(last) if last else int(first))


def _keys_of_value(value: object) -> Iterator[str]:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000:
        yield f"S{value}"
    elif isinstance(value, str) and _LISTED.fullmatch(value):
        yield from keys_of(value)
    elif isinstance(value, str):
        for first, last in _KEY.findall(value):
            yield from _range(int(first), int(last) if last else int(first))


def _range(first: int, last: int) -> Iterator[str]:
    """Without the ones between where there are too many of them."""
    is_range = first <= last < first + _LONGEST_RANGE
    return (f"S{number}" for number in (range(first, last + 1) if is_range else (first, last)))
