"""Trees of elements: XML parsed without anything it could do, and the text of XHTML-like ones."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from footnote.errors import ArticleError
from footnote_index.loaders.layout import Layout

Element: TypeAlias = Any  # lxml ships no types

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "hr"),
    *("lb", "list", "ol", "p", "pre", "quote", "section", "table", "tbody", "thead", "tfoot", "ul", "main", "header"),
}
_ITEMS = {"li", "item"}
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "cell"}
_SILENT = {"script", "style", "head", "title", "template", "noscript", "svg", "math", "nav", "rt", "rp", "graphic"}


def parsed(content: bytes) -> Element:
    """The root of an XML document. No entity is resolved, no file or address opened; errors are repaired as far as
    possible. Raises ArticleError when nothing is left.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError("its XML is broken") from error
    if root is None:
        raise ArticleError("its XML is broken")
    return root


def name(element: Element) -> str:
    """Without its namespace; empty for what is no element."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def lay_out(root: Element, layout: Layout) -> None:
    """Adds the blocks of a tree of (X)HTML, or of trafilatura's elements, to a layout."""
    walk = _Walk(layout)
    walk.element(root)
    walk.end()


class _Walk:
    """Collects text until the block that it stands in ends. Parsers bound the depth of trees to some hundred."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._text: list[str] = []
        self._level = 0
        self._in_item = False

    def element(self, element: Element) -> None:
        kind = name(element)
        if not kind:
            self._text.append(html.unescape(element.text or "") if element.tag is etree.Entity else "")
        elif kind in _ROWS:
            self.end()
            self._layout.row(_cells(element))
        elif kind == "head" and element.get("rend"):
            self._block(element, level=_HEADINGS.get(element.get("rend"), 2))
        elif kind in _HEADINGS:
            self._block(element, level=_HEADINGS[kind])
        elif kind in _ITEMS:
            self._block(element, in_item=True)
        elif kind in _BLOCKS:
            self._block(element, level=self._level, in_item=self._in_item)
        elif kind not in _SILENT and not _is_hidden(element):
            self._inside(element)

    def _block(self, element: Element, *, level: int = 0, in_item: bool = False) -> None:
        self.end()
        if _is_hidden(element):
            return
        before = self._level, self._in_item
        self._level, self._in_item = level, in_item
        self._inside(element)
        self.end()
        self._level, self._in_item = before

    def _inside(self, element: Element) -> None:
        self._text.append(element.text or "")
        for child in element:
            self.element(child)
            self._text.append(child.tail or "")

    def end(self) -> None:
        """Ends the block that the last text stands in."""
        text, self._text = "".join(self._text), []
        if self._level:
            self._layout.heading(text, self._level)
        elif self._in_item:
            self._layout.item(text)
        else:
            self._layout.paragraph(text)


def _cells(row: Element) -> Iterator[str]:
    for cell in row:
        if name(cell) in _CELLS:
            inner = Layout()
            lay_out(cell, inner)
            yield inner.text


def _is_hidden(element: Element) -> bool:
    style = "".join((element.get("style") or "").split()).lower()
    return "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style
