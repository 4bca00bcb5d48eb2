"""The text of `sources.yaml` with one page added or removed below `urls:`. Everything else stays, character for
character.

If the YAML is written in an unexpected way, the resulting text may not list what it should, so the caller parses it
before writing it to the file. For the parser process.
"""

from __future__ import annotations

import json
import re

import yaml

from footnote_index.web.addresses import checked
from footnote_index.web.fetch_errors import Unfetched

_PLAIN = re.compile(r"\A[\w./:?=&%~+-]*+(?<=[\w/])")


def with_page(content: bytes, url: str) -> str:
    """Adds `url` in normal form, after the existing pages. Raises YAMLError."""
    text = content.decode()
    entry = url if _PLAIN.fullmatch(url) else json.dumps(url)
    root = yaml.compose(text, yaml.SafeLoader)
    margin = root.start_mark.column if root else 0
    name, pages = _pages(root)
    if name is None:
        return _with_line(_with_line(text, None, margin, "urls:"), None, margin + 2, f"- {entry}")
    if not isinstance(pages, yaml.SequenceNode):
        return _with_line(text, name.end_mark.index, margin + 2, f"- {entry}")
    if not pages.flow_style:
        return _with_line(text, pages.value[-1].end_mark.index, pages.start_mark.column, f"- {entry}")
    if pages.value:
        return _put(text, pages.value[-1].end_mark.index, f", {entry}")
    return _put(text, pages.start_mark.index + 1, entry)


def without_page(content: bytes, url: str) -> str:
    """A comment on the line is removed with it. Raises YAMLError."""
    text = content.decode()
    _, pages = _pages(yaml.compose(text, yaml.SafeLoader))
    if not isinstance(pages, yaml.SequenceNode):
        return text
    for number, entry in enumerate(pages.value):
        if _address(entry) == url:
            start, end = _between(pages.value, number) if pages.flow_style else _line(text, entry)
            return text[:start] + text[end:]
    return text


def _pages(root: yaml.Node | None) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The node of `urls` and its value, if it is there."""
    for name, pages in root.value if isinstance(root, yaml.MappingNode) else ():
        if name.value == "urls":
            return name, pages
    return None, None


def _address(entry: yaml.Node) -> str | None:
    try:
        return str(checked(entry.value)) if isinstance(entry, yaml.ScalarNode) else None
    except Unfetched:
        return None


def _between(entries: list[yaml.Node], number: int) -> tuple[int, int]:
    """An entry in brackets, with the comma that separates it from another."""
    entry = entries[number]
    if number + 1 < len(entries):
        return entry.start_mark.index, entries[number + 1].start_mark.index
    start = entries[number - 1].end_mark if number else entry.start_mark
    return start.index, entry.end_mark.index


def _line(text: str, entry: yaml.Node) -> tuple[int, int]:
    return text.rfind("\n", 0, entry.start_mark.index) + 1, _next_line(text, entry.end_mark.index)


def _with_line(text: str, place: int | None, margin: int, content: str) -> str:
    """Inserts a line below the one that contains `place`; None: at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    at = len(text) if place is None else _next_line(text, place)
    before = text[:at] if not at or text[:at].endswith("\n") else text[:at] + end
    return f"{before}{' ' * margin}{content}{end}{text[at:]}"


def _next_line(text: str, place: int) -> int:
    return text.find("\n", place) + 1 or len(text)


def _put(text: str, place: int, content: str) -> str:
    return text[:place] + content + text[place:]
