"""Lengths in style sheets, in pixels: roughly, since nobody knows the size of the reader's screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

USUAL_FONT_SIZE = 16.0
_NUMBER = r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:e[+-]?\d{1,3})?"
_LENGTH = re.compile(rf"({_NUMBER})([a-z]++|%)?")
_SUM = re.compile(r"calc\(([^()]*+)\)")
_CALL = re.compile(r"(?<![a-z0-9-])([a-z0-9-]{1,30}+)\(([^()]{0,1000}+)\)")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
    "q": 0.945,
    "rem": USUAL_FONT_SIZE,
    "vw": 10.0,
    "vh": 9.0,
    "vmin": 9.0,
    "vmax": 10.0,
    "vi": 10.0,
    "vb": 9.0,
    **{f"{kind}{unit}": size for kind in "sld" for unit, size in (("vw", 10.0), ("vh", 9.0))},
}
_OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2}
_DEGREES = {"": 1.0, "deg": 1.0, "grad": 0.9, "turn": 360.0, "rad": 57.29578}


def pixels(value: str, font_size: float = USUAL_FONT_SIZE, percent: float = 10.0) -> float | None:
    """`-1em`, `calc(50% - 480px)`; None if it is no length. `percent`: how many pixels a percent is."""
    if found := _SUM.fullmatch(value):
        return _summed(found[1].split(), font_size, percent)
    if not (found := _LENGTH.fullmatch(value)):
        return None
    number, unit = float(found[1]), found[2] or ""
    if unit == "%":
        return number * percent
    if unit in _OF_FONT:
        return number * _OF_FONT[unit] * font_size
    return number * _PIXELS[unit] if unit in _PIXELS else None


def _summed(terms: list[str], font_size: float, percent: float) -> float | None:
    total = 0.0
    for sign, term in zip(["+", *terms[1::2]], terms[::2], strict=False):
        size = pixels(term, font_size, percent) if sign in {"+", "-"} else None
        if size is None:
            return None
        total += -size if sign == "-" else size
    return total if len(terms) % 2 else None


def number(value: str) -> float | None:
    """`.5`, `50%`."""
    if value.endswith("%"):
        percents = pixels(value[:-1])
        return None if percents is None else percents / 100
    return pixels(value)


def degrees(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _DEGREES[found[2] or ""] if found and (found[2] or "") in _DEGREES else None


def calls(value: str) -> Iterator[tuple[str, list[str]]]:
    """`scale(0, 1) rotate(9deg)` -> scale, [0, 1]; rotate, [9deg]."""
    for found in _CALL.finditer(value):
        yield found[1], found[2].replace(",", " ").split()
