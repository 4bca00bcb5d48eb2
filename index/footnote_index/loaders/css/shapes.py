"""Shapes that style sheets clip elements to: whether one leaves nothing to see."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.css.colours import is_transparent
from footnote_index.loaders.css.declarations import four_sides
from footnote_index.loaders.css.lengths import calls, pixels

_EMPTY_PATH = re.compile(r"path\((?:\s*(?:evenodd|nonzero)\s*,)?\s*[\"'][mlhvzMLHVZ0\s,.-]*+[\"']\s*\)")
_GRADIENT = re.compile(r"(?:repeating-)?(?:linear|radial|conic)-gradient\(((?:[^()]|\([^()]*+\))*+)\)")
_STOPS = re.compile(r"(?:[^,()]|\([^()]*+\))++")
_DIRECTION = re.compile(r"to\b|from\b|at\b|circle|ellipse|[+-]?[\d.]{1,20}+(?:deg|turn|rad|grad)")
_SIDE = 600.0  # pixels: an element as wide and high as it would have to be
_PERCENT = _SIDE / 100
_THINNEST = 1.0


def leaves_nothing(clip: str) -> bool:
    """Of a value of `clip` or `clip-path`."""
    for shape, given in calls(clip):
        if shape == "rect":
            return _is_thin_rect(given)
        sizes = [*map(_pixels, given)]
        if shape == "inset":
            return _is_thin_inset(sizes[: given.index("round")] if "round" in given else sizes)
        if shape == "xywh":
            return any(size is not None and size <= _THINNEST for size in sizes[2:4])
        if shape in {"circle", "ellipse"}:
            radii = sizes[: given.index("at")] if "at" in given else sizes
            return any(radius is not None and radius <= _THINNEST for radius in radii)
        if shape == "polygon":
            return _is_flat(
                [size for word, size in zip(given, sizes, strict=True) if word not in {"evenodd", "nonzero"}]
            )
    return bool(_EMPTY_PATH.match(clip))


def hides_all(mask: str) -> bool:
    """Of a mask: whether it is a gradient from nothing to nothing."""
    found = _GRADIENT.fullmatch(mask)
    stops = [stop.strip() for stop in _STOPS.findall(found[1])] if found else []
    colours = [stop for stop in stops if not _DIRECTION.match(stop)]
    return bool(colours) and all(stop.startswith("transparent") or is_transparent(stop) for stop in colours)


def _pixels(value: str) -> float | None:
    return pixels(value, percent=_PERCENT)


def _is_thin_rect(given: Sequence[str]) -> bool:
    """Its sides are all measured from the upper left corner."""
    if len(given) != 4:
        return False
    least = (0.0, _SIDE, _SIDE, 0.0)
    above, right, below, left = (
        auto if word == "auto" else _pixels(word) for word, auto in zip(given, least, strict=True)
    )
    if above is None or right is None or below is None or left is None:
        return False
    return right - left <= _THINNEST or below - above <= _THINNEST or right <= 0 or below <= 0


def _is_thin_inset(sizes: Sequence[float | None]) -> bool:
    sides = four_sides(sizes)
    if not sides:
        return False
    above, right, below, left = (side or 0.0 for side in sides)
    return above + below > _SIDE - _THINNEST or left + right > _SIDE - _THINNEST


def _is_flat(sizes: Sequence[float | None]) -> bool:
    """Whether a polygon has no area, or is beside the element."""
    known = [size for size in sizes if size is not None]
    if not known or len(known) != len(sizes) or len(known) % 2:
        return False
    across, down = known[::2], known[1::2]
    if min(max(across), max(down)) <= 0 or max(min(across), min(down)) >= _SIDE:
        return True
    after = zip([*across[1:], across[0]], [*down[1:], down[0]], strict=True)
    area = sum(x * later_y - later_x * y for x, y, (later_x, later_y) in zip(across, down, after, strict=True)) / 2
    return abs(area) <= _THINNEST
