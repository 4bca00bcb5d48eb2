"""Shortcodes of Hugo and tags of Liquid in Markdown, with which tabs and boxes are written: their titles stay, and what
they show as code becomes code. The tags themselves are left out later (dialects.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from footnote_index.loaders.markdown.templates.tags import CODE, TEMPLATE, Tag, tag_of

_PARTS = re.compile(
    rf"(?P<code>{CODE})|(?P<tag>{TEMPLATE})|^ {{0,3}}(?P<heading>#{{1,6}})[ \t]", re.DOTALL | re.MULTILINE
)
_TAGS = re.compile(TEMPLATE)
_SECTION_ENDS = re.compile(
    r"\A(?:\s|(?:-{3,}|\*{3,}|_{3,})[ \t]*$|\[[^\]\n]{1,100}\]:[^\n]*$)*+(?:\Z|(#{1,6})[ \t])", re.MULTILINE
)
_BACKTICKS = re.compile(r"`+")
_WIDEST = 300
_AFTER = 2_000
_DEEPEST = 6
T = TypeVar("T")


def with_titles_and_code(text: str) -> str:
    """Each title is a line of its own above its text. Those of tabs are headings where a section ends with its tabs, so
    that no other text stands below the last of them.
    """
    return _titled(_fenced(text)) if "{%" in text or "{{" in text else text


@dataclass
class _Parts:
    """What is in a text outside its code, in order. `fences` are the places at which blocks of code begin."""

    text: str
    tags: list[Tag] = field(default_factory=list)
    fences: list[int] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)  # their places and levels

    def __post_init__(self) -> None:
        self._ends: dict[str, list[Tag]] = {}
        for found in _PARTS.finditer(self.text):
            if found["fence"]:
                self.fences.append(found.start())
            elif found["heading"]:
                self.headings.append((found.start(), len(found["heading"])))
            elif found["tag"] and (tag := tag_of(found)):
                self.tags.append(tag)
                if tag.is_end:
                    self._ends.setdefault(tag.name, []).append(tag)

    def end_of(self, tag: Tag) -> Tag | None:
        """The next tag that ends one of its name."""
        ends = self._ends.get(tag.name, [])
        at = bisect_right(ends, tag.start, key=lambda end: end.start)
        return ends[at] if at < len(ends) and not tag.is_alone else None

    def indent_of(self, tag: Tag) -> str | None:
        """The white space before a tag; None if text is before it on its line."""
        line = self.text.rfind("\n", max(0, tag.start - _WIDEST), tag.start) + 1
        before = self.text[line : tag.start] if line or tag.start <= _WIDEST else "..."
        return before[: len(before) - len(before.lstrip())] if not _TAGS.sub("", before).strip() else None

    def has_fence(self, start: int, end: int) -> bool:
        return bisect_right(self.fences, end) > bisect_right(self.fences, start - 1)

    def level_of_tabs(self, pane: Tag) -> int:
        """Of headings for tabs; 0 if text of the section goes on below them, or if there are headings in them."""
        end = self.end_of(pane)
        before = bisect_right(self.headings, (pane.start,))
        if end is None or not before or before != bisect_right(self.headings, (end.start,)):
            return 0
        level = self.headings[before - 1][1] + 1
        after = _SECTION_ENDS.match(self.text[end.end : end.end + _AFTER])
        return level if after and level <= _DEEPEST and len(after[1] or "") <= level else 0


def _fenced(text: str) -> str:
    """With fences around what is code without them."""
    parts = _Parts(text)
    shown, place = [], 0
    panes: list[Tag] = []
    for tag in parts.tags:
        if tag.start < place:
            continue
        if tag.is_pane:
            _follow(panes, tag, tag)
            continue
        end = parts.end_of(tag) if tag.is_of_code(panes[-1] if panes else None) else None
        indent = parts.indent_of(tag)
        if end and indent is not None and not parts.has_fence(tag.end, end.start):
            code = text[tag.end : end.start].strip("\n")
            fence = indent + "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(code)), default=0))
            shown += [text[place : tag.end], f"\n{fence}\n{code}\n{fence}\n"]
            place = end.start
    return "".join([*shown, text[place:]])


@dataclass
class _Pane:
    """Open tabs: the level of the headings that their names become, or 0, and names that are listed for them."""

    level: int
    names: Iterator[str]


def _titled(text: str) -> str:
    parts = _Parts(text)
    shown, place = [], 0
    panes: list[_Pane] = []
    for tag in parts.tags:
        if not tag.is_end and (tag.is_shown_alone or parts.end_of(tag)) and parts.indent_of(tag) is not None:
            title = tag.title or (next(panes[-1].names, "") if panes and tag.is_tab else "")
            level = panes[-1].level if panes and tag.is_tab and not tag.is_alone else 0
            shown += [text[place : tag.start], _line(title, level)]
            place = tag.end
        if tag.is_pane:
            _follow(panes, tag, _Pane(0 if panes else parts.level_of_tabs(tag), iter(tag.names_of_tabs)))
    return "".join([*shown, text[place:]])


def _follow(panes: list[T], tag: Tag, pane: T) -> None:
    """Opens a pane, or ends the last one."""
    if not (tag.is_end or tag.is_alone):
        panes.append(pane)
    elif tag.is_end and panes:
        panes.pop()


def _line(title: str, level: int) -> str:
    mark = f"{'#' * level} " if level else ""
    return f"\n\n{mark}{title}\n\n" if title else ""
