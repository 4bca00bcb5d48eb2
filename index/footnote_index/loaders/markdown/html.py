"""HTML in Markdown: comments are left out, block-level elements are read as on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree, html

from footnote_index.loaders.blocks import Block, Blocks
from footnote_index.loaders.markup.hidden import as_seen
from footnote_index.loaders.markup.tree_to_blocks import lay_out_inside

_FENCE = re.compile(r"\s{0,12}(`{3,}|~{3,})")
_BEGINS = re.compile(
    r" {0,3}<(details|table|div|section|dl|ul|ol|figure|blockquote|p|center|aside|style|script|h[1-6]|pre|span)\b",
    re.IGNORECASE,
)
_TAGS = re.compile(
    r"</?(?:details|summary|div|section|figure|figcaption|p|center|aside|span|blockquote)\b[^<>]{0,500}>", re.IGNORECASE
)
_MOST = 200_000


def parts_of(text: str) -> Iterator[str | Sequence[Block]]:
    """Markdown without comments, and the blocks of its HTML, in order."""
    lines = text.splitlines(keepends=True)
    last = {(found[1] or "--").lower(): number for number, line in enumerate(lines) for found in _ENDS.finditer(line)}
    held: list[str] = []
    fence, place = "", 0
    while place < len(lines):
        line = lines[place]
        if found := _FENCE.match(line):
            fence = found[1] if not fence else "" if line.strip().startswith(fence) else fence
        elif not fence and "<!--" in line and last.get("--", -1) >= place:
            place = _without_comment(lines, place)
            continue
        elif not fence and (found := _BEGINS.match(line)) and last.get(found[1].lower(), -1) >= place:
            end = _end_of(lines, place, found[1].lower())
            yield "".join(held)
            held = []
            yield _read("".join(lines[place:end]))
            place = end
            continue
        held.append(lines[place])
        place += 1
    yield "".join(held)


_ENDS = re.compile(r"</([a-zA-Z][a-zA-Z0-9]{0,20})\s*>|(?:--)(?=>)")


def _without_comment(lines: list[str], place: int) -> int:
    """Removes the first comment of a line; returns the line in which it ended."""
    before, _, rest = lines[place].partition("<!--")
    end = place
    while "-->" not in rest and end + 1 < len(lines):
        end += 1
        rest = lines[end]
    lines[end] = before + rest.partition("-->")[2]
    return end


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


def _read(source: str) -> str | Sequence[Block]:
    """As blocks; as Markdown if there is some inside."""
    if "\n\n" in source.strip() or "\n```" in source:
        return _TAGS.sub("", source)
    try:
        tree = html.fromstring(f"<div>{source}</div>", parser=html.HTMLParser(remove_comments=True))
        as_seen(tree)
        blocks = Blocks()
        lay_out_inside(tree, blocks)
    except (etree.ParserError, ValueError, RecursionError):
        return source
    return blocks[:]
