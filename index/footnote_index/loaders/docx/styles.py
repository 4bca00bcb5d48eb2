"""Word's styles: the properties of a paragraph or run from its style, or from the styles that this one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from footnote_index.loaders.docx.xml import attribute, child, kind_of, value
from footnote_index.loaders.trees import Element

_CODE = re.compile(r"source code|code|html preformatted|preformatted text|plain code|code block|verbatim|listing")
_HEADING = re.compile(r"heading (\d)")
_DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Style:
    """`name` is in English and lower case, whatever language Word is set to."""

    name: str = ""
    based_on: str = ""
    paragraph: Element | None = None
    run: Element | None = None

    @property
    def is_code(self) -> bool:
        return bool(_CODE.fullmatch(self.name))

    @property
    def is_heading(self) -> bool:
        """Whether it is one of Word's own styles of headings."""
        return bool(_HEADING.fullmatch(self.name))

    @property
    def level(self) -> int | None:
        """Of a heading, from 1; 0 for other text; None if the style does not say."""
        found = _HEADING.fullmatch(self.name)
        return int(found[1]) if found else _outline_level(self.paragraph)


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles by their ids."""

    known: Mapping[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> WordStyles:
        found = {
            attribute(each, "styleId"): Style(
                value(each, "name").lower(), value(each, "basedOn"), child(each, "pPr"), child(each, "rPr")
            )
            for each in (root if root is not None else ())
            if kind_of(each) == "style"
        }
        return cls(found)

    def __getitem__(self, style: str) -> Style:
        return self.known.get(style, Style())

    def of_paragraph(self, properties: Element | None, kind: str) -> Element | None:
        """A property of a paragraph: its own, or that of its styles."""
        own = child(properties, kind)
        if own is not None:
            return own
        styles = self._chain(value(properties, "pStyle"))
        return next((found for each in styles if (found := child(each.paragraph, kind)) is not None), None)

    def level_of(self, properties: Element | None) -> int:
        """The level of a paragraph that is a heading: its own, or that of its styles; 0 for other text."""
        styles = self._chain(value(properties, "pStyle"))
        levels = (_outline_level(properties), *(each.level for each in styles))
        return next((level for level in levels if level is not None), 0)

    def of_run(self, properties: Element | None, kind: str, paragraph_style: str = "") -> Element | None:
        """A property of a run: its own, or that of its styles, or of its paragraph's."""
        own = child(properties, kind)
        if own is not None or not self.known:
            return own
        styles = (*self._chain(value(properties, "rStyle")), *self._chain(paragraph_style))
        return next((found for each in styles if (found := child(each.run, kind)) is not None), None)

    def _chain(self, style: str) -> Iterator[Style]:
        for _ in range(_DEEPEST):
            if style not in self.known:
                return
            yield self.known[style]
            style = self.known[style].based_on


def _outline_level(properties: Element | None) -> int | None:
    """Word counts from 0, and 9 is other text."""
    level = value(properties, "outlineLvl")
    if not level:
        return None
    return int(level) + 1 if len(level) == 1 and level in "012345678" else 0
