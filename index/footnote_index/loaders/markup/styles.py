"""How a web page shows its elements: its own style sheets and style attributes, as far as they affect what is visible.

External style sheets are not fetched. Selectors of elements, classes and ids are supported, alone and nested.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from footnote_index.loaders.markup.colours import WHITE, Colour, behind_of
from footnote_index.loaders.markup.trees import Element, name

Declarations = Mapping[str, str]
"""Properties and their values, in lower case."""

_RULES = re.compile(r"(?<![^{}@])([^{}@]++)\{([^{}]{0,2000}+)\}")
_AT_BLOCKS = re.compile(r"@[^{;]{0,300}\{(?:[^{}]{0,5000}\{[^{}]{0,5000}\}){0,500}[^{}]{0,5000}\}")
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_MARKS = re.compile(r"[.#][\w-]+")
_LONGEST_SHEET = 200_000
_DEEPEST_SELECTOR = 6
_DECIDING = re.compile(
    r"(?<![\w-])(?:display|visibility|opacity|filter|font-size|position|text-indent|overflow|clip|clip-path|transform"
    r"|text-decoration(?:-line)?|vertical-align|mso-hide|content-visibility|color|background(?:-color)?)\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Compound:
    """`p.note#first`."""

    tag: str
    marks: frozenset[str]

    def fits(self, element: Element) -> bool:
        return self.tag in {"", name(element)} and (not self.marks or self.marks <= _marks_of(element))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The compounds of one selector, outermost first, and the declarations for elements that match."""

    compounds: tuple[_Compound, ...]
    rank: tuple[int, int, int, int]
    rules: Declarations

    def fits(self, element: Element) -> bool:
        *outer, last = self.compounds
        if not last.fits(element):
            return False
        for around in element.iterancestors() if outer else ():
            if outer and outer[-1].fits(around):
                outer.pop()
        return not outer


class PageStyles:
    """The styles of one page."""

    def __init__(self, sheets: Sequence[_Sheet], *, is_known: bool) -> None:
        self._is_known = is_known
        self._backgrounds: dict[Element, Colour | None] = {}
        self._sheets: dict[str, list[_Sheet]] = defaultdict(list)
        for sheet in sheets:
            last = sheet.compounds[-1]
            self._sheets[min(last.marks, default=last.tag)].append(sheet)

    @classmethod
    def of(cls, page: Element, more: Iterable[str] = ()) -> PageStyles:
        """`more`: the texts of style sheets that the page links to."""
        texts = [*more, *(style.text or "" for style in page.iter("style", "{*}style"))]
        links = any("stylesheet" in (link.get("rel") or "").lower() for link in page.iter("link", "{*}link"))
        is_known = not links and not any("@import" in text for text in texts)
        return cls([sheet for text in texts for sheet in _sheets_in(text)], is_known=is_known)

    def rules(self, element: Element) -> Declarations:
        """What the style sheets, then the element itself, say about it."""
        found = sorted(self._fitting(element), key=lambda sheet: sheet.rank) if self._sheets else ()
        rules = {key: value for sheet in found for key, value in sheet.rules.items()}
        style = element.get("style")
        return {**rules, **parsed_rules(style)} if style else rules

    def behind(self, element: Element) -> Colour | None:
        """The background colour of text in an element; None if it is not known."""
        if element in self._backgrounds:
            return self._backgrounds[element]
        rules = self.rules(element)
        given = rules.get("background-color") or rules.get("background") or (element.get("bgcolor") or "").lower()
        above = element.getparent()
        if given and given not in {"transparent", "none", "inherit", "initial"}:
            colour = behind_of(given)
        elif above is None:
            colour = WHITE if self._is_known else None
        else:
            colour = self.behind(above)
        self._backgrounds[element] = colour
        return colour

    def _fitting(self, element: Element) -> Iterator[_Sheet]:
        for key in ("", name(element), *_marks_of(element)):
            yield from (sheet for sheet in self._sheets.get(key, ()) if sheet.fits(element))


def parsed_rules(style: str) -> Declarations:
    """`color: RED; width:0` -> color, red; width, 0."""
    pairs = (part.partition(":")[::2] for part in style.replace("!important", "").lower().split(";"))
    return {key.strip(): " ".join(value.split()) for key, value in pairs if key.strip()}


def _sheets_in(text: str) -> Iterator[_Sheet]:
    text = _AT_BLOCKS.sub("", _COMMENTS.sub("", text[:_LONGEST_SHEET]))
    for order, (selectors, body) in enumerate(_RULES.findall(text)):
        if not _DECIDING.search(body):
            continue
        rules = parsed_rules(body)
        for selector in selectors.split(","):
            if compounds := _compounds(selector.replace(">", " ").split()):
                marks = [mark for each in compounds for mark in each.marks]
                ids = sum(mark.startswith("#") for mark in marks)
                tags = sum(bool(each.tag) for each in compounds)
                yield _Sheet(compounds, (ids, len(marks) - ids, tags, order), rules)


def _compounds(parts: Sequence[str]) -> tuple[_Compound, ...]:
    """None for a selector that is not supported."""
    found = [_COMPOUND.fullmatch(part) for part in parts[: _DEEPEST_SELECTOR + 1]]
    if len(parts) > _DEEPEST_SELECTOR or not all(found):
        return ()
    return tuple(
        _Compound((each[1] or "").lower().replace("*", ""), frozenset(_MARKS.findall(each[2])))
        for each in found
        if each
    )


def _marks_of(element: Element) -> set[str]:
    marks = {f".{each}" for each in (element.get("class") or "").split()}
    return marks | {f"#{element.get('id')}"} if element.get("id") else marks
