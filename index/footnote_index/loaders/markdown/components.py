"""Components of MDX in Markdown, as Docusaurus and others write them: their names and imports are left out, titles and
text stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from footnote_index.loaders.markdown.blocks import closes, fence_of

_IMPORT = re.compile(r"import\s(?:[^'\"\n]{0,500}\sfrom\s+)?['\"][^'\"\n]{1,300}['\"];?[ \t]*")
_IMPORT_BEGINS = re.compile(r"import\s+(?:\w+\s*,\s*)?\{[^}'\"]*")
_EXPORT = re.compile(r"export\s+(?:const|let|var|default|function|async)\s")
_TAG = re.compile(r"(?P<code>`[^`\n]+`)|<(?P<end>/?)(?P<name>[A-Z][\w.]{0,60})(?P<rest>(?:\s[^<>]{0,1000})?)>")
_EMPTY = re.compile(r"<([A-Z][\w.]{0,60})(?:\s[^<>]{0,1000})?/>")
_ENDS = re.compile(r"</([A-Z][\w.]{0,60})\s*>")
_TITLE = re.compile(r"\s(?:label|title)=(?:\"([^\"\n]{1,200})\"|'([^'\n]{1,200})')")
_MOST_LINES = 20


def without_components(text: str) -> str:
    """A name in angle brackets is one of a component if it is closed somewhere: `<NAME>` alone is text, and `<TABLE>`
    is HTML.
    """
    names = frozenset(name for name in (*_ENDS.findall(text), *_EMPTY.findall(text)) if not name.isupper())
    lines = text.splitlines()
    if not names and not any(_is_code_of_page(lines, place) for place in range(len(lines))):
        return text
    return "\n".join(_Reader(names).read(lines))


class _Reader:
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._depth = 0  # of open components
        self._margin: int | None = None  # how far the text in the current one is indented

    def read(self, lines: Sequence[str]) -> list[str]:
        shown: list[str] = []
        fence, place = "", 0
        while place < len(lines):
            line = lines[place]
            if not fence and (end := _is_code_of_page(lines, place)):
                place = end
                continue
            if not fence and (tags := self._tags(lines, place)):
                titles, place = tags
                shown += ["", *titles, ""]
                continue
            fence = ("" if closes(line, fence) else fence) if fence else fence_of(line)
            shown.append(self._moved(line) if fence or fence_of(line) else self._moved(_TAG.sub(self._seen, line)))
            place += 1
        return shown

    def _tags(self, lines: Sequence[str], place: int) -> tuple[list[str], int] | None:
        """The titles of the components that begin in a line of nothing but tags, and the next line."""
        if not lines[place].lstrip().startswith("<"):
            return None
        end = place + 1
        while end < min(len(lines), place + _MOST_LINES) and ">" not in lines[end - 1]:
            end += 1
        line = "\n".join(lines[place:end])
        found = [tag for tag in _TAG.finditer(line) if not tag["code"]]
        if not found or _TAG.sub(self._seen, line).strip():
            return None
        opened = sum(not tag["rest"].endswith("/") and (-1 if tag["end"] else 1) for tag in found)
        self._depth, self._margin = max(0, self._depth + opened), None
        titles = [title for tag in found for title in _TITLE.findall(tag["rest"])]
        return [one or other for one, other in titles], end

    def _seen(self, tag: re.Match[str]) -> str:
        return tag[0] if tag["code"] or tag["name"] not in self._names else ""

    def _moved(self, line: str) -> str:
        """Text in a component may be indented like its tag, which makes it no code."""
        if not self._depth or not line.strip():
            return line
        indent = len(line) - len(line.lstrip())
        self._margin = indent if self._margin is None else self._margin
        return line[min(indent, self._margin) :]


def _is_code_of_page(lines: Sequence[str], place: int) -> int:
    """Where an import or export that begins in a line ends; 0 if there is none."""
    line = lines[place]
    if _IMPORT.fullmatch(line):
        return place + 1
    if _IMPORT_BEGINS.fullmatch(line):
        ends = (at + 1 for at in range(place + 1, min(len(lines), place + _MOST_LINES)) if "}" in lines[at])
        return next(ends, 0)
    if _EXPORT.match(line):
        return place + sum(1 for _ in takewhile(str.strip, lines[place:]))
    return 0
