"""What a PDF page draws apart from letters: vertical rules between table cells, and backgrounds of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_MOST_OBJECTS = 5_000
_MOST_SEGMENTS = 500
_THIN = 1.0  # points
_UPRIGHT = 6.0  # points: shorter lines are not rules
_WHITE = 250

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A vertical line at `x`, or the edge of a box."""

    x: float
    bottom: float
    top: float


class VerticalRules:
    """The vertical rules of a page, from left to right."""

    def __init__(self, rules: list[Rule]) -> None:
        self._rules = sorted(rules, key=lambda rule: rule.x)
        self._places = [rule.x for rule in self._rules]

    def part(self, left: float, right: float, y: float) -> bool:
        """Whether there is one between two positions on a line."""
        for rule in self._rules[bisect_left(self._places, left) :]:
            if rule.x > right:
                return False
            if rule.bottom <= y <= rule.top:
                return True
        return False


def rules_of(page: PdfPage) -> VerticalRules:
    """The rules of a page that is not rotated."""
    import pypdfium2.raw as pdfium

    found: list[Rule] = []
    for shape in _objects(page, pdfium.FPDF_PAGEOBJ_PATH):
        bounds = bounds_of(shape)
        if bounds and bounds[3] - bounds[1] >= _UPRIGHT:
            found += _edges(shape, bounds)
    return VerticalRules(found)


def grounds_of(page: PdfPage) -> list[Bounds]:
    """Coloured areas and pictures: on these, white letters can be read."""
    import pypdfium2.raw as pdfium

    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM)
    coloured = (shape for shape in _objects(page, *kinds) if not _is_white(shape))
    return [bounds for shape in coloured if (bounds := bounds_of(shape))]


def bounds_of(shape: Any) -> Bounds | None:  # noqa: ANN401 - a pointer of PDFium's
    import pypdfium2.raw as pdfium

    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    if not pdfium.FPDFPageObj_GetBounds(shape, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    return left.value, bottom.value, right.value, top.value


def is_white(red: int, green: int, blue: int) -> bool:
    return min(red, green, blue) >= _WHITE


def colour_of(shape: Any) -> tuple[int, int, int, int] | None:  # noqa: ANN401
    """Red, green, blue and how opaque, from 0 to 255."""
    import pypdfium2.raw as pdfium

    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    if not pdfium.FPDFPageObj_GetFillColor(shape, byref(red), byref(green), byref(blue), byref(opacity)):
        return None
    return red.value, green.value, blue.value, opacity.value


def _objects(page: PdfPage, *kinds: int) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for number in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        shape = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(shape) in kinds:
            yield shape


def _is_white(shape: Any) -> bool:  # noqa: ANN401
    """Whether it is a path that is not filled, or filled in white."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
        return False
    mode, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(shape, byref(mode), byref(stroke))
    colour = colour_of(shape)
    return not mode.value or colour is None or is_white(*colour[:3]) or colour[3] == 0


def _edges(shape: Any, bounds: Bounds) -> Iterator[Rule]:  # noqa: ANN401
    """The vertical parts of a path; a path as thin as a line counts as one."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = bounds
    if right - left <= _THIN:
        yield Rule(left, bottom, top)
        return
    matrix, x, y = pdfium.FS_MATRIX(), c_float(), c_float()
    pdfium.FPDFPageObj_GetMatrix(shape, byref(matrix))
    if matrix.b or matrix.c:
        return
    points: list[tuple[float, float]] = []
    for number in range(min(pdfium.FPDFPath_CountSegments(shape), _MOST_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, number)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _upright(points)
            points = []
        points.append((matrix.a * x.value + matrix.e, matrix.d * y.value + matrix.f))
    yield from _upright(points)


def _upright(points: list[tuple[float, float]]) -> Iterator[Rule]:
    for (x, y), (other_x, other_y) in pairwise(points):
        if abs(x - other_x) <= _THIN and abs(y - other_y) >= _UPRIGHT:
            yield Rule(x, min(y, other_y), max(y, other_y))
