"""Colours as style sheets write them."""

from __future__ import annotations

import re

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

WHITE: Colour = (255, 255, 255)
_NAMED: dict[str, Colour] = {
    "white": WHITE,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "whitesmoke": (245, 245, 245),
}
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+)(%?))?\s*\)")
_HSL = re.compile(r"hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%?[\s,]+(0|100)%(?:[\s,/]+[\d.]+%?)?\s*\)")
_UNSEEN = 0.05
_ALIKE = 10  # of 255: nobody tells them apart


def colour_of(value: str) -> Colour | None:
    """None if it is not a plain colour."""
    if value in _NAMED:
        return _NAMED[value]
    if found := _HEX.match(value):
        digits = found[1] if len(found[1]) >= 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := _RGB.match(value):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _HSL.match(value):
        return WHITE if found[1] == "100" else (0, 0, 0)
    return None


def is_transparent(value: str) -> bool:
    """Whether text of this colour is invisible on any background."""
    if found := _HEX.match(value):
        digits = found[1]
        return len(digits) in {4, 8} and int(digits[3] * 2 if len(digits) == 4 else digits[6:], 16) < 255 * _UNSEEN
    if (found := _RGB.match(value)) and found[4]:
        return float(found[4]) / (100 if found[5] else 1) < _UNSEEN
    return value == "transparent"


def behind_of(value: str) -> Colour | None:
    """The colour of a background; None if a picture may be on it, or if it is transparent."""
    if "url(" in value or "gradient" in value or is_transparent(value):
        return None
    return colour_of(value) or next(filter(None, map(colour_of, value.split())), None)


def are_alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
