"""The content of a <pre>: code, whose lines are kept, or lines of prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.blocks import Block, Blocks
from footnote_index.loaders.trees import Element, name

_CODE = {"code", "kbd", "samp", "var"}
_SENTENCE = re.compile(r"^\s{0,8}[^\W\d_a-z][^\w\n]*+\w[^\n]*[.!?][\"'”’)]*+\s*+")
_MOSTLY = 0.6


def is_code(element: Element, text: str) -> bool:
    """Unless most of its lines are sentences, and nothing says that it is code."""
    if any(name(child) in _CODE for child in element) or "language-" in (element.get("class") or ""):
        return True
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(bool(_SENTENCE.fullmatch(line)) for line in lines) < _MOSTLY * len(lines)


def lines_of(text: str) -> Sequence[Block]:
    """Its lines, unchanged."""
    blocks = Blocks()
    for line in text.splitlines():
        blocks.paragraph(line, is_close=len(blocks) > 0)
    return blocks[:]
