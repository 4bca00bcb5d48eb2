"""A row of a table in Markdown -> its cells as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.markdown.inline import Inline, shown_in

_CELL_END = re.compile(r"(?<!\\)\|")
_CELL_BREAK = re.compile(
    r"(?P<code>(?<!`)(`{1,3})(?!`)[^`]{1,500}\2(?!`))|</?(?:br|p|div|ul|ol|li)(?:\s[^<>]{0,300})?/?>|(?P<text>[^`<]+|[`<])",
    re.IGNORECASE,
)
_CELL_GOES_ON = (".", "!", "?", ":", ";", ",", "…")


def cells_of(line: str, inline: Inline) -> Sequence[str]:
    """Without the bars between them."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    cells = [_in_a_row(cell.replace("\\|", "|")) for cell in _CELL_END.split(inner)]
    return [inline.seen(cell).strip() or shown_in(cell) for cell in cells]


def _in_a_row(cell: str) -> str:
    """Lines and items inside a cell, with what parts them on one line."""
    parts = [""]
    for found in _CELL_BREAK.finditer(f"{cell}<br>"):
        if found["code"] or found["text"]:
            parts[-1] += found[0]
        elif parts[-1].strip():
            parts.append("")
    texts = [part.strip() for part in parts if part.strip()]
    return "".join(f"{text} " if text.endswith(_CELL_GOES_ON) else f"{text}; " for text in texts[:-1]) + "".join(
        texts[-1:]
    )
