"""The marks of Word's numbered lists, which its paragraphs do not contain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from footnote_index.loaders.docx.xml import attribute, kind_of, value
from footnote_index.loaders.trees import Element

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_UNKNOWN = ("decimal", "%1.", 1)

Level = tuple[str, str, int]
"""How it counts, what its marks look like, where it starts."""


@dataclass
class Numbering:
    """`levels` by list and level; a list that the document does not describe counts 1., 2., 3."""

    levels: Mapping[tuple[str, int], Level] = field(default_factory=dict)
    described: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        if root is None:
            return cls()
        abstract = {attribute(each, "abstractNumId"): _levels(each) for each in root if kind_of(each) == "abstractNum"}
        nums = [each for each in root if kind_of(each) == "num"]
        lists = {attribute(each, "numId"): value(each, "abstractNumId") for each in nums}
        found = {
            (number, level): described
            for number, origin in lists.items()
            for level, described in abstract.get(origin, {}).items()
        }
        for each in nums:
            for level, start in _restarts(each):
                style, pattern, _ = found.get((attribute(each, "numId"), level), _UNKNOWN)
                found[attribute(each, "numId"), level] = style, pattern, start
        return cls(found, frozenset(lists))

    def mark(self, number: str, level: int) -> str:
        """The mark of the next item of a list."""
        style, pattern, start = self.levels.get(
            (number, level), ("bullet", "", 1) if number in self.described else _UNKNOWN
        )
        if style in {"bullet", "none"}:
            return "-"
        counts = self._counts[number]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        text = pattern if "%" in pattern else f"%{level + 1}."
        for each in range(level + 1):
            kind, _, first = self.levels.get((number, each), _UNKNOWN)
            text = text.replace(f"%{each + 1}", _counted(counts.get(each, first), kind))
        return "".join(text.split()) or "-"

    def of_style(self, style: str) -> str:
        """The level of a paragraph that is a list item by its style alone."""
        return self.mark(style, 0) if style.startswith("list number") else "-"


def _restarts(number: Element) -> Iterator[tuple[int, int]]:
    """The levels of a list that start with a different number than similar lists."""
    for override in number:
        level, start = attribute(override, "ilvl"), value(override, "startOverride")
        if kind_of(override) == "lvlOverride" and level.isdecimal() and start.isdecimal() and len(level + start) < 9:
            yield int(level), int(start)


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for level in abstract:
        place = attribute(level, "ilvl") if kind_of(level) == "lvl" else ""
        if place.isdecimal():
            start = value(level, "start")
            first = int(start) if start.isdecimal() and len(start) < 9 else 1
            found[int(place[:3])] = (value(level, "numFmt") or "decimal", value(level, "lvlText"), first)
    return found


def _counted(number: int, style: str) -> str:
    small = style[:1].lower()
    if style in {"lowerLetter", "upperLetter"} and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter if small == "l" else letter.upper()
    if style in {"lowerRoman", "upperRoman"} and 0 < number < 40:
        roman = "x" * (number // 10) + _ROMAN[number % 10]
        return roman if small == "l" else roman.upper()
    return str(number)
