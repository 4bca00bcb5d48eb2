"""Declarations of style sheets and style attributes: what they say about the properties that decide what is visible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from footnote_index.loaders.css.colours import is_colour
from footnote_index.loaders.css.lengths import number, pixels

Declarations = Mapping[str, str]
"""Properties and their values, in lower case."""

_TOKENS = re.compile(
    r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|url\([^()\"']*+\)?|\\.|[{};]",
    re.DOTALL | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_IMPORTANT = re.compile(r"!\s*+important\s*+$")
_ANYWHERE = {"inherit", "initial", "unset", "revert", "revert-layer"}
_LENGTHS = {
    *("left", "right", "top", "bottom", "margin-left", "margin-top", "padding-left", "padding-top", "padding-bottom"),
    *("text-indent", "letter-spacing", "height", "width", "max-height", "max-width"),
}
_SIZES = {
    "xx-small": "9px",
    "x-small": "10px",
    "small": "13px",
    "medium": "16px",
    "large": "18px",
    "x-large": "24px",
    "xx-large": "32px",
    "xxx-large": "48px",
    "smaller": "83%",
    "larger": "120%",
}
_LENGTH_WORDS = {"auto", "normal", "none", "min-content", "max-content", "fit-content", "stretch"}
_WORDS = {
    "display": re.compile(
        r"none|contents|list-item|run-in|(?:inline-|block )?(?:block|flex|grid|table|box|flexbox)|inline|flow(?:-root)?"
        r"|(?:block|inline) (?:flow|flow-root|flex|grid|table)|table-[a-z-]++|ruby[a-z-]*+|-(?:webkit|moz|ms)-[a-z-]++"
    ),
    "visibility": re.compile(r"visible|hidden|collapse"),
    "position": re.compile(r"static|relative|absolute|fixed|(?:-webkit-)?sticky"),
}
_OTHER_NAMES = {
    "margin-inline-start": "margin-left",
    "margin-block-start": "margin-top",
    "inset-inline-start": "left",
    "inset-block-start": "top",
    "inline-size": "width",
    "block-size": "height",
    "max-inline-size": "max-width",
    "max-block-size": "max-height",
    "mask-image": "mask",
    "background-clip-text": "background-clip",
}
_SYSTEM_FONTS = {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"}
_PARTS = re.compile(r"(?:[^\s()]|\([^()]*+\))++")
_SIDES = ("top", "right", "bottom", "left")


T = TypeVar("T")


class Declared(NamedTuple):
    usual: Declarations
    important: Declarations


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a style sheet up to each brace or semicolon, and that mark, without comments."""
    said, start = list[str](), 0
    for token in _TOKENS.finditer(text):
        is_comment = token[0].startswith("/*")
        if is_comment or token[0] in "{};":
            said.append(text[start : token.start()])
            start = token.end()
            if not is_comment:
                yield "".join(said), token[0]
                said.clear()
    yield "".join([*said, text[start:]]), ""


def declared(parts: Iterable[str]) -> Declared:
    """Of declarations of the same property, the last one counts that a browser understands."""
    usual, important = dict[str, str](), dict[str, str]()
    for part in parts:
        key, _, value = _ESCAPE.sub(_unescaped, part).lower().partition(":")
        key = key.strip().removeprefix("-webkit-")
        if not key:
            continue
        key = _OTHER_NAMES.get(key, key)
        given = " ".join(_IMPORTANT.sub("", value.rstrip()).split())
        into = important if _IMPORTANT.search(value.rstrip()) else usual
        for name, each in _longhands(key, given):
            if each and _is_understood(name, each):
                into[name] = each
            elif not each:
                into.setdefault(name, each)
    return Declared(usual, important)


def declared_in(style: str) -> Declared:
    """`color: RED; width:0` -> color, red; width, 0."""
    return declared(part for part, _ in pieces(style))


def _unescaped(found: re.Match[str]) -> str:
    """`\\6f` is an o."""
    code = int(found[1], 16) if found[1] else 0
    return found[2] or (chr(code) if 0 < code < 0xD800 else "\ufffd")


def _longhands(key: str, value: str) -> Iterator[tuple[str, str]]:
    """`margin: 0 5px` -> margin-top, 0; margin-left, 5px; and so on."""
    if key == "background":
        yield "background-color", value
        yield "background-image", value
        yield "background-clip", "text" if "text" in value.split() else "border-box"
    elif key == "font":
        yield "font-size", _size_in(value)
    elif key in {"margin", "padding", "inset"}:
        for side, each in zip(_SIDES, four_sides(_PARTS.findall(value)), strict=False):
            yield (side if key == "inset" else f"{key}-{side}"), each
    else:
        yield key, _SIZES.get(value, value) if key == "font-size" else value


def four_sides(given: Sequence[T]) -> Sequence[T]:
    """`margin: 1px 2px` says what is above, right, below and left."""
    match given:
        case [every]:
            return [every] * 4
        case [above, side]:
            return [above, side, above, side]
        case [above, side, below]:
            return [above, side, below, side]
    return given if len(given) == 4 else ()


def _size_in(font: str) -> str:
    """`italic 12px/2 serif` -> 12px; nothing if a browser does not understand it."""
    for word in (word.partition("/")[0] for word in font.split()):
        if word in _SIZES or word == "0" or (pixels(word) is not None and not word[-1].isdigit()):
            return _SIZES.get(word, word)
    return "16px" if font in _ANYWHERE | _SYSTEM_FONTS or "(" in font else ""


def _is_understood(key: str, value: str) -> bool:
    if value in _ANYWHERE or "(" in value:
        return True
    if key in _WORDS:
        return bool(_WORDS[key].fullmatch(value))
    if key == "opacity":
        return number(value) is not None
    if key in _LENGTHS or key == "font-size":
        return pixels(value) is not None or (value in _LENGTH_WORDS and key != "font-size")
    return is_colour(value) if key in {"color", "text-fill-color"} else True
