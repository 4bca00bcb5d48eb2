"""Buttons that are text: those that open a part of the page become its heading, those that a sentence names stay in
it.
"""

from __future__ import annotations

from footnote_index.loaders.trees import Element, name

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_OPENS = ("aria-controls", "aria-expanded", "data-bs-toggle", "data-toggle")
_OF_THE_SITE = {"nav", "header", "footer", "form", "dialog", "aside"}
_OF_TEXT = {"p", "li", "dd", "td"}
_LEAST, _LONGEST = 3, 300


def with_headings(page: Element) -> None:
    """Turns buttons with text that open a part of the page into headings, and those inside a sentence into text."""
    for button in [*page.iter("button")]:
        around = [name(each) for each in button.iterancestors()]
        text = "".join(button.itertext()).strip()
        if len(text) > _LONGEST or not _OF_THE_SITE.isdisjoint(around):
            continue
        if _is_in_a_sentence(button):
            button.drop_tag()
        elif len(text) < _LEAST:
            continue
        elif not _HEADINGS.isdisjoint(around[:3]) or around[:1] in (["dt"], ["summary"]):
            button.drop_tag()
        elif text.endswith("?") or (" " in text and any(each in button.attrib for each in _OPENS)):
            button.tag = "h3"


def _is_in_a_sentence(button: Element) -> bool:
    """Whether text stands before and after it: "Press the [Deploy] button"."""
    parent, before = button.getparent(), button.getprevious()
    said = parent.text if before is None else before.tail
    return name(parent) in _OF_TEXT and bool((said or "").strip() and (button.tail or "").strip())
