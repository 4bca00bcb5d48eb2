"""One tag of a template in Markdown: a shortcode of Hugo, `{{< tab "Linux" >}}`, or a tag of Liquid, Markdoc and
GitBook, `{% tab title="Linux" %}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CODE = (
    r"^[ \t]{0,12}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,12})?(?P<fence>`{3,}|~{3,})[^`\n]*\n"
    r".*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)|`[^`\n]+`"
)
"""A block of code or a piece of it, with DOTALL and MULTILINE."""

ANY_CODE = re.compile(CODE, re.DOTALL | re.MULTILINE)

TEMPLATE = r"\{%[^{}\n]{1,500}+(?<=%)\}|\{\{[<%][^{}]{1,500}+(?<=[>%])\}\}"

_INSIDE = re.compile(r"(?P<end>/\s*)?(?P<name>[A-Za-z][\w./-]*)(?P<rest>(?:\s.*)?)", re.DOTALL)
_ARGUMENT = re.compile(
    r"(?:([\w-]{1,60}+)[ \t]{0,9}=[ \t]{0,9})?"
    r"(?:\"((?:[^\"\\]|\\.){0,500}+)\"|'([^'\n]{0,500})'|`([^`]{0,500})`|([^\s\"'`=,/][^\s\"'`=,]{0,500}))"
)
_TAB = re.compile(r"(?:code-?)?tab(?:-?item)?")
_PANE = re.compile(r"(?:code-?)?tab(?:s|-?pane|-?group|-?set)")
_FOLDED = frozenset(
    ["details", "expand", "collapse", "collapsible", "accordion", "accordion-item", "spoiler", "dropdown"]
)
_BOXES = frozenset(["admonition", "notice", "callout"])
_TITLES = ("title", "header", "label", "summary")
_NAMES = (*_TITLES, "name")


@dataclass(frozen=True, slots=True)
class Tag:
    """`sign`: < or % for Hugo's, nothing for others. `placed`: what it says without a name for it. `is_alone`: it has
    no end.
    """

    start: int
    end: int
    sign: str
    name: str
    named: Mapping[str, str]
    placed: Sequence[str]
    is_end: bool
    is_alone: bool

    @property
    def is_tab(self) -> bool:
        return _TAB.fullmatch(self.name) is not None

    @property
    def is_pane(self) -> bool:
        """Whether there are tabs in it."""
        return _PANE.fullmatch(self.name) is not None

    @property
    def is_shown_alone(self) -> bool:
        """Whether its title is shown although nothing is in it."""
        return self.is_tab or self.name == "card"

    @property
    def names_of_tabs(self) -> Sequence[str]:
        """As Hextra lists them."""
        return [name.strip() for name in self.named.get("items", "").split(",")]

    @property
    def title(self) -> str:
        """What readers see above its text."""
        given = (self.named.get(name, "").strip() for name in (_NAMES if self.is_tab else _TITLES))
        return " ".join((next(filter(None, given), "") or self._placed_title).split())

    @property
    def _placed_title(self) -> str:
        """Tabs of Jekyll name their group first, and boxes of Hugo's themes their kind."""
        if self.is_tab:
            return "".join(self.placed[-1:])
        if self.name in _FOLDED:
            return " ".join(self.placed[:1] if self.sign else self.placed)
        return "".join(self.placed[1:2]) if self.name in _BOXES else ""

    def is_of_code(self, pane: Tag | None) -> bool:
        """Whether what it contains is code, as the tabs of Docsy are if nothing says that they are text."""
        if self.is_end or self.is_alone:
            return False
        if self.name == "highlight" or "codelang" in self.named or self.named.get("code") == "true":
            return True
        says_text = any(tag.named.get("text") == "true" for tag in (self, pane) if tag)
        return self.is_tab and self.sign == "<" and pane is not None and pane.name == "tabpane" and not says_text


def tag_of(found: re.Match[str]) -> Tag | None:
    """The tag that a match of TEMPLATE is; None if it is none, as in the comments of Hugo."""
    written = found[0]
    sign = written[2] if written.startswith("{{") else ""
    inside = written[3:-3] if sign else written[2:-2]
    inside = inside.strip().strip("-").strip()
    is_alone = inside.endswith("/")
    parts = _INSIDE.fullmatch(inside.rstrip("/"))
    if not parts:
        return None
    name = parts["name"]
    is_end = bool(parts["end"]) or (not sign and name.startswith("end"))
    given = [*_ARGUMENT.finditer(parts["rest"])]
    values = [next((text for text in each.groups()[1:] if text is not None), "").replace('\\"', '"') for each in given]
    named = {each[1].lower(): value for each, value in zip(given, values, strict=True) if each[1]}
    placed = [value for each, value in zip(given, values, strict=True) if not each[1] and value]
    if is_end and not parts["end"]:
        name = name.removeprefix("end")
    return Tag(*found.span(), sign, name, named, placed, is_end, is_alone)
