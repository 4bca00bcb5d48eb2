"""The title of a PDF: the one among its properties is often that of a file or a template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from footnote_index.loaders.pdf_furniture import ENDS_A_SENTENCE
from footnote_index.loaders.pdf_lines import Line

_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|word|powerpoint|print|layout|document|dokument|presentation|slide|folie"
    r"|untitled|unbenannt|sans titre|sin título|no title|title|titel|template|vorlage|new document|blank|default|temp"
    r"|draft|(?<!\w)\w++ template|powerpoint presentation|untitled document|unnamed|none|null|unknown|unspecified)"
    r"[\s_-]*\d*(?: - .*)?",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"^(?:\S*\.(?:docx?|dotx?|pptx?|xlsx?|odt|rtf|indd|qxd|qxp|tex|dvi|ps|eps|pdf|html?|txt|p65|fm|wpd|cdr|ai|pages|pub|mdi)\b.*"
    r"|(?:[a-z]:[\\/]|/|file:|https?:).*|[^\s_/\\]*+[_/\\]\S*+"
    r"|[\d\W]++|.*\.(?:docx?|pptx?|xlsx?|indd|qxd|tex|dvi|pdf|pub|odt|rtf))",
    re.IGNORECASE,
)
_LARGER = 1.15
_LONGEST = 200
_MOST_LINES = 3
_APART = 1.5  # of the size of letters


_SLUG = re.compile(r"(?<![a-z0-9])[a-z0-9]++(?:-[a-z0-9]++)++")
_OF_PROGRAMS = re.compile(
    r"D:\d{4,}.*|\(\w+\)|adobe .*|(?:latex|word|pages|indesign) (?:article|document|file)", re.IGNORECASE
)


def is_junk(title: str) -> bool:
    """Whether it names a program, a template or a file."""
    kinds = (_JUNK, _FILE_NAME, _SLUG, _OF_PROGRAMS)
    return any(kind.fullmatch(title) for kind in kinds) or not any(map(str.isalpha, title))


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
    return first.text if is_alone and first.text[0].isupper() and not ENDS_A_SENTENCE.search(first.text) else None
