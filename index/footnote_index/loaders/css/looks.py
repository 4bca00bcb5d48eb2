"""What elements hand down to the text inside them: its size, colour and place, until an inner element changes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from footnote_index.loaders.css.colours import (
    Colour,
    alpha_of,
    are_alike,
    blended,
    colour_in,
    colour_of,
    is_transparent,
    of_attribute,
)
from footnote_index.loaders.css.declarations import Declarations
from footnote_index.loaders.css.hiding import SMALLEST_FONT, opacity
from footnote_index.loaders.css.lengths import USUAL_FONT_SIZE, pixels
from footnote_index.loaders.trees import Element, name

_FAR = 900.0  # pixels
_FAR_BEYOND = 9_000.0
_CLOSEST = -0.9
_FAINTEST = 0.05
_OF_PARENT = {"", "inherit", "unset", "currentcolor"}
_OWN_COLOURS = {"button", "mark"}


@dataclass(frozen=True, slots=True)
class Look:
    """Of the text in an element."""

    opacity: float = 1.0
    font_size: float = USUAL_FONT_SIZE
    indent: float = 0.0
    spacing: float = 0.0  # of the size of the font
    is_invisible: bool = False
    colour: str = ""
    fill: str = ""
    is_cut_out: bool = False  # of a background
    outline: str = ""

    def inside(self, element: Element, rules: Declarations) -> Look:
        """The look of an element in one with this look."""
        look = self._coloured(element, rules)
        if not rules:
            return look
        size = _font_size(rules.get("font-size", ""), self.font_size)
        shown = rules.get("visibility", "inherit")
        return replace(
            look,
            opacity=self.opacity * opacity(rules),
            font_size=size,
            indent=_indent(rules, size, self.indent),
            spacing=_spacing(rules.get("letter-spacing", ""), size, self.spacing),
            is_invisible=self.is_invisible if shown in _OF_PARENT else shown in {"hidden", "collapse"},
        )

    def _coloured(self, element: Element, rules: Declarations) -> Look:
        given = rules.get("color") or of_attribute(element.get("color") or "")
        if name(element) == "body":
            given = given or of_attribute(element.get("text") or "")
        has_own = name(element) in _OWN_COLOURS or (name(element) == "a" and element.get("href") is not None)
        if has_own and not given:
            given = "initial"
        if given in _OF_PARENT and not rules:
            return self
        fill, clip = rules.get("text-fill-color", ""), rules.get("background-clip")
        outlines = [rules[key] for key in ("text-shadow", "text-stroke") if key in rules]
        return replace(
            self,
            colour=self.colour if given in _OF_PARENT else given,
            fill=self.fill if fill in {"", "inherit", "unset"} else "" if fill == "currentcolor" else fill,
            is_cut_out=clip == "text" or self.is_cut_out,
            outline=" ".join(outlines) if outlines else self.outline,
        )

    def hides_all(self) -> bool:
        """Whether nothing inside the element can be seen, whatever its look."""
        return self.opacity < _FAINTEST

    def hides_letters(self) -> bool:
        """Whether text with this look cannot be seen on any background."""
        return self.font_size < SMALLEST_FONT or self.indent <= -_FAR or self.spacing <= _CLOSEST

    def is_lost_on(self, behind: Colour | None) -> bool:
        """Whether text of this colour cannot be seen on this background."""
        given = self.fill or self.colour
        if not given or self.is_cut_out or _shows_on(colour_in(self.outline), behind):
            return False
        if is_transparent(given):
            return True
        return behind is not None and colour_of(given) is not None and not _shows_on(given, behind)


def _shows_on(given: str | None, behind: Colour | None) -> bool:
    if given is None or is_transparent(given):
        return False
    colour = colour_of(given)
    return colour is None or behind is None or not are_alike(blended(colour, alpha_of(given), behind), behind)


def _font_size(given: str, above: float) -> float:
    if given in _OF_PARENT:
        return above
    size = pixels(given, above, above / 100)
    return USUAL_FONT_SIZE if size is None else max(size, 0.0)


def _indent(rules: Declarations, font_size: float, above: float) -> float:
    """Where the text begins. One that begins at the right end is cut off where nothing flows over."""
    given = rules.get("text-indent", "")
    size = above if given in _OF_PARENT else pixels(given, font_size) or 0.0
    is_cut = not {"hidden", "clip"}.isdisjoint(rules.get("overflow", "").split())
    if size >= (_FAR if is_cut else _FAR_BEYOND):
        return -size
    if size < 0 and given not in _OF_PARENT:
        size += max(pixels(rules.get("padding-left", ""), font_size) or 0.0, 0.0)
    return size


def _spacing(given: str, font_size: float, above: float) -> float:
    if given in _OF_PARENT:
        return above
    return (pixels(given, font_size) or 0.0) / font_size if font_size else 0.0
