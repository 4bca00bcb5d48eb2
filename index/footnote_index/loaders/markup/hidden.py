"""Text of a web page that its readers do not see: removed from the tree, and reported in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.css.declarations import Declarations
from footnote_index.loaders.css.hidden_regions import UNREAD, Region, regions_of
from footnote_index.loaders.css.styles import PageStyles
from footnote_index.loaders.trees import Element, name

_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 3
_COMMENTS = re.compile(
    r"<!--((?:(?!-->).){1,2000})-->|^\s{0,3}\[(?://|comment|_|\s)\]:\s*(?:#|<>)\s*[(\"']([^\n]{1,2000})[)\"']\s*$",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_SENTENCE = re.compile(r"^\w[^<>{}=\[\]]{15,}[.!?]")
_SHOWN = 60
_LEAST = 0.2
_LARGE = 1_000  # characters
_INLINE = {"span", "font", "a", "b", "i", "em", "strong", "small"}
_STYLED = _INLINE | {"p", "div", "li", "td"}
_UP = re.compile(r"-\d*\.?\d+(?:em|ex|px|pt|%)")
_RAISED = re.compile(r"super|\+?(?:0?\.[3-9]\d*em|[2-9](?:\.\d+)?p[xt]|[2-9]\d%)")


def as_seen(page: Element, style_sheets: Iterable[str] = ()) -> list[str]:
    """Removes hidden elements from a page, and turns meaningful styles (struck out, superscript, subscript) into the
    elements with the same meaning. Returns the hidden text, except menus and forms that a click would open.
    `style_sheets`: the texts of those that it links to.
    """
    styles = PageStyles.of(page, style_sheets)
    found = regions_of(page, styles)
    hidden = _but_the_page(found, page)
    unseen = {element for region in found for element in region.elements}
    for element in page.iter(etree.Element):
        if name(element) in _STYLED and element not in unseen and (kind := _meant(element, styles.rules(element))):
            element.tag = str(element.tag)[: -len(name(element))] + kind
    texts = [text for region in hidden if (text := _hidden_text(region)) is not None]
    _take_out(hidden, page)
    return texts


def _but_the_page(hidden: Sequence[Region], page: Element) -> Sequence[Region]:
    """Without the largest one if almost nothing else is left: then a script shows the page."""
    sizes, whole = [region.size for region in hidden], _size(page)
    if whole < _LARGE or whole - sum(sizes) > _LEAST * whole:
        return hidden
    return [region for region, size in zip(hidden, sizes, strict=True) if size <= _LEAST * whole]


def _size(page: Element) -> int:
    """How many characters of text it has, without white space."""
    size = 0
    for each in page.iter(etree.Element):
        parts = ("" if name(each) in UNREAD else each.text, "" if each is page else each.tail)
        size += sum(len("".join(part.split())) for part in parts if part)
    return size


def _hidden_text(region: Region) -> str | None:
    text = on_one_line(region.text)
    if len(_WORDS.findall(text)) < _FEWEST_WORDS:
        return None
    is_menu = any(name(inner) in {"a", "button", "input", "form", "nav"} for inner in region.elements)
    return None if is_menu or _is_about_the_site(region.elements[0]) else text


def _meant(element: Element, rules: Declarations) -> str | None:
    """The element that means the same as a style."""
    if "line-through" in rules.get("text-decoration", "") + rules.get("text-decoration-line", ""):
        return "s"
    if name(element) not in _INLINE:
        return None
    place = rules.get("vertical-align", "")
    is_up = rules.get("position") == "relative" and _UP.fullmatch(rules.get("top", "")) and "font-size" in rules
    return "sup" if is_up or _RAISED.fullmatch(place) else "sub" if place == "sub" else None


def comments_in(source: str) -> list[str]:
    """Sentences in comments in the source of a page or a Markdown file."""
    comments = map(on_one_line, (found[1] or found[2] for found in _COMMENTS.finditer(source)))
    return [comment for comment in comments if _SENTENCE.fullmatch(comment)]


def remark_on(found: list[str]) -> str | None:
    """`hidden text, which is left out: “The toll is …” and 2 more`."""
    if not found:
        return None
    first = found[0] if len(found[0]) <= _SHOWN else f"{found[0][:_SHOWN].rstrip()}…"
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    return f"hidden text, which is left out (“{first}”{more})"


def _is_about_the_site(element: Element) -> bool:
    return any(
        name(above) in {"head", "nav", "header", "footer", "aside", "form", "dialog"}
        for above in element.iterancestors()
    )


def _take_out(hidden: Sequence[Region], page: Element) -> None:
    """Of an element with a part that is seen, only the letters go; of the others, also the element."""
    elements = {element for region in hidden for element in region.elements}
    whole = set[Element]()
    for element in reversed([*page.iter(etree.Element)] if elements else []):
        if element in elements and all(child in whole for child in element.iterchildren(etree.Element)):
            whole.add(element)
    for element in elements - whole:
        element.text = " " if element.text else None
        for child in element:
            child.tail = " " if child.tail else None
    for element in whole:
        if element.getparent() not in whole:
            _remove(element)


def _remove(element: Element) -> None:
    """The text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
