"""Kinds of (X)HTML elements: headings, blocks, lists, and those that no reader sees."""

from __future__ import annotations

from collections.abc import Iterator

from footnote_index.loaders.trees import Element, name

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

LONGEST_HEADING = 600
"""Characters, including white space."""

BLOCKS = {
    *("address", "article", "aside", "body", "center", "dd", "details", "div", "fieldset", "figcaption", "figure"),
    *("footer", "form", "header", "hgroup", "hr", "legend", "main", "p", "search", "section", "caption", "summary"),
}

SILENT = {
    *("script", "style", "head", "title", "template", "noscript", "svg", "nav", "rt", "rp", "iframe", "object"),
    "embed",
    *("button", "select", "option", "input", "textarea", "datalist", "audio", "video", "canvas", "map", "progress"),
    *("del", "s", "strike"),
}

LISTS = {"ul", "ol", "menu", "dir"}

PERMALINKS = {"¶", "#", "§", "🔗", "Permalink", "Link to this heading"}
"""The texts of links from a heading to itself."""


def rows_of(table: Element) -> Iterator[Element]:
    """Without the rows of tables inside it."""
    for child in table:
        if name(child) == "tr":
            yield child
        elif name(child) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in child if name(row) == "tr")
