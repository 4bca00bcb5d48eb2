"""The rules of style sheets. Selectors of elements, classes and ids are supported, alone, nested and as children."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from footnote_index.loaders.css.declarations import Declared, declared, pieces
from footnote_index.loaders.trees import Element, name

_COMPOUND = re.compile(r"(\*|[a-z][\w-]*+)?((?:[.#][\w-]++)*+)", re.IGNORECASE)
_MARKS = re.compile(r"[.#][\w-]+")
_FOR_ALL_SCREENS = re.compile(
    r"(?:only )?(?:all|screen)?(?: and )?"
    r"(?:\( ?(?:min-width ?: ?|width ?>=? ?)(?:0|[0-3]?\d{1,2}px|(?:1?\d|2[0-4])r?em) ?\))?"
)
_LONGEST_SHEET = 1_000_000
_LONGEST_SELECTOR = 500
_DEEPEST_SELECTOR = 20
_DEEPEST_BLOCK = 30
_MOST_NESTED = 100
_UNLAYERED = 1_000_000
_DECIDING = {
    *("display", "visibility", "content-visibility", "opacity", "filter", "mso-hide", "font-size", "letter-spacing"),
    *("position", "left", "right", "top", "bottom", "margin-left", "margin-top", "text-indent", "width", "height"),
    *(
        "max-width",
        "max-height",
        "padding-left",
        "padding-top",
        "padding-bottom",
        "overflow",
        "overflow-x",
        "overflow-y",
    ),
    *(
        "clip",
        "clip-path",
        "mask",
        "transform",
        "translate",
        "scale",
        "zoom",
        "color",
        "text-fill-color",
        "text-shadow",
    ),
    *("text-stroke", "background-color", "background-image", "background-clip", "text-decoration", "vertical-align"),
    "text-decoration-line",
}


@dataclass(frozen=True, slots=True)
class Compound:
    """`p.note#first`."""

    tag: str
    marks: frozenset[str]

    def fits(self, element: Element) -> bool:
        return self.tag in {"", name(element)} and (not self.marks or self.marks <= marks_of(element))


@dataclass(frozen=True, slots=True)
class Rule:
    """`div > p b`: the chains of its selector, outermost first: here, a child and its parent, then `b`."""

    chains: Sequence[Sequence[Compound]]
    layer: int
    rank: tuple[int, int, int, int]
    says: Declared
    marks: frozenset[str]

    def fits(self, element: Element) -> bool:
        """The lowest elements that fit a chain leave the most ones above for the chains before it."""
        *outer, last = self.chains
        top = _top_of(last, element)
        while top is not None and outer:
            chain, above = outer.pop(), top.iterancestors()
            top = next((found for around in above if (found := _top_of(chain, around)) is not None), None)
        return top is not None


def _top_of(chain: Sequence[Compound], element: Element) -> Element | None:
    """The outermost of the elements that fit a chain whose innermost one is this."""
    at = element
    for place, compound in enumerate(reversed(chain)):
        at = at if place == 0 else at.getparent()
        if at is None or not compound.fits(at):
            return None
    return at


def marks_of(element: Element) -> set[str]:
    marks = {f".{each}" for each in (element.get("class") or "").split()}
    return marks | {f"#{element.get('id')}"} if element.get("id") else marks


@dataclass
class _Block:
    """What is between two braces: for which elements, and the declarations so far. Without selectors if not for this
    page's readers.
    """

    selectors: Sequence[str]
    layer: str
    order: int
    parts: list[str] = field(default_factory=list)


class Sheets:
    """Reads style sheets, in their order on the page."""

    def __init__(self) -> None:
        self._layers: dict[str, int] = {}
        self._order = 0

    def rules_in(self, text: str) -> Iterator[Rule]:
        blocks = [_Block([""], "", 0)]
        for said, mark in pieces(text[:_LONGEST_SHEET]):
            if mark == "{":
                off = len(blocks) > _DEEPEST_BLOCK
                blocks.append(self._block(" ".join(said.split()), blocks[-1], is_off=off))
                continue
            blocks[-1].parts.append(said)
            if len(blocks) > 1:
                if mark == "}":
                    yield from self._rules_of(blocks.pop())
            elif (statement := said.strip()).lower().startswith("@layer "):
                for layer in statement[len("@layer ") :].split(","):
                    self._layers.setdefault(layer.strip(), len(self._layers))
        for block in reversed(blocks[1:]):
            yield from self._rules_of(block)

    def _block(self, prelude: str, around: _Block, *, is_off: bool) -> _Block:
        self._order += 1
        prelude = prelude.replace("<!--", "").replace("-->", "").strip()
        kind, _, about = prelude.lower().partition(" ") if prelude.startswith("@") else ("", "", "")
        if is_off or not around.selectors:
            return _Block([], "", self._order)
        if kind == "@layer":
            layer = f"{around.layer}.{about or self._order}".lstrip(".")
            self._layers.setdefault(layer, len(self._layers))
            return _Block(around.selectors, layer, self._order)
        if kind:
            return _Block(around.selectors if _is_for_all(kind, about) else [], around.layer, self._order)
        inner = [each.strip() for each in prelude.split(",")]
        nested = (_nested(outer, each) for outer in around.selectors for each in inner)
        kept = islice(nested, max(_MOST_NESTED, len(inner)))
        return _Block([*filter(None, kept)], around.layer, self._order)

    def _rules_of(self, block: _Block) -> Iterator[Rule]:
        says = declared(block.parts) if any(block.selectors) else Declared({}, {})
        if _DECIDING.isdisjoint({*says.usual, *says.important}):
            return
        layer = self._layers[block.layer] if block.layer else _UNLAYERED
        for selector in block.selectors:
            if chains := _chains(selector):
                compounds = [compound for chain in chains for compound in chain]
                marks = [mark for each in compounds for mark in each.marks]
                ids = sum(mark.startswith("#") for mark in marks)
                tags = sum(bool(each.tag) for each in compounds)
                yield Rule(chains, layer, (ids, len(marks) - ids, tags, block.order), says, frozenset(marks))


def _is_for_all(kind: str, about: str) -> bool:
    """Whether readers at all screens see what a block of rules says."""
    if kind.startswith("@media"):
        query = f"{kind} {about}".removeprefix("@media")
        return any(_FOR_ALL_SCREENS.fullmatch(each.strip()) for each in query.split(","))
    return kind.startswith("@supports") and not about.startswith("not")


def _nested(outer: str, inner: str) -> str:
    """A selector inside the block of another one."""
    if len(outer) + len(inner) > _LONGEST_SELECTOR or inner.count("&") > 1:
        return ""
    return inner.replace("&", outer) if "&" in inner else f"{outer} {inner}".strip()


def _chains(selector: str) -> Sequence[Sequence[Compound]]:
    """None for a selector that is not supported."""
    chains = list[list[Compound]]()
    parts = selector.replace(">", " > ").split()
    is_child = False
    for part in parts:
        if part == ">":
            if is_child or not chains:
                return ()
            is_child = True
            continue
        found = _COMPOUND.fullmatch(part)
        if not found:
            return ()
        compound = Compound((found[1] or "").lower().replace("*", ""), frozenset(_MARKS.findall(found[2])))
        if is_child:
            chains[-1].append(compound)
        else:
            chains.append([compound])
        is_child = False
    return () if is_child or len(parts) > _DEEPEST_SELECTOR else chains
