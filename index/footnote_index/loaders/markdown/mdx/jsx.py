"""The tags of JSX in Markdown: where each begins and ends, whatever its attributes contain, and what these say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from footnote_index.loaders.blocks import on_one_line
from footnote_index.loaders.markdown.blocks import closes, fence_of

_POINT = re.compile(
    r"(?P<code>(?<![`\\])(?P<marks>`{1,9})(?!`)[^\n]{1,2000}?(?<!`)(?P=marks)(?!`))"
    r"|(?P<comment><!--|\{/\*)"
    r"|(?<!\\)<(?P<end>/?)(?P<name>[A-Za-z][\w.]{0,60})(?=[\s/>])"
)
_BETWEEN = re.compile(r"=\s*(?:\"[^\"]{0,20000}\"|'[^']{0,20000}')|[{}<]|/?>|\n[ \t]*\n")
_INSIDE = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*+\"|(?<!\w)'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|/\*(?:[^*]|\*(?!/)){0,2000}+\*/|[{}]",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]{0,60})(?:\s*=\s*(\"[^\"]*\"|'[^']*'|(?=\{)))?")
_STRING = re.compile(r"(?:\"([^\"\\]*)\"|'([^'\\]*)'|`([^`\\$]*)`)")
_TEXT_INSIDE = re.compile(r"\s(?:text|label|title|children|name)=(?:\{\s*)?(?:\"([^\"]{1,200})\"|'([^']{1,200})')")
_INNER_TAG = re.compile(r"<[^<>]{0,1000}>|\{[^{}]{0,1000}\}")
_OF_CODE = re.compile(r"[<>{}=]")
_ENDS = {"<!--": "-->", "{/*": "*/}"}
_LONGEST = 100_000
_MOST_IN_VAIN = 2_000_000
"""Characters that are read for tags that do not end."""


@dataclass(frozen=True, slots=True)
class Tag:
    """`attributes`: each value as written, `"a"` or `{a}`; empty for those without one."""

    name: str
    start: int
    end: int
    attributes: Mapping[str, str]
    is_end: bool = False
    is_empty: bool = False

    def said(self, *names: str) -> str:
        """The text in the first of these attributes that has any."""
        return next(filter(None, (_text_in(self.attributes.get(name, "")) for name in names)), "")


def tags_in(text: str) -> Iterator[Tag]:
    """Those outside code and comments, in order."""
    in_vain = 0
    last = {begin: text.rfind(end) + len(end) for begin, end in _ENDS.items()}
    for start, end in _outside_fences(text):
        place = start
        while (found := _POINT.search(text, place, end)) and in_vain < _MOST_IN_VAIN:
            place = found.end()
            if found["comment"]:
                place = max(place, text.find(_ENDS[found["comment"]], place, last[found["comment"]]))
            if not found["name"]:
                continue
            stop = _end_of_tag(text, place, min(end, place + _LONGEST))
            if stop > 0:
                is_empty = text.endswith("/>", place, stop)
                attributes = _attributes(text[place : stop - 1 - is_empty])
                yield Tag(found["name"], found.start(), stop, attributes, bool(found["end"]), is_empty)
            in_vain += max(0, -stop)
            place = max(place, stop)


def behind_braces(text: str, place: int, stop: int) -> int:
    """Where the braces that open at a place are closed again; if they are not, how far they were read, negative."""
    depth, at = 0, place
    while piece := _INSIDE.search(text, at, stop):
        at = piece.end()
        depth += (piece[0] == "{") - (piece[0] == "}")
        if depth == 0:
            return at
    return place - stop


def _outside_fences(text: str) -> Iterator[tuple[int, int]]:
    fence, begin, place = "", 0, 0
    for line in text.splitlines(keepends=True):
        if not fence and (fence := fence_of(line.rstrip("\r\n"))):
            yield begin, place
        elif fence and closes(line, fence):
            fence, begin = "", place + len(line)
        place += len(line)
    if not fence:
        yield begin, place


def _end_of_tag(text: str, place: int, stop: int) -> int:
    """Where the tag ends whose attributes begin at a place; if it does not, how far it was read, negative."""
    at = place
    while piece := _BETWEEN.search(text, at, stop):
        at = piece.end()
        if piece[0] == "{":
            at = behind_braces(text, piece.start(), stop)
            if at < 0:
                return at
        elif piece[0].endswith(">"):
            return at
        elif not piece[0].startswith("="):
            return place - at
    return place - stop


def _attributes(written: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    place = 0
    while attribute := _ATTRIBUTE.search(written, place):
        place, value = attribute.end(), attribute[2] or ""
        if attribute[2] == "" and (end := behind_braces(written, place, len(written))) > 0:
            value, place = written[place:end], end
        found.setdefault(attribute[1], value)
    return found


def _text_in(value: str) -> str:
    """The text that the value of an attribute shows, as far as it is written there."""
    inner = value[1:-1].strip()
    if not value.startswith("{"):
        return on_one_line(unescape(inner))
    if string := _STRING.fullmatch(inner.strip()):
        return on_one_line(string[1] or string[2] or string[3] or "")
    if not inner.startswith(("<", "(")):
        return ""
    between = on_one_line(_INNER_TAG.sub(" ", inner.strip("()")))
    if between and not _OF_CODE.search(between):
        return between
    said = _TEXT_INSIDE.search(inner)
    return (said[1] or said[2]) if said else ""
