"""The lines of a PDF page, in the order in which it draws them, each with its place and the size of its letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]")
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """`x` and `y` are where it begins, in points from the lower left corner; `size` is that of its largest letters."""

    text: str
    x: float
    y: float
    size: float


class LineCollector:
    """Puts together the pieces that pypdf tells of (`visitor_text`), whose line breaks are pypdf's."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._place: tuple[float, float] = (0.0, 0.0)
        self._size = 0.0

    def visit(self, text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        """`cm` and `tm` are the matrices of the page and of the text, as six numbers each."""
        for number, piece in enumerate(text.split("\n")):
            if number:
                self._end()
            if piece.strip():
                if not self._size:
                    self._place = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                self._size = max(self._size, abs(size * (tm[3] * cm[3] or tm[1] * cm[2] or 1)))
            self._pieces.append(piece)

    def finish(self) -> list[Line]:
        """All lines of the page, once it has been read."""
        self._end()
        return self.lines

    def _end(self) -> None:
        text = _HALVES.sub("\ufffd", _UNSEEN.sub("", "".join(self._pieces).translate(_LIGATURES)))
        if folded := " ".join(text.split()):
            self.lines.append(Line(folded, *self._place, self._size or 1.0))
        self._pieces, self._size = [], 0.0
