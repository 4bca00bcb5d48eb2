"""Bold text: in tables without marked headings, it shows which cells name columns or rows."""

from __future__ import annotations

from footnote_index.loaders.trees import Element, name


def is_bold(element: Element) -> bool:
    """Whether all of an element's text is bold."""
    whole = "".join(element.itertext()).split()
    bold = (one for one in element.iter() if name(one) in {"b", "strong"})
    return bool(whole) and any("".join(one.itertext()).split() == whole for one in bold)
