"""Text of a web page that its readers do not see: removed from the tree, and reported in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markup.colours import are_alike, colour_of, is_transparent
from footnote_index.loaders.markup.styles import Declarations, PageStyles
from footnote_index.loaders.markup.trees import Element, name

_ZERO = re.compile(r"(?:0+(?:\.0*)?|\.0+)(?:px|em|rem|pt|%|vh|vw)?")
_FAINT = re.compile(r"(?:0*\.0[0-4]\d*|[0-4](?:\.\d+)?%)|0+(?:\.0*)?|\.0+")
_TINY = re.compile(r"0?\.\d+(?:px|pt)?|1(?:\.\d+)?(?:px|pt)|0?\.0\d*r?em|[0-5](?:\.\d+)?%")
_POINT = re.compile(r"[01](?:\.\d+)?px")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|vh|%)|-\d{2,}(?:em|rem|vw|vh)")
_MOVED_FAR = re.compile(r"translate(?:x|y|3d)?\([^)]{0,40}-\d{3,}(?:px|em|rem|vw|vh|%)")
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px)[\s,)]|inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0")
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
_UNREAD = {"script", "style", "template", "noscript"}
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
    hidden: list[Element] = []
    inside_hidden: set[Element] = set()
    for element in [*page.iter(etree.Element)]:
        above = element.getparent()
        if above is None or name(element) in {"html", "body", "head"}:
            continue
        rules = styles.rules(element)
        if above in inside_hidden:
            inside_hidden.add(element)
        elif _is_hidden(element, rules, styles):
            inside_hidden.add(element)
            hidden.append(element)
        elif rules and name(element) in _STYLED and (kind := _meant(element, rules)):
            element.tag = str(element.tag)[: -len(name(element))] + kind
    hidden = _but_the_page(hidden, page)
    found = [text for element in hidden if (text := _hidden_text(element)) is not None]
    for element in hidden:
        _take_out(element)
    return found


def _but_the_page(hidden: list[Element], page: Element) -> list[Element]:
    """Without the largest one if almost nothing else is left: then a script shows the page."""
    sizes, whole = [*map(_size, hidden)], _size(page)
    if whole < _LARGE or whole - sum(sizes) > _LEAST * whole:
        return hidden
    return [element for element, size in zip(hidden, sizes, strict=True) if size <= _LEAST * whole]


def _size(element: Element) -> int:
    """How many characters of text it has, without white space."""
    size = 0
    for each in element.iter(etree.Element):
        parts = ("" if name(each) in _UNREAD else each.text, "" if each is element else each.tail)
        size += sum(len("".join(part.split())) for part in parts if part)
    return size


def _hidden_text(element: Element) -> str | None:
    text = on_one_line("".join(element.itertext()))
    if len(_WORDS.findall(text)) < _FEWEST_WORDS:
        return None
    is_menu = any(name(inner) in {"a", "button", "input", "form", "nav"} for inner in element.iter(etree.Element))
    return None if is_menu or _is_about_the_site(element) else text


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


def _take_out(element: Element) -> None:
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


def _is_hidden(element: Element, rules: Declarations, styles: PageStyles) -> bool:
    """A hidden formula belongs to a picture next to it that shows the same."""
    if "hidden" in element.attrib and element.get("hidden") != "until-found":
        return True
    if any(_ways(rules)):
        return not any(name(inner) == "math" for inner in element.iter(etree.Element))
    return _is_on_its_own_colour(element, rules, styles)


def _ways(rules: Declarations) -> Iterator[bool]:
    if not rules:
        return
    yield rules.get("display") == "none" or rules.get("mso-hide") == "all"
    yield rules.get("visibility") in {"hidden", "collapse"} or rules.get("content-visibility") == "hidden"
    yield bool(_FAINT.fullmatch(rules.get("opacity", "")))
    yield bool(_FAINT.fullmatch(rules.get("filter", "").partition("opacity(")[2].rstrip(")")))
    size = rules.get("font-size", "")
    yield bool(_ZERO.fullmatch(size) or _TINY.fullmatch(size))
    yield (
        any(_FAR.fullmatch(rules.get(side, "")) for side in ("left", "right", "top", "bottom")) and "position" in rules
    )
    yield bool(_FAR.match(rules.get("text-indent", "")))
    yield any(_FAR.match(rules.get(side, "")) for side in ("margin-left", "margin-top"))
    yield "hidden" in rules.get("overflow", "") and _has_no_room(rules)
    yield "scale(0)" in rules.get("transform", "") or bool(_MOVED_FAR.search(rules.get("transform", "")))
    yield bool(_CLIPPED.match(rules.get("clip", "")) or _CLIPPED.match(rules.get("clip-path", "")))


def _has_no_room(rules: Declarations) -> bool:
    is_none = any(_ZERO.fullmatch(rules.get(side, "")) for side in ("height", "width", "max-height", "max-width"))
    return is_none or all(_POINT.fullmatch(rules.get(side, "")) for side in ("height", "width"))


def _is_on_its_own_colour(element: Element, rules: Declarations, styles: PageStyles) -> bool:
    given = rules.get("color") or (element.get("color") or "").lower()
    if not given or "text" in rules.get("background-clip", "") + rules.get("-webkit-background-clip", ""):
        return False
    colour = colour_of(given)
    behind = styles.behind(element) if colour else None
    return is_transparent(given) or (colour is not None and behind is not None and are_alike(colour, behind))
