"""Which elements of a page nobody sees the text of, in regions: parts of the tree that hang together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from footnote_index.loaders.css.declarations import Declarations
from footnote_index.loaders.css.hiding import SMALLEST_FONT, is_out_of_sight
from footnote_index.loaders.css.lengths import USUAL_FONT_SIZE
from footnote_index.loaders.css.looks import Look
from footnote_index.loaders.css.styles import PageStyles
from footnote_index.loaders.trees import Element, name

UNREAD = {"script", "style", "template", "noscript"}
_PAGE = {"html", "body"}
_PICTURES = {"img", "svg", "picture", "video", "audio", "canvas", "object", "iframe", "input", "math"}
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Region:
    """Elements without text that is seen, in the order of the page: the first one is around all others."""

    elements: list[Element]

    @property
    def text(self) -> str:
        return "".join(self._pieces())

    @property
    def size(self) -> int:
        """How many characters of text it has, without white space."""
        return sum(len("".join(piece.split())) for piece in self._pieces())

    def _pieces(self) -> Iterator[str]:
        held = {*self.elements}
        first = self.elements[0]
        for event, each in etree.iterwalk(first, events=("start", "end", "comment", "pi")):
            if event == "start":
                piece = each.text if each in held and name(each) not in UNREAD else None
            else:
                piece = each.tail if each is not first and each.getparent() in held else None
            if piece:
                yield piece


def regions_of(page: Element, styles: PageStyles) -> Sequence[Region]:
    looks, gone = dict[Element, Look](), set[Element]()
    regions = dict[Element, Region]()
    found = list[Region]()
    for element in page.iter(etree.Element):
        above = element.getparent()
        if element is page or name(element) in _PAGE:
            looks[element] = _of_page(element, looks.get(above, Look()), styles)
            continue
        if name(element) == "head" or above not in looks:
            continue
        if above in gone:
            looks[element] = looks[above]
            gone.add(element)
        else:
            rules = styles.rules(element)
            looks[element] = look = Look() if name(element) == "math" else looks[above].inside(element, rules)
            if _is_gone(element, rules, look):
                gone.add(element)
            elif not _is_unseen(element, look, styles):
                continue
        if above in regions:
            regions[element] = regions[above]
        else:
            regions[element] = Region([])
            found.append(regions[element])
        regions[element].elements.append(element)
    return found


def _of_page(element: Element, above: Look, styles: PageStyles) -> Look:
    """Scripts show a page that its styles hide as a whole."""
    look = above.inside(element, styles.rules(element))
    size = look.font_size if look.font_size >= SMALLEST_FONT else USUAL_FONT_SIZE
    shown = replace(look, opacity=1.0, font_size=size, indent=0.0, spacing=0.0, is_invisible=False)
    return replace(shown, colour="", fill="") if look.is_lost_on(styles.behind(element)) else shown


def _is_gone(element: Element, rules: Declarations, look: Look) -> bool:
    """Whether nothing in it is seen. A hidden formula belongs to a picture next to it that shows the same."""
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    is_hidden = look.hides_all() or (bool(rules) and is_out_of_sight(rules, look.font_size))
    return is_hidden and not _is_formula(element)


def _is_formula(element: Element) -> bool:
    formulas = [*element.iter("math", "{*}math")]
    if not formulas:
        return False
    words = len(_WORDS.findall(" ".join(element.itertext())))
    return words - sum(len(_WORDS.findall(" ".join(each.itertext()))) for each in formulas) < _FEWEST_WORDS


def _is_unseen(element: Element, look: Look, styles: PageStyles) -> bool:
    if look.is_invisible:
        return True
    if name(element) in _PICTURES:
        return False
    return look.hides_letters() or look.is_lost_on(styles.behind(element) if look.colour or look.fill else None)
