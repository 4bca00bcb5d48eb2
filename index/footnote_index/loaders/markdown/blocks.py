"""The text of a Markdown file -> blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.blocks import Blocks
from footnote_index.loaders.markdown.cells import cells_of
from footnote_index.loaders.markdown.inline import Inline
from footnote_index.loaders.wrapping import unwrapped, words_of

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
_FENCE = re.compile(r"\A\s{0,40}+(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})[^`]*")
_ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])(?:[ \t]+(.*)|[ \t]*)")
_TASK = re.compile(r"\A\[[ xX?!>/<*+~\"'-]\][ \t]+")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_DELIMITERS = re.compile(
    r"^[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)+(?:[ \t]*+:?-++:?[ \t]*+)?|^[ \t]*+\|[ \t]*+:?-++:?[ \t]*+\|[ \t]*+"
)
_REFERENCE = re.compile(r" {0,3}\[[^\]^][^\]]{0,300}\]:[ \t]*\S.*")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
_DEFINITION = re.compile(r" {0,3}:[ \t]+(\S.*)")
_TERM_ENDS = (".", ":", "?", "!", ";")
_CALLOUT = re.compile(r"\A[ \t]*+\[![\w-]{1,30}(?:\|[^\]\n]{0,100})?\][+-]?[ \t]*")
_EMPHASISED = re.compile(r"\A[ \t]*+(\*{1,3}|_{1,3})(?=[^\s*_])[^*_]{1,300}(?<!\s)\1[ \t]*\Z")
_CONTENTS = re.compile(
    r"^\s*+(?:\[toc\]|\[\[_?toc_?\]\]|\$\{toc\}|\{:toc\}|\{\{< toc >\}\}|\{\{\s?#[^{}]{1,300}\}\}"
    r"|-{1,5}8<-{1,5}.{0,300}|\*\[[^\]]{1,100}\]:.{0,500})\s*",
    re.IGNORECASE,
)
"""Tables of contents, and what stands for other files or explains an abbreviation."""

_LINK_ITEM = re.compile(r"^\s*+(?:[-*+]|\d{1,3}[.)])\s++\[[^\]]{1,300}\]\(#[^)]{0,300}\)\s*")
_ATTRIBUTES = re.compile(r"(?<!\s)\s*+(?:\{[:#.][^{}]{0,300}\}|\\\{#[\w.:-]{1,300}\\?\})\s*+$")
_BOLD_QUESTION = re.compile(
    r"(?<!\s)\s*+(\*\*\*?|__)(?=\S)(?:(?!\1).){1,300}(?:\?\s?\1|\1\?)[\s\\]*+(?:$|<br\s{0,3}/?>\s*+)", re.IGNORECASE
)
_CODE_INDENT = re.compile(r"(?: {4}|\t)")


def add_markdown(blocks: Blocks, text: str, inline: Inline, *, of_mdx: bool = False) -> None:
    """Reads line by line: what begins a block ends the one before. `of_mdx`: code is never only indented."""
    _Reader(blocks, inline, words_of(text), of_mdx=of_mdx).read(text.splitlines())


class _Reader:
    def __init__(self, blocks: Blocks, inline: Inline, words: frozenset[str], *, of_mdx: bool) -> None:
        self._blocks = blocks
        self._inline = inline
        self._words = words
        self._of_mdx = of_mdx
        self._open: list[str] = []  # the lines of the current paragraph or item
        self._item: tuple[int, str, int] | None = None  # its level, its mark, how far its text is indented
        self._indents: list[int] = []  # of the lists that are open
        self._is_close = False  # the current block is right below the previous one

    def read(self, lines: Sequence[str]) -> None:
        place = 0
        while place < len(lines):
            place = self._take(lines, place)
        self._end()

    def _take(self, lines: Sequence[str], place: int) -> int:
        """Reads the block at a line; returns the line of the next one."""
        line = lines[place]
        if not line.strip() and self._is_term(lines, place + 1):
            return place + 1
        if not line.strip():
            self._end()
            self._is_close = False
            return place + 1
        if line[0].isalpha() and "|" not in line:
            self._go_on(line)
            return place + 1
        if fence_of(line):
            return self._fenced(lines, place)
        is_inside = self._of_mdx or self._open or self._item is not None or self._indents
        if not is_inside and _CODE_INDENT.match(line):
            return self._indented(lines, place)
        if line.lstrip().startswith(">"):
            return self._quote(lines, place)
        if "|" in line and place + 1 < len(lines) and _DELIMITERS.fullmatch(lines[place + 1].rstrip()):
            return self._table(lines, place)
        self._take_line(line)
        return place + 1

    def _is_term(self, lines: Sequence[str], after: int) -> bool:
        """Whether the open line is a term, and its definition stands below a blank line."""
        is_line = len(self._open) == 1 and self._item is None
        return is_line and after < len(lines) and _DEFINITION.fullmatch(lines[after]) is not None

    def _take_line(self, line: str) -> None:
        """Reads a line of a paragraph or an item, or one that is a block of its own."""
        if heading := _HEADING.fullmatch(line):
            self._begin()
            self._indents.clear()
            self._heading(heading[2], len(heading[1]))
        elif self._open and self._item is None and (underline := _UNDERLINE.fullmatch(line)):
            title, self._open = " ".join(self._open), []
            self._heading(title, 1 if underline[1][0] == "=" else 2)
        elif _RULE.fullmatch(line):
            self._begin()
            self._indents.clear()
            self._paragraph(line.strip())
        elif note := _NOTE.fullmatch(line):
            self._begin()
            self._open = [f"{self._inline.mark_of(note[1])} {note[2]}"]
        elif _REFERENCE.fullmatch(line) or _CONTENTS.fullmatch(line) or _LINK_ITEM.fullmatch(line):
            self._end()
        elif self._open and self._item is None and (definition := _DEFINITION.fullmatch(line)):
            term = " ".join(self._open)
            self._open = [f"{term}{' ' if term.endswith(_TERM_ENDS) else ': '}{definition[1]}"]
        elif (item := _ITEM.fullmatch(line)) and not self._goes_on(item):
            self._begin_item(item)
        else:
            self._go_on(line)

    def _go_on(self, line: str) -> None:
        """A first line that is emphasised as a whole stands alone: it is no part of the sentence below it."""
        is_below_one = len(self._open) == 1 and self._item is None and _EMPHASISED.match(self._open[0])
        if is_below_one and not line.lstrip()[:1].islower():
            self._begin()
        self._open.append(line)

    def _goes_on(self, item: re.Match[str]) -> bool:
        """Whether the mark is text of the current paragraph, `in\\n1998. It moved`: only a list's first item, if it is
        not empty, can begin inside a paragraph.
        """
        is_inside = self._item is None or len(item[1].expandtabs(4)) >= self._item[2]
        can_begin = item[3] and (not item[2][0].isdigit() or item[2][:-1] == "1")
        return bool(self._open) and is_inside and not can_begin

    def _begin(self) -> None:
        """Begins a block and ends the previous one. They are separated by a line break only, if no blank line is
        between them.
        """
        is_close = self._is_close or bool(self._open)
        self._end()
        self._is_close = is_close

    def _end(self) -> None:
        lines, item = self._open, self._item
        self._open, self._item = [], None
        if not lines:
            return
        asked = _BOLD_QUESTION.match(lines[0])
        is_asked_in_list = (
            item and item[0] == 0 and asked and any(map(str.strip, [lines[0][asked.end() :], *lines[1:]]))
        )
        if item and not is_asked_in_list:
            self._blocks.item(self._inline.seen(" ".join(unwrapped_item(lines, self._words))), item[1], item[0])
        else:
            if asked:
                lines[:1] = filter(str.strip, [lines[0][asked.end() :]])
            alone = [asked[0]] if asked else []
            for line in [*alone, *unwrapped(lines, self._words, breaks_are_soft=True)]:
                self._paragraph(line)

    def _paragraph(self, line: str) -> None:
        seen = self._inline.seen(_ATTRIBUTES.sub("", line.removesuffix("\\")))
        if not seen.strip():
            return
        is_bold = _BOLD_QUESTION.fullmatch(line) is not None
        self._blocks.paragraph(seen, is_close=self._is_close, is_bold=is_bold)
        self._is_close = True

    def _heading(self, title: str, level: int) -> None:
        self._blocks.heading(self._inline.seen(_ATTRIBUTES.sub("", title)), level, is_close=self._is_close)
        self._is_close = True

    def _begin_item(self, item: re.Match[str]) -> None:
        if self._open and self._item is None:
            self._begin()
        else:
            self._end()
        indent = len(item[1].expandtabs(4))
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        mark = item[2] if item[2][0].isdigit() else "-"
        self._item = len(self._indents) - 1, mark, indent + len(item[2]) + 1
        self._open = [_TASK.sub("", item[3] or "")]

    def _fenced(self, lines: Sequence[str], place: int) -> int:
        self._end()
        mark = fence_of(lines[place])
        margin = lines[place].index(mark)
        end = next((at for at in range(place + 1, len(lines)) if closes(lines[at], mark)), len(lines))
        code = (line[margin:] if not line[:margin].strip() else line for line in lines[place + 1 : end])
        self._blocks.code("\n".join(code))
        return end + 1

    def _indented(self, lines: Sequence[str], place: int) -> int:
        end = place
        while end < len(lines) and (not lines[end].strip() or _CODE_INDENT.match(lines[end])):
            end += 1
        self._blocks.code("\n".join(_CODE_INDENT.sub("", line, count=1) for line in lines[place:end]))
        return end

    def _quote(self, lines: Sequence[str], place: int) -> int:
        self._begin()
        end = place
        while end < len(lines) and lines[end].lstrip().startswith(">"):
            end += 1
        inner = Blocks()
        stripped = [re.sub(r"^[ \t]*>[ ]?", "", line) for line in lines[place:end]]
        _Reader(inner, self._inline, self._words, of_mdx=self._of_mdx).read(_below_title(stripped))
        self._blocks.add(inner[:])
        return end

    def _table(self, lines: Sequence[str], place: int) -> int:
        self._end()
        self._blocks.row(cells_of(lines[place], self._inline), begins=True)
        end = place + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip():
            self._blocks.row(cells_of(lines[end], self._inline))
            end += 1
        return end


def _below_title(quote: Sequence[str]) -> Sequence[str]:
    """The lines of a quote; of a callout, those below its title, which may be empty."""
    head = _CALLOUT.match(quote[0])
    if not head:
        return quote
    title, below = quote[0][head.end() :], quote[1:]
    goes_on = bool(title and below) and below[0].lstrip()[:1].islower()
    return [title, *([] if goes_on else [""]), *below]


def unwrapped_item(lines: Sequence[str], words: frozenset[str]) -> Sequence[str]:
    """Reads all lines of a list item."""
    return unwrapped([lines[0], *(f"  {line.strip()}" for line in lines[1:])], words)


def fence_of(line: str) -> str:
    """The marks of a line that begins code; empty for other lines."""
    found = _FENCE.fullmatch(line)
    return found[1] if found else ""


def closes(line: str, mark: str) -> bool:
    """Whether a line ends the code that these marks began."""
    stripped = line.strip()
    return len(stripped) >= len(mark) and not stripped.strip(mark[0])
