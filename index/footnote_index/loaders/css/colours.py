"""Colours as style sheets write them."""

from __future__ import annotations

import re

from footnote_index.loaders.css.colour_names import NAMED

Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
_NAMED = {**NAMED, "canvas": WHITE, "window": WHITE, "canvastext": BLACK, "windowtext": BLACK}
_PART = r"(\d{1,3}(?:\.\d{1,9})?%?)"
_ALPHA = r"(?:[\s,/]+([\d.]{1,20})(%?))?\s*\)"
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_RGB = re.compile(rf"rgba?\(\s*{_PART}[\s,]+{_PART}[\s,]+{_PART}{_ALPHA}")
_HSL = re.compile(rf"hsla?\(\s*[\d.]++(?:deg)?[\s,]+[\d.]++%?[\s,]+(9[89]|100|[012])(?:\.\d{{1,9}})?%?{_ALPHA}")
_BRIGHTEST = re.compile(
    r"(?:lab|lch)\(\s*100%?\s[^()]*\)|(?:oklab|oklch)\(\s*(?:1(?:\.0+)?|100%)\s[^()]*\)"
    r"|color\(\s*(?:srgb|srgb-linear|display-p3)\s+(?:(?:1(?:\.0+)?|100%)\s*){3}\)|hwb\(\s*[\d.]{1,20}+(?:deg)?\s+100%?\s+0%?\s*\)"
)
_PICTURES = ("url(", "gradient(", "image(", "image-set(", "cross-fade(", "element(", "paint(", "var(")
_CHARACTERS_OF_HEX = re.compile(r"(?:[0-9a-f]{6}|[0-9a-f]{3})")
_WORD = re.compile(r"[^\s(,]++(?:\([^()]*+\))?")
_OTHER_WORDS = {"transparent", "currentcolor"}
_UNSEEN = 0.05
_ALIKE = 10  # of 255: nobody tells them apart


def colour_of(value: str) -> Colour | None:
    """None if it is not a plain colour. How transparent it is does not count."""
    if value in _NAMED:
        return _NAMED[value]
    if found := _HEX.match(value):
        digits = found[1] if len(found[1]) >= 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := _RGB.match(value):
        return _part(found[1]), _part(found[2]), _part(found[3])
    if found := _HSL.match(value):
        return WHITE if len(found[1]) > 1 else BLACK
    return WHITE if _BRIGHTEST.match(value) else None


def _part(written: str) -> int:
    size = float(written.rstrip("%")) * (2.55 if written.endswith("%") else 1)
    return min(round(size), 255)


def alpha_of(value: str) -> float:
    """From 0, transparent, to 1."""
    if found := _HEX.match(value):
        digits = found[1]
        return int(digits[3] * 2 if len(digits) == 4 else digits[6:], 16) / 255 if len(digits) in {4, 8} else 1
    if found := _RGB.match(value) or _HSL.match(value):
        given, percent = found.groups()[-2:]
        if not given or given.count(".") > 1 or given == ".":
            return 1
        return min(float(given) / (100 if percent else 1), 1)
    return 0 if value == "transparent" else 1


def is_transparent(value: str) -> bool:
    """Whether text of this colour is invisible on any background."""
    return alpha_of(value) < _UNSEEN


def is_colour(value: str) -> bool:
    """Whether a browser takes a single word for a colour."""
    return colour_of(value) is not None or value in _OTHER_WORDS


def of_attribute(value: str) -> str:
    """The colour in an attribute like `bgcolor`, as style sheets write it: there, `ffffff` is white too."""
    value = value.strip().lower()
    return f"#{value}" if _CHARACTERS_OF_HEX.fullmatch(value) else value


def has_picture(value: str) -> bool:
    return any(picture in value for picture in _PICTURES)


def colour_in(background: str) -> str | None:
    """The part of a background that gives its colour, as written."""
    for word in _WORD.findall(background):
        if colour_of(word) is not None or word == "transparent" or word.partition("(")[1]:
            return str(word)
    return None


def blended(colour: Colour, alpha: float, below: Colour) -> Colour:
    """What a colour looks like on another one."""
    red, green, blue = (round(a * alpha + b * (1 - alpha)) for a, b in zip(colour, below, strict=True))
    return red, green, blue


def are_alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
