"""The text of an (X)HTML element: plain, with its line breaks, or as the lines of its page."""

from __future__ import annotations

import html

from lxml import etree

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markup.elements import SILENT
from footnote_index.loaders.trees import Element, name

ENDS = (".", ":", "?", "!", ";", ",", "…")
LINE_BREAK = "\u2028"


def plain_text(element: Element) -> str:
    return html.unescape("".join(element.itertext()))


def meant_by(node: Element) -> str:
    """The letters that an entity stands for; none for a comment."""
    return html.unescape(node.text or "") if node.tag is etree.Entity else ""


def lines_in(text: str) -> list[str]:
    """Lines of a paragraph as its page breaks them, except where a sentence continues."""
    lines: list[str] = []
    for line in map(on_one_line, text.split(LINE_BREAK)):
        if lines and line[:1].islower() and lines[-1][-1:] not in ENDS:
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    return lines


def with_line_breaks(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if not name(child):
            parts.append(meant_by(child))
        elif name(child) == "br":
            parts.append("\n")
        elif name(child) not in SILENT - {"button"}:
            parts.append(with_line_breaks(child))
        parts.append(child.tail or "")
    return "".join(parts)
