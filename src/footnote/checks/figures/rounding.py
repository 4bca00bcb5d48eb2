"""Numbers that stand for more exact ones: about 90 for 87, hundreds for 350."""

from __future__ import annotations

import math

from footnote.checks.figures.clock import CLOCK, DIAL
from footnote.checks.figures.hedges import Sides
from footnote.checks.figures.numbers import Number

_MOST_DIGITS = 5
_RAISED = 0.06
"""How much of itself a number may be raised by: nearly 90 may be 85, and is not 81."""


def rounds(about: Number, exact: Number, sides: Sides) -> bool:
    """About 90 rounds 87, nearly 3,000 rounds 2,960, and over 500 rounds 587; 85 does not round 87, nor does "more than
    90" or "more than 300" round 587.
    """
    (rounded, unit), (value, exact_unit) = about, exact
    if unit != exact_unit or unit in {CLOCK, DIAL} or not value:
        return False
    side = (rounded > value) - (rounded < value)
    if side not in sides:
        return False
    nearest = any(float(f"{value:.{digits}g}") == rounded for digits in range(1, _MOST_DIGITS))
    return nearest or (len(sides) == 1 and _is_cut(rounded, value))


def _is_cut(rounded: float, value: float) -> bool:
    """Whether the last figures of the exact number are left out, or raised to a number that is near."""
    scale = 10.0 ** math.floor(math.log10(abs(value)))
    cut = (scale / 10**digits for digits in range(_MOST_DIGITS - 1))
    below = any(math.isclose(math.floor(value / step) * step, rounded) for step in cut)
    raised = (scale, scale / 10, scale / 100) if 0 < rounded / value - 1 <= _RAISED else ()
    return below or any(math.isclose(math.ceil(value / step) * step, rounded) for step in raised)


def is_some_of(exact: Number, many: Number) -> bool:
    """350 are hundreds; 100 are not, nor are 100,000."""
    (value, exact_unit), (scale, unit) = exact, many
    return unit == "many" and not exact_unit and 2 * scale <= value < 100 * scale
