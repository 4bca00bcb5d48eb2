"""Text of a web page that its readers do not see: taken out of the tree, and told in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.trees import Element, name

_RULES = re.compile(r"(?<![^{}@])([^{}@]++)\{([^{}]{0,2000}+)\}")
_AT_BLOCKS = re.compile(r"@[^{;]{0,300}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,500}[^{}]{0,5000}\}")
_CSS_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARKS = re.compile(r"[.#][\w-]+")
_SIMPLE = re.compile(r"(?<!\w)(\w*+)((?:[.#][\w-]++)+)")
_ZERO = re.compile(r"(?:0+(?:\.0*)?|\.0+)(?:px|em|rem|pt|%)?")
_TINY = re.compile(r"0?\.\d+(?:px|pt)?|1(?:\.\d+)?(?:px|pt)")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|%)|-\d{2,}(?:em|rem|vw)")
_NAMED = {"white": "ffffff", "black": "000000", "transparent": "transparent"}
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 3
_COMMENTS = re.compile(r"<!--((?:(?!-->).){1,2000})-->", re.DOTALL)
_SENTENCE = re.compile(r"^\w[^<>{}=\[\]]{15,}[.!?]")
_SHOWN = 60

Rules = Mapping[str, str]


def take_out_hidden(page: Element) -> list[str]:
    """Takes hidden elements out of a page. Returns what they say, as far as it is text, and not a menu or
    a form that a click would open.
    """
    sheets = _style_sheets(page)
    found: list[str] = []
    for element in [*page.iter(etree.Element)]:
        if not _is_hidden(element, sheets) or element.getparent() is None or name(element) in {"html", "body", "head"}:
            continue
        text = on_one_line("".join(element.itertext()))
        if (
            len(_WORDS.findall(text)) >= _FEWEST_WORDS
            and element.getroottree().getroot() is page.getroottree().getroot()
        ):
            is_menu = any(
                name(inner) in {"a", "button", "input", "form", "nav"} for inner in element.iter(etree.Element)
            )
            if not is_menu and not _is_about_the_site(element):
                found.append(text)
        _take_out(element)
    return found


def comments_in(source: str) -> list[str]:
    """What comments in the source of a page or a Markdown file say, as far as they are sentences."""
    comments = map(on_one_line, _COMMENTS.findall(source))
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
    """The text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _style_sheets(page: Element) -> dict[str, Rules]:
    """Rules of the page's own style sheets that hide something, by class or id; what depends on the device is left."""
    sheets: dict[str, Rules] = {}
    for style in page.iter("style"):
        text = _AT_BLOCKS.sub("", _CSS_COMMENTS.sub("", (style.text or "")[:200_000]))
        for selectors, body in _RULES.findall(text):
            rules = _parsed(body)
            if not _is_hiding(rules):
                continue
            for selector in selectors.split(","):
                if simple := _SIMPLE.fullmatch(selector.strip()):
                    marks = _MARKS.findall(simple[2])
                    sheets[f"{simple[1].lower()} {' '.join(sorted(marks))}"] = rules
    return sheets


def _is_hidden(element: Element, sheets: Mapping[str, Rules]) -> bool:
    attributes = element.attrib
    if "hidden" in attributes:
        return True
    rules = _parsed(attributes["style"]) if "style" in attributes else {}
    if sheets and ("class" in attributes or "id" in attributes):
        marks = {f".{each}" for each in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        for key, found in sheets.items():
            tag, _, needed = key.partition(" ")
            if tag in {"", name(element)} and marks.issuperset(needed.split()):
                rules = {**found, **rules}
    return bool(rules) and _is_hiding(rules)


def _parsed(style: str) -> Rules:
    pairs = (part.partition(":")[::2] for part in style.replace("!important", "").lower().split(";"))
    return {key.strip(): "".join(value.split()) for key, value in pairs if key.strip()}


def _is_hiding(rules: Rules) -> bool:
    return any(_ways(rules))


def _ways(rules: Rules) -> Iterator[bool]:
    yield rules.get("display") == "none"
    yield rules.get("visibility") in {"hidden", "collapse"}
    yield bool(_ZERO.fullmatch(rules.get("opacity", "")))
    size = rules.get("font-size", "")
    yield bool(_ZERO.fullmatch(size) or _TINY.fullmatch(size))
    yield (
        any(_FAR.fullmatch(rules.get(side, "")) for side in ("left", "right", "top", "bottom")) and "position" in rules
    )
    yield bool(_FAR.match(rules.get("text-indent", "")))
    yield any(_FAR.match(rules.get(side, "")) for side in ("margin-left", "margin-top"))
    is_cut = "hidden" in rules.get("overflow", "")
    yield is_cut and any(
        _ZERO.fullmatch(rules.get(side, "")) for side in ("height", "width", "max-height", "max-width")
    )
    yield "scale(0)" in rules.get("transform", "") or rules.get("clip", "").startswith("rect(0")
    yield _is_on_its_own_colour(rules)


def _is_on_its_own_colour(rules: Rules) -> bool:
    colour = _colour(rules.get("color", ""))
    behind = _colour(rules.get("background-color", "") or rules.get("background", ""))
    return colour == "transparent" or (colour is not None and colour == behind)


def _colour(value: str) -> str | None:
    if value in _NAMED:
        return _NAMED[value]
    if found := re.match(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])", value):
        return found[1] if len(found[1]) == 6 else "".join(letter * 2 for letter in found[1])
    if found := re.match(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,([\d.]+))?\)", value):
        return (
            "transparent"
            if found[4] and float(found[4]) == 0
            else "".join(f"{int(part):02x}" for part in found.groups()[:3])
        )
    return value if value.isalpha() and value != "inherit" else None
