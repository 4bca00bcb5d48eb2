"""Ways in which style sheets hide an element with everything inside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from footnote_index.loaders.css.declarations import Declarations
from footnote_index.loaders.css.lengths import calls, degrees, number, pixels
from footnote_index.loaders.css.shapes import hides_all, leaves_nothing

SMALLEST_FONT = 2.0
_FAR = 900.0  # pixels: nothing that far away reaches into the page
_FAR_BEYOND = 9_000.0  # pixels: as far as nobody scrolls to the right
_PULLED_FAR = 3_000.0  # pixels from the other side: wider than screens are
_ASIDE = 400.0  # pixels: notes in the margin are nearer
_ROOM = 10.0
_POINT = 1.0
_BLURRED = 10.0
_PLACED = {"absolute", "fixed", "relative", "sticky"}
_CUTS = {"hidden", "clip", "auto", "scroll"}
_TURNED_AWAY = 0.05


def is_out_of_sight(rules: Declarations, font_size: float) -> bool:
    """Whether nobody sees an element, nor what is inside it."""
    return any(_ways(rules, font_size))


def opacity(rules: Declarations) -> float:
    """From 0, invisible, to 1."""
    given = number(rules.get("opacity", ""))
    share = 1.0 if given is None else min(max(given, 0.0), 1.0)
    for kind, values in calls(rules.get("filter", "")):
        part = number(values[0]) if kind == "opacity" and values else None
        share *= 1.0 if part is None else min(max(part, 0.0), 1.0)
    return share


def _ways(rules: Declarations, font_size: float) -> Iterator[bool]:
    yield rules.get("display") == "none" or rules.get("mso-hide") == "all"
    yield rules.get("content-visibility") == "hidden"
    yield _is_blurred(rules.get("filter", ""))
    yield _is_cut_away(rules)
    yield leaves_nothing(rules.get("clip", "")) or leaves_nothing(rules.get("clip-path", ""))
    yield hides_all(rules.get("mask", ""))
    yield "currentcolor" in rules.get("background-color", "") and rules.get("background-clip") != "text"
    yield _is_shrunk(rules, font_size)
    yield _is_elsewhere(rules, font_size)


def _is_blurred(given: str) -> bool:
    return any(kind == "blur" and (pixels("".join(values)) or 0) >= _BLURRED for kind, values in calls(given))


def _is_cut_away(rules: Declarations) -> bool:
    """Padding below has room for text that an element has none for."""
    cuts = " ".join(rules.get(key, "") for key in ("overflow", "overflow-x", "overflow-y")).split()
    if _CUTS.isdisjoint(cuts):
        return False
    sizes = {side: pixels(rules.get(side, "")) for side in ("height", "max-height", "width", "max-width")}
    none = {side for side, size in sizes.items() if size is not None and size < _POINT}
    below, above = rules.get("padding-bottom", ""), rules.get("padding-top", "")
    if (pixels(below) or 0) >= _ROOM or ("%" in above and (pixels(above) or 0) >= _ROOM):
        none -= {"height", "max-height"}
    height, width = sizes["height"], sizes["width"]
    return bool(none) or (height is not None and width is not None and max(height, width) < 2 * _POINT)


def _is_shrunk(rules: Declarations, font_size: float) -> bool:
    scales = [("scale", rules.get("scale", "").split()), ("scale", [rules.get("zoom", "")])]
    if not number(rules.get("zoom", "")):
        scales.pop()  # browsers take a zoom of nothing for none
    for kind, values in [*calls(rules.get("transform", "")), *scales]:
        if kind.startswith("scale"):
            factors = [factor for factor in map(number, values[:2]) if factor is not None]
            if factors and min(map(abs, factors)) * font_size < SMALLEST_FONT:
                return True
        elif kind in {"rotatex", "rotatey"} and values:
            angle = degrees(values[0])
            if angle is not None and math.isfinite(angle) and abs(math.cos(math.radians(angle))) < _TURNED_AWAY:
                return True
        elif kind in {"matrix", "matrix3d"} and (lines := _matrix(kind, values)):
            a, b, c, d, *_ = lines
            if math.sqrt(abs(a * d - b * c)) * font_size < SMALLEST_FONT:
                return True
    return False


def _matrix(kind: str, values: list[str]) -> list[float]:
    """Its six numbers that count on a plane."""
    known = [value for value in map(number, values) if value is not None]
    if len(known) != len(values) or len(known) != (6 if kind == "matrix" else 16):
        return []
    return known if kind == "matrix" else [known[at] for at in (0, 1, 4, 5, 12, 13)]


def _is_elsewhere(rules: Declarations, font_size: float) -> bool:
    """Left of the page or above it, or too far away."""
    is_placed = rules.get("position") in _PLACED
    to_the_right, down = _moved(rules, font_size)

    def size(key: str, percent: float = 5.0) -> float:
        return pixels(rules.get(key, ""), font_size, percent) or 0.0

    to_the_right += size("margin-left") + size("padding-left")
    down += size("margin-top") + size("padding-top")
    if is_placed:
        left = size("left", 10.0)
        to_the_right += left if left < 0 else size("left", 20.0)
        down += size("top") if size("top") > 0 else size("top", 10.0)
        pulls = [size(side) for side in ("right", "bottom")]
        if min(pulls) <= -_FAR or max(pulls) >= _PULLED_FAR:
            return True
    width = pixels(rules.get("width", ""), font_size)
    nearest = 0.0 if rules.get("position") == "fixed" else _ASIDE
    is_aside = is_placed and width is not None and "left" in rules and to_the_right <= -max(width, nearest, _POINT)
    return is_aside or min(to_the_right, down) <= -_FAR or to_the_right >= _FAR_BEYOND


def _moved(rules: Declarations, font_size: float) -> tuple[float, float]:
    """How far its transformations move an element to the right and down. Percents are of its own size."""
    right = down = 0.0
    for kind, values in [*calls(rules.get("transform", "")), ("translate", rules.get("translate", "").split())]:
        if kind in {"translate", "translate3d", "translatex"} and values:
            right += pixels(values[0], font_size, 9.0) or 0.0
        if kind in {"translate", "translate3d"} and len(values) > 1:
            down += pixels(values[1], font_size, 1.0) or 0.0
        if kind == "translatey" and values:
            down += pixels(values[0], font_size, 1.0) or 0.0
        if kind in {"matrix", "matrix3d"} and (lines := _matrix(kind, values)):
            right, down = right + lines[4], down + lines[5]
    return right, down
