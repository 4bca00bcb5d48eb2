"""Syntax of other programs in Markdown: notes that only its writers see, templates, boxes."""

from __future__ import annotations

import re

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markdown.boxes import opened
from footnote_index.loaders.markdown.inline_notes import with_notes_below
from footnote_index.loaders.markdown.mdx.components import without_components
from footnote_index.loaders.markdown.obsidian import is_query, without_marks_of_notes
from footnote_index.loaders.markdown.templates.shortcodes import with_titles_and_code
from footnote_index.loaders.markdown.templates.tags import ANY_CODE, TEMPLATE
from footnote_index.loaders.markdown.wiki_links import with_pointers_for_notes

_NOTE = re.compile(r"(?<![\w%])%%(?!\d)([^%]{1,2000}?)%%(?![\w%])|\{/\*((?:[^*]|\*(?!/)){0,2000}+)\*/\}")
_TEMPLATE = re.compile(TEMPLATE)
_MARKS = ("%%", "{%", "{{", "{/*", "::", "^", "![[", "```dataview", "```tasks", "```button")
_BOXES = ("!!!", "???", ":::", "===", "```{", "~~~{")


def without_marks_of_programs(text: str, *, of_mdx: bool = False) -> tuple[str, list[str], list[str]]:
    """The text that a reader sees, the notes that no reader sees, and what writes something into its sentences. Code
    stays as it is.
    """
    text, written = without_components(with_titles_and_code(with_notes_below(text)), of_mdx=of_mdx)
    if any(mark in text for mark in _BOXES):
        text = "\n".join(opened(text.splitlines()))
    if not any(mark in text for mark in _MARKS):
        return text, [], written
    notes: list[str] = []
    shown, place = [], 0
    for code in ANY_CODE.finditer(text):
        shown += [_cleaned(text[place : code.start()], notes), "" if is_query(code[0]) else code[0]]
        place = code.end()
    return "".join([*shown, _cleaned(text[place:], notes)]), notes, written


def _cleaned(text: str, notes: list[str]) -> str:
    notes += [on_one_line(found[1] or found[2]) for found in _NOTE.finditer(text)]
    return with_pointers_for_notes(without_marks_of_notes(_TEMPLATE.sub("", _NOTE.sub("", text))))
