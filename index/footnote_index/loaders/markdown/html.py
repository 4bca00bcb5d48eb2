"""HTML in Markdown: comments are left out, block-level elements are read as on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from lxml import etree, html

from footnote_index.loaders.blocks import Block, Blocks
from footnote_index.loaders.markdown.blocks import closes, fence_of
from footnote_index.loaders.markup.hidden import as_seen
from footnote_index.loaders.markup.tree_to_blocks import lay_out_inside

_BEGINS = re.compile(
    r" {0,3}<(details|table|div|section|dl|ul|ol|figure|blockquote|p|center|aside|style|script|h[1-6]|pre|span)\b",
    re.IGNORECASE,
)
_WRAPPERS = "details|summary|div|section|figure|figcaption|p|center|aside|blockquote|h[1-6]"
_PARTS = "table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|ul|ol|li|dl|dt|dd"
_TAGS = re.compile(rf"(?:</?(?:{_WRAPPERS})\b[^<>]{{0,2000}}>[ \t]*+)++", re.IGNORECASE)
_ALL_TAGS = re.compile(rf"(?:</?(?:{_WRAPPERS}|{_PARTS})\b[^<>]{{0,2000}}>[ \t]*+)++", re.IGNORECASE)
_INDENTED = re.compile(r"^[ \t]++(?=<(?:table|ul|ol|dl|pre)\b)", re.IGNORECASE | re.MULTILINE)
_SPAN = re.compile(r"</?span\b[^<>]{0,2000}>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^<>]{0,500}>\s*+(?=\S)", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_STRUCTURED = frozenset(["table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6"])
"""Elements whose tags say what their text is: blank lines inside do not make it Markdown."""

_RAW = frozenset(["pre", "script", "style"])
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_MARKDOWN = re.compile(
    r"\*\*\S|(?<!\w)__\S|(?<![\w*])[*_][^\W_]|`|\]\(|\]\[|!\["
    r"|^[ \t]*+(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||~~~)",
    re.MULTILINE,
)
_FOR_MARKDOWN = re.compile(r"<\w+\s[^<>]{0,500}(?<=\s)markdown(?:=[^<>]{0,100})?>")
"""What says that there is Markdown inside."""

_MOST = 200_000
_CODE_OR_COMMENT = re.compile(r"(?<!`)(?P<code>`++)|<!--(?:-?>)?")
_BACKTICKS = re.compile(r"`++")


def parts_of(text: str) -> Iterator[str | Sequence[Block]]:
    """Markdown without comments, and the blocks of its HTML, in order."""
    lines = text.splitlines(keepends=True)
    last = {found[1].lower(): number for number, line in enumerate(lines) for found in _ENDS.finditer(line)}
    ends = ((number, line.rfind("-->")) for number, line in enumerate(lines) if "-->" in line)
    last_comment = max(ends, default=(-1, -1))
    held: list[str] = []
    fence, place = "", 0
    while place < len(lines):
        if not fence and "<!--" in lines[place] and not fence_of(lines[place]):
            place = _without_comments(lines, place, last_comment)
        line = lines[place]
        if fence:
            fence = "" if closes(line, fence) else fence
        elif opened := fence_of(line):
            fence = opened
        elif (found := _BEGINS.match(line)) and last.get(found[1].lower(), -1) >= place:
            end = _end_of(lines, place, found[1].lower())
            yield "".join(held)
            held = []
            yield from _inside("".join(lines[place:end]), found[1].lower())
            place = end
            continue
        held.append(line)
        place += 1
    yield "".join(held)


_ENDS = re.compile(r"</([a-zA-Z][a-zA-Z0-9]{0,20})\s*>")


def _without_comments(lines: list[str], place: int, last: tuple[int, int]) -> int:
    """Removes the comments that begin in a line and end by `last`; returns the line in which the last of them ends."""
    line, start = lines[place], 0
    kept: list[str] = []
    while found := _CODE_OR_COMMENT.search(line, start):
        end = found.end()
        if found["code"]:
            end = _end_of_code(line, end, found["code"])
            kept.append(line[start:end])
        elif found[0].endswith(">"):
            kept.append(line[start : found.start()])
        elif (place, end) > last:
            break
        else:
            kept.append(line[start : found.start()])
            while (end := line.find("-->", end)) < 0:
                place, end = place + 1, 0
                line = lines[place]
            end += len("-->")
        start = end
    lines[place] = "".join(kept) + line[start:]
    return place


def _end_of_code(line: str, start: int, marks: str) -> int:
    """The end of a code span after its first marks; these are only text if there are no others like them."""
    return next((each.end() for each in _BACKTICKS.finditer(line, start) if each[0] == marks), start)


def _end_of(lines: Sequence[str], place: int, tag: str) -> int:
    """The index after the line in which an element ends."""
    opens, closes = re.compile(rf"<{tag}\b", re.IGNORECASE), re.compile(rf"</{tag}\s*>", re.IGNORECASE)
    depth, size = 0, 0
    for number in range(place, len(lines)):
        depth += len(opens.findall(lines[number])) - len(closes.findall(lines[number]))
        size += len(lines[number])
        if depth <= 0 or size > _MOST:
            return number + 1
    return len(lines)


def _inside(source: str, tag: str) -> Iterator[str | Sequence[Block]]:
    """An element as blocks; if there is Markdown inside, the parts without its tags."""
    shown = _without_tags(source, tag) if _has_markdown(source.strip(), tag) else source
    if shown == source:
        yield _read(source)
    else:
        yield from parts_of(shown)


def _has_markdown(source: str, tag: str) -> bool:
    if tag in _RAW:
        return False
    if "\n```" in source or _FOR_MARKDOWN.match(source):
        return True
    is_parted = _BLANK_LINE.search(source) is not None
    return is_parted and (tag not in _STRUCTURED or _MARKDOWN.search(_ANY_TAG.sub("", source)) is not None)


def _without_tags(source: str, tag: str) -> str:
    """Code stays as it is."""
    lines = source.splitlines(keepends=True)
    is_code: list[bool] = []
    fence = ""
    for line in lines:
        is_code.append(bool(fence or fence_of(line)))
        fence = ("" if closes(line, fence) else fence) if fence else fence_of(line)
    parts = groupby(zip(is_code, lines, strict=True), key=itemgetter(0))
    texts = ((code, "".join(line for _, line in part)) for code, part in parts)
    return "".join(text if code else _stripped(text, tag) for code, text in texts)


def _stripped(text: str, tag: str) -> str:
    """What a tag begins is no longer indented, or it would be code. Tables and lists in other elements stay."""
    tags = _TAGS
    if tag in _STRUCTURED:
        tags, text = _ALL_TAGS, _ITEM.sub("\n- ", text)
    lines = _SPAN.sub("", _INDENTED.sub("", text)).splitlines(keepends=True)
    return "".join(_line_without(tags, line) for line in lines)


def _line_without(tags: re.Pattern[str], line: str) -> str:
    shown = tags.sub(" ", line)
    return line if shown == line else shown.strip() + ("\n" if line.endswith("\n") else "")


def _read(source: str) -> str | Sequence[Block]:
    """As blocks; as it is if it cannot be read."""
    try:
        tree = html.fromstring(f"<div>{source}</div>", parser=html.HTMLParser(remove_comments=True))
        as_seen(tree)
        blocks = Blocks()
        lay_out_inside(tree, blocks)
    except (etree.ParserError, ValueError, RecursionError):
        return source
    return blocks[:]
