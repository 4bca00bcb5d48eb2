"""Paragraphs, headings, list items and table rows -> the text of an article, marked as in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto


class _Kind(Enum):
    PARAGRAPH = auto()
    ITEM = auto()
    ROW = auto()


class Layout:
    """Collects the blocks of an article in reading order. Whatever is given goes on one line, white space folded."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._last: _Kind | None = None

    @property
    def text(self) -> str:
        """Blocks with a blank line between them; items of a list and rows of a table on lines of their own."""
        return "".join(self._parts)

    def paragraph(self, text: str) -> None:
        self._add(_Kind.PARAGRAPH, _folded(text))

    def heading(self, text: str, level: int) -> None:
        if folded := _folded(text):
            self._add(_Kind.PARAGRAPH, f"{'#' * min(max(level, 1), 6)} {folded}")

    def item(self, text: str) -> None:
        if folded := _folded(text):
            self._add(_Kind.ITEM, f"- {folded}")

    def row(self, cells: Iterable[str]) -> None:
        folded = [_folded(cell) for cell in cells]
        if any(folded):
            self._add(_Kind.ROW, f"| {' | '.join(folded)} |")

    def _add(self, kind: _Kind, line: str) -> None:
        if line:
            if self._last:
                self._parts.append("\n" if kind is self._last is not _Kind.PARAGRAPH else "\n\n")
            self._parts.append(line)
            self._last = kind


def _folded(text: str) -> str:
    return " ".join(text.split())
