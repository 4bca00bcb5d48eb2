"""How a web page shows its elements: its own style sheets and style attributes, as far as they affect what is visible.

External style sheets are not fetched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from footnote_index.loaders.css.colours import (
    WHITE,
    Colour,
    alpha_of,
    blended,
    colour_in,
    colour_of,
    has_picture,
    is_transparent,
    of_attribute,
)
from footnote_index.loaders.css.declarations import Declarations, declared_in
from footnote_index.loaders.css.sheets import Rule, Sheets, marks_of
from footnote_index.loaders.trees import Element, name

_AS_ABOVE = {"", "transparent", "none", "inherit", "initial", "unset", "revert"}
_DARK = re.compile(r"color-scheme\s*+:[^;{}]{0,40}dark", re.IGNORECASE)
_PICTURES = {"img", "picture", "video", "svg", "canvas", "object"}


class PageStyles:
    """The styles of one page."""

    def __init__(self, rules: Iterable[Rule], *, is_known: bool) -> None:
        self._is_known = is_known
        self._backgrounds: dict[Element, Colour | None] = {}
        self._marks: dict[Element, frozenset[str]] = {}
        self._known: dict[Element, Declarations] = {}
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            last = rule.chains[-1][-1]
            self._rules[min(last.marks, default=last.tag)].append(rule)

    @classmethod
    def of(cls, page: Element, more: Iterable[str] = ()) -> PageStyles:
        """`more`: the texts of style sheets that the page links to."""
        texts = [*more, *(style.text or "" for style in page.iter("style", "{*}style"))]
        links = any("stylesheet" in (link.get("rel") or "").lower() for link in page.iter("link", "{*}link"))
        is_known = not links and not any("@import" in text.lower() or _DARK.search(text) for text in texts)
        sheets = Sheets()
        return cls([rule for text in texts for rule in sheets.rules_in(text)], is_known=is_known)

    def rules(self, element: Element) -> Declarations:
        """What the style sheets and the element itself say about it; where they differ, what counts."""
        if element not in self._known:
            self._known[element] = self._cascade(element)
        return self._known[element]

    def _cascade(self, element: Element) -> Declarations:
        """From what counts least: sheets, the element, important ones in sheets, important ones at the element."""
        found = [*self._fitting(element)] if self._rules else []
        style = element.get("style")
        if not found and not style:
            return {}
        own = declared_in(style or "")
        rules = dict[str, str]()
        for rule in sorted(found, key=lambda rule: (rule.layer, rule.rank)):
            rules.update(rule.says.usual)
        rules.update(own.usual)
        for rule in sorted(found, key=lambda rule: (-rule.layer, rule.rank)):
            rules.update(rule.says.important)
        rules.update(own.important)
        return rules

    def behind(self, element: Element) -> Colour | None:
        """The background colour of text in an element; None if it is not known."""
        if element not in self._backgrounds:
            self._backgrounds[element] = self._background(element)
        return self._backgrounds[element]

    def _background(self, element: Element) -> Colour | None:
        rules = self.rules(element)
        picture = rules.get("background-image", "") or (element.get("background") and "url(")
        if picture and has_picture(picture):
            return None
        given = rules.get("background-color") or of_attribute(element.get("bgcolor") or "")
        colour = None if given in _AS_ABOVE else colour_in(given)
        if has_picture(given) or (colour and colour_of(colour) is None and not is_transparent(colour)):
            return None
        alpha = alpha_of(colour) if colour else 0
        if colour and alpha == 1:
            return colour_of(colour)
        below = None if _may_be_on_a_picture(element, rules) else self._below(element)
        plain = colour_of(colour) if colour else None
        return blended(plain, alpha, below) if plain and below else below

    def _below(self, element: Element) -> Colour | None:
        above: Sequence[Element] | None = element.getparent()
        if above is None:
            return WHITE if self._is_known else None
        return self.behind(above)

    def _fitting(self, element: Element) -> Iterator[Rule]:
        around = self._marks_around(element)
        for key in ("", name(element), *marks_of(element)):
            yield from (rule for rule in self._rules.get(key, ()) if rule.marks <= around and rule.fits(element))

    def _marks_around(self, element: Element) -> frozenset[str]:
        """The classes and ids of an element and those around it: few selectors need no others."""
        if element not in self._marks:
            above = element.getparent()
            marks = marks_of(element)
            outer = frozenset[str]() if above is None else self._marks_around(above)
            self._marks[element] = outer | marks if marks - outer else outer
        return self._marks[element]


def _may_be_on_a_picture(element: Element, rules: Declarations) -> bool:
    """A caption that is placed over a picture next to it."""
    above = element.getparent()
    is_placed = rules.get("position") in {"absolute", "fixed"} and above is not None
    return is_placed and any(name(each) in _PICTURES for each in above.iter())
