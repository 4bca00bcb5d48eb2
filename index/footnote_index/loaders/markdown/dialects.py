"""Syntax of other programs in Markdown: notes that only its writers see, templates, the fences of boxes."""

from __future__ import annotations

import re

from footnote_index.loaders.blocks import on_one_line

_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^`\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_NOTE = re.compile(r"(?<![\w%])%%(?!\d)([^%]{1,2000}?)%%(?![\w%])")
_TEMPLATE = re.compile(r"\{%[^{}\n]{0,500}%\}|\{\{[<%][^{}\n]{0,500}[>%]\}\}")
_BOX = re.compile(
    r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+\"([^\"\n]{0,200})\")?[ \t]*\n"
    r"((?:(?: {4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n)*)"
    r"|^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]{0,100}\}|[\w-]+)?[ \t]*([^\n:]{0,200})$",
    re.MULTILINE,
)
_MARKS = ("%%", "{%", "{{", "!!!", "???", ":::")


def without_marks_of_programs(text: str) -> tuple[str, list[str]]:
    """The text that a reader sees, and the notes that no reader sees. Code stays as it is."""
    if not any(mark in text for mark in _MARKS):
        return text, []
    notes: list[str] = []
    shown, place = [], 0
    for code in _CODE.finditer(text):
        shown += [_cleaned(text[place : code.start()], notes), code[0]]
        place = code.end()
    return "".join([*shown, _cleaned(text[place:], notes)]), notes


def _cleaned(text: str, notes: list[str]) -> str:
    notes += [on_one_line(found[1]) for found in _NOTE.finditer(text)]
    return _BOX.sub(_opened, _TEMPLATE.sub("", _NOTE.sub("", text)))


def _opened(box: re.Match[str]) -> str:
    """The title of a box, and the text that is indented below it."""
    if box[2] is None:
        return f"{(box[3] or '').strip()}\n"
    inner = re.sub(r"^(?: {4}|\t)", "", box[2], flags=re.MULTILINE)
    return f"{box[1] or ''}\n\n{inner}\n"
