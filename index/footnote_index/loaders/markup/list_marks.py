"""What the items of a list in (X)HTML begin with: a dash, a number, a letter."""

from __future__ import annotations

from collections.abc import Iterator

from footnote_index.loaders.trees import Element, name

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def marks_of(element: Element) -> Iterator[str]:
    """What the items of a list begin with."""
    if name(element) != "ol":
        while True:
            yield "-"
    items = [child for child in element if name(child) == "li"]
    is_reversed = "reversed" in element.attrib
    number = number_of(element.get("start")) or (len(items) if is_reversed else 1)
    for item in items:
        value = number_of(item.get("value"))
        number = number if value is None else value
        yield f"{_counted(number, element.get('type') or '1')}."
        number += -1 if is_reversed else 1


def _counted(number: int, style: str) -> str:
    if style in {"a", "A"} and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter if style == "a" else letter.upper()
    if style in {"i", "I"} and 0 < number < 40:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return roman if style == "i" else roman.upper()
    return str(number)


def number_of(value: str | None) -> int | None:
    return int(value) if value and value.strip().lstrip("-").isdecimal() and len(value) < 9 else None
