"""The title of a PDF as its first page shows it, for one whose properties name a file or a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from footnote_index.loaders.junk_titles import is_junk
from footnote_index.loaders.pdf.furniture import ENDS_A_SENTENCE
from footnote_index.loaders.pdf.lines import Line

_LARGER = 1.15
_LONGEST = 200
_MOST_LINES = 3
_APART = 1.5  # of the size of letters


def heading_of(pages: Sequence[Sequence[Line]]) -> str | None:
    """The largest letters of the first page, if they are larger than those of the text; or a line alone above it."""
    heading = _heading(pages)
    return None if heading is None or is_junk(heading) else heading


def _heading(pages: Sequence[Sequence[Line]]) -> str | None:
    lines = next(filter(None, pages), [])
    sizes = Counter[int]()
    for page in pages[:10]:
        for line in page:
            sizes[round(line.size)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0
    largest = max((line.size for line in lines), default=0.0)
    if largest <= 0:
        return None
    if largest < _LARGER * body:
        return _first_line(lines)
    first = next(number for number, line in enumerate(lines) if line.size > 0.97 * largest)
    heading: list[Line] = []
    for line in lines[first : first + _MOST_LINES]:
        if line.size <= 0.97 * largest or (heading and heading[-1].y - line.y > _APART * line.size):
            break
        heading.append(line)
    text = " ".join(line.text for line in heading)
    return text if len(text) <= _LONGEST and any(map(str.isalpha, text)) else None


def _first_line(lines: Sequence[Line]) -> str | None:
    """The topmost line, if it is short, has no full stop, and has more space below it than between other lines."""
    if len(lines) < 2:
        return None
    first, second = lines[0], lines[1]
    is_alone = first.y - second.y > 1.7 * first.size and len(first.text) < 80
    return first.text if is_alone and first.text[:1].isupper() and not ENDS_A_SENTENCE.search(first.text) else None
