"""Bold text: in tables without marked headings, it shows which cells name columns or rows, and elsewhere what is a
question above its answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markup.elements import BLOCKS, LISTS, SILENT
from footnote_index.loaders.trees import Element, name

_BOLD = {"b", "strong"}
_NEW_LINES = {"br", "table", "tr", "td", "th", "li", "dl", "dt", "pre", "blockquote", *BLOCKS, *LISTS}


def is_bold(element: Element) -> bool:
    """Whether all of an element's text is bold."""
    whole = "".join(element.itertext()).split()
    bold = (one for one in element.iter() if name(one) in _BOLD)
    return bool(whole) and any("".join(one.itertext()).split() == whole for one in bold)


def asks_in_bold(element: Element) -> bool:
    """Whether the first line of its text is a question, and bold from its first letter to its last."""
    said = ""
    for text, is_in_bold in _runs(element, is_in_bold=False):
        if text == "\n" and said:
            break
        if text.strip() and not is_in_bold:
            return False
        said += text.strip()
    return said.endswith("?")


def _runs(element: Element, *, is_in_bold: bool) -> Iterator[tuple[str, bool]]:
    """Its texts in order, and whether each is bold; "\n" where a line ends."""
    yield on_one_line(element.text or ""), is_in_bold
    for child in element:
        kind = name(child)
        ends_line = kind in _NEW_LINES
        if ends_line:
            yield "\n", is_in_bold
        if kind and kind not in SILENT:
            yield from _runs(child, is_in_bold=is_in_bold or kind in _BOLD)
        if ends_line:
            yield "\n", is_in_bold
        yield on_one_line(child.tail or ""), is_in_bold
