"""Parts of a page that open at a click: the button becomes a heading for its part."""

from __future__ import annotations

from footnote_index.loaders.trees import Element, name

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_OPENS = ("aria-controls", "aria-expanded", "data-bs-toggle", "data-toggle")
_OF_THE_SITE = {"nav", "header", "footer", "form", "dialog", "aside"}
_LONGEST = 300


def with_headings(page: Element) -> None:
    """Turns buttons with text that open a part of the page into headings."""
    for button in [*page.iter("button")]:
        around = [name(each) for each in button.iterancestors()]
        text = "".join(button.itertext()).strip()
        if not 2 < len(text) <= _LONGEST or not _OF_THE_SITE.isdisjoint(around):
            continue
        if not _HEADINGS.isdisjoint(around[:3]) or around[:1] in (["dt"], ["summary"]):
            button.drop_tag()
        elif text.endswith("?") or (" " in text and any(each in button.attrib for each in _OPENS)):
            button.tag = "h3"
