"""Boxes and tabs of MkDocs, Docusaurus, VitePress and MyST in Markdown: their text, below their titles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.markdown.blocks import closes, fence_of

_INDENTED = re.compile(
    r"^([ \t]*+)(?:(?:!!!|\?\?\?\+?)[ \t]*+[\w-]+(?:[ \t]+[\w-]+){0,5}|===[!+]?(?=[ \t]+\"))"
    r"(?:[ \t]+\"([^\"\n]{0,200})\")?[ \t]*"
)
_COLONS = re.compile(
    r"^[ \t]*+:{3,}[ \t]*(?:\{[^{}\n]{0,100}\}|[\w-]+)?[ \t]*(?:\[([^\]\n]{0,200})\]|([^\n:\[]{0,200}))"
)
_DIRECTIVE = re.compile(r"^[ \t]*+(`{3,}|~{3,})[ \t]*\{([\w:-]{1,40})\}[ \t]*([^`\n]{0,300})")
_GENERATED = re.compile(r"^[ \t]*+:{3,}[ \t]+\w+(?:\.\w+)+[ \t]*")
"""What mkdocstrings replaces by the documentation of a module."""

_OPTION = re.compile(r"^[ \t]*+:[\w-]{1,40}:(?:[ \t].*)?")
_OF_PROSE = frozenset(
    [
        *("note", "warning", "tip", "important", "attention", "caution", "danger", "error", "hint", "seealso"),
        *("admonition", "dropdown", "tab-set", "tab-item", "grid", "grid-item", "grid-item-card", "card", "topic"),
    ]
)
_LEFT_OUT = frozenset(["toctree", "contents", "include", "literalinclude", "image", "tableofcontents"])
_STEP = 4
_DEEPEST = 10
_MOST_LINES = 200


def opened(lines: Sequence[str], depth: int = 0) -> list[str]:
    """Lines without the marks of boxes, and with their text as if it stood outside. Code stays as it is."""
    shown: list[str] = []
    place = 0
    while place < len(lines):
        part, place = _part(lines, place, depth) if depth < _DEEPEST else (lines[place:], len(lines))
        shown += part
    return shown


def _part(lines: Sequence[str], place: int, depth: int) -> tuple[Sequence[str], int]:
    """What is shown of the box, the code or the line at a place, and where the next one begins."""
    line = lines[place]
    if directive := _DIRECTIVE.fullmatch(line):
        return _directive(lines, place, directive, depth)
    if mark := fence_of(line):
        end = _end_of_fence(lines, place, mark)
        return lines[place:end], end
    if head := _INDENTED.fullmatch(line):
        return _indented(lines, place, head, depth)
    if _GENERATED.fullmatch(line):
        return [""], _end_of_indented(lines, place)
    if (colons := _COLONS.fullmatch(line)) and line.strip():
        after = _behind_options(lines, place + 1) if "{" in line else place + 1
        inner, end = _inside_colons(lines, after, depth)
        return [(colons[1] or colons[2] or "").strip(), "", *inner], end
    return [line], place + 1


def _indented(lines: Sequence[str], place: int, head: re.Match[str], depth: int) -> tuple[Sequence[str], int]:
    end = _end_of_indented(lines, place)
    inner = [_moved_out(line) for line in lines[place + 1 : end]]
    return ["", f"{head[1]}{head[2] or ''}", "", *opened(inner, depth + 1), ""], end


def _end_of_indented(lines: Sequence[str], place: int) -> int:
    """Behind the lines that are indented below a line."""
    least = _indent(lines[place]) + _STEP
    end = last = place + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) >= least):
        end += 1
        last = end if lines[end - 1].strip() else last
    return last


def _inside_colons(lines: Sequence[str], place: int, depth: int) -> tuple[Sequence[str], int]:
    """The text of a box that is indented as a whole, which makes it no code, and where the box ends. Other text is read
    as the lines that follow.
    """
    ends = (at for at in range(place, min(len(lines), place + _MOST_LINES)) if lines[at].strip().startswith(":::"))
    inner = lines[place : next(ends, place)]
    margin = min((_indent(line) for line in inner if line.strip()), default=0)
    if margin < _STEP:
        return [], place
    return opened([_moved_out(line) for line in inner], depth + 1), place + len(inner)


def _directive(lines: Sequence[str], place: int, head: re.Match[str], depth: int) -> tuple[Sequence[str], int]:
    """A fence of MyST, which contains prose, code, or the names of other files."""
    end = _end_of_fence(lines, place, head[1])
    is_ended = end > place + 1 and closes(lines[end - 1], head[1])
    inner = lines[_behind_options(lines, place + 1) : end - 1 if is_ended else end]
    if head[2] in _LEFT_OUT:
        return [""], end
    if head[2] in _OF_PROSE:
        return ["", head[3].strip(), "", *opened(inner, depth + 1), ""], end
    fence = lines[place][: head.end(1)]
    return [fence, *inner, fence], end


def _behind_options(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and _OPTION.fullmatch(lines[place]):
        place += 1
    return place


def _end_of_fence(lines: Sequence[str], place: int, mark: str) -> int:
    return next((at + 1 for at in range(place + 1, len(lines)) if closes(lines[at], mark)), len(lines))


def _indent(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(_STEP))


def _moved_out(line: str) -> str:
    return line[1:] if line.startswith("\t") else line[min(_STEP, len(line) - len(line.lstrip())) :]
