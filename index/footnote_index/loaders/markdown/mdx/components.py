"""Components of MDX in Markdown, as Docusaurus and others write them: their names and imports are left out, titles and
text stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from footnote_index.loaders.markdown.blocks import closes, fence_of
from footnote_index.loaders.markdown.mdx.component_lines import QUESTIONS, TaggedLine, title_of
from footnote_index.loaders.markdown.mdx.component_tags import with_tokens
from footnote_index.loaders.markdown.mdx.jsx import Tag
from footnote_index.loaders.markdown.mdx.page_code import end_of_code

_STRING = re.compile(r"(?P<code>`[^`\n]+`)|\{(?:\"([^\"\n{}]{0,300})\"|'([^'\n{}]{0,300})')\}")
_DEEPEST = 50
_MOST_IN_VAIN = 50
_NOT_INDENTED_YET = 1_000


def without_components(text: str, *, of_mdx: bool) -> tuple[str, list[str]]:
    """The text, and the names of the components that write something into its sentences."""
    tokens, tags = with_tokens(text, of_mdx=of_mdx)
    reader = _Reader(tags, of_mdx=of_mdx)
    has_code = reader.read(tokens.splitlines())
    return ("\n".join(reader.shown()) if has_code or tokens != text else text), reader.gaps


class _Reader:
    def __init__(self, tags: Sequence[Tag], *, of_mdx: bool) -> None:
        self.gaps: list[str] = []
        self._tags = tags
        self._of_mdx = of_mdx
        self._open: list[tuple[str, int]] = []  # the names of the components that are open, and their numbers
        self._lines: list[tuple[str, int]] = []  # with the number of the component that they are in
        self._margins = [0]  # how far the text in each component is indented
        self._asks = False  # the next line is a question
        self._in_vain = 0  # lines that begin like an expression and are none

    def read(self, lines: Sequence[str]) -> bool:
        """Whether there was code of the page."""
        fence, place, has_code = "", 0, False
        while place < len(lines):
            line = lines[place]
            has_expressions = self._of_mdx and self._in_vain < _MOST_IN_VAIN
            if not fence and (end := end_of_code(lines, place, of_mdx=has_expressions)):
                place, has_code = end, True
                continue
            if fence or fence_of(line):
                self._add(line, counts=not fence)
                fence = ("" if closes(line, fence) else fence) if fence else fence_of(line)
            else:
                self._in_vain += line.lstrip().startswith("{")
                self._take(line)
            place += 1
        return has_code

    def shown(self) -> list[str]:
        """Text in a component is no code because it is indented, and no part of a list above the component."""
        return [line[min(_indent(line), self._margins[component]) :] for line, component in self._lines]

    def _take(self, line: str) -> None:
        if self._of_mdx and "{" in line:
            line = _STRING.sub(lambda text: text[0] if text["code"] else text[2] or text[3] or "", line)
        tagged, above = TaggedLine.of(line, self._tags), self._lines[-1][0] if self._lines else ""
        if not tagged.tags:
            self._add(self._asked(line))
        elif not "".join(tagged.texts).strip():
            self._between_blocks(tagged.tags)
        else:
            opening, text, closing = tagged.divided()
            self._between_blocks(opening)
            shown, names = text.shown(above)
            self.gaps += names
            self._add(self._asked(shown), counts=not opening)
            for tag in text.tags:
                self._follow(tag)
            self._between_blocks(closing)

    def _add(self, line: str, *, counts: bool = True) -> None:
        component = self._open[-1][1] if self._open else 0
        if counts and line.strip():
            self._margins[component] = min(self._margins[component], _indent(line))
        self._lines.append((line, component))

    def _between_blocks(self, tags: Sequence[Tag]) -> None:
        for tag in tags:
            self._follow(tag)
        if tags:
            titles = filter(None, map(title_of, tags))
            self._lines += [(line, 0) for line in ("", *titles, "")]

    def _follow(self, tag: Tag) -> None:
        self._asks = tag.name in QUESTIONS and not tag.is_end
        if not tag.is_end and not tag.is_empty:
            self._open.append((tag.name, len(self._margins)))
            self._margins.append(_NOT_INDENTED_YET)
        elif tag.is_end:
            places = (
                place for place in reversed(range(len(self._open))[-_DEEPEST:]) if self._open[place][0] == tag.name
            )
            del self._open[next(places, len(self._open)) :]

    def _asked(self, line: str) -> str:
        """A question in bold becomes the heading of its answer."""
        if not self._asks or not line.strip():
            return line
        self._asks = False
        said = line.strip()
        return f"{line[: _indent(line)]}**{said}**" if said.endswith("?") and "*" not in said else line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
