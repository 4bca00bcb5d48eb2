"""Tabs of a page: each part that a tab opens is read, and begins with the tab's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.css.hidden_regions import regions_of
from footnote_index.loaders.css.styles import PageStyles
from footnote_index.loaders.trees import Element

_LONGEST_NAME = 100
_SHOWN = "display: block"
_NAME = "data-footnote-tab"


def open_tabs(page: Element) -> None:
    """Shows all parts whose tabs are seen: readers open them with a click, while one of them is open at first."""
    lists = [each for each in page.iter(etree.Element) if each.get("role") == "tablist"]
    if not lists:
        return
    unseen = {each for region in regions_of(page, PageStyles.of(page, ())) for each in region.elements}
    for tabs in lists:
        pairs = [*_pairs(tabs, page)]
        names = [on_one_line("".join(tab.itertext())) for tab, _ in pairs]
        if not pairs or not all(0 < len(name) <= _LONGEST_NAME for name in names):
            continue
        if unseen.isdisjoint([tabs, *(tab for tab, _ in pairs)]):
            for name, (tab, panel) in zip(names, pairs, strict=True):
                panel.attrib.pop("hidden", None)
                panel.attrib.update({"style": _SHOWN, _NAME: name})
                tab.drop_tree()


def name_parts(content: Element) -> None:
    """Puts the name of each tab before what it opens, as a term that this defines."""
    for panel in [each for each in content.iter(etree.Element) if _NAME in each.attrib]:
        term = panel.makeelement("dt")
        term.text, term.tail, panel.text = panel.get(_NAME), panel.text, None
        panel.insert(0, term)


def _pairs(tabs: Element, page: Element) -> Iterator[tuple[Element, Element]]:
    """Each tab and what it opens; none at all if one of them opens nothing. Without ids, these are the parts that
    follow.
    """
    found = [each for each in tabs.iter(etree.Element) if each.get("role") == "tab"]
    by_id = {each.get("id"): each for each in page.iter(etree.Element) if each.get("role") == "tabpanel"}
    panels = [by_id.get(each.get("aria-controls", "")) for each in found]
    if None in panels:
        panels = [*_below(tabs)]
    is_around = any(panel in tab.iterdescendants() for tab, panel in zip(found, panels, strict=False))
    if len(panels) == len(found) and not is_around:
        yield from zip(found, panels, strict=True)


def _below(tabs: Element) -> Sequence[Element]:
    """The parts around which nothing else stands, next to a list of tabs or in the element that follows it."""
    after = [*tabs.itersiblings(etree.Element)]
    own = [each for each in after if each.get("role") == "tabpanel"]
    return own or [each for each in (after[0] if after else ()) if each.get("role") == "tabpanel"]
