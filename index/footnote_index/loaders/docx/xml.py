"""Elements of WordprocessingML, found by their names without namespaces."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from footnote_index.loaders.trees import Element

_OFF = {"0", "false", "off", "none"}


def kind_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def child(parent: Element | None, kind: str) -> Element | None:
    """The first of a kind."""
    return next((each for each in parent if kind_of(each) == kind), None) if parent is not None else None


def value(parent: Element | None, kind: str) -> str:
    """The `val` of a child; empty if there is none."""
    found = child(parent, kind)
    return "" if found is None else attribute(found, "val")


def is_on(properties: Element | None, kind: str) -> bool:
    """Whether an on/off property is on."""
    found = child(properties, kind)
    return found is not None and attribute(found, "val") not in _OFF


def attribute(element: Element, wanted: str) -> str:
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == wanted), "")


def inside(parent: Element, kind: str, but: Collection[str]) -> Iterator[Element]:
    """The nearest descendants of a kind that are not inside certain others."""
    for each in parent:
        found = kind_of(each)
        if found == kind:
            yield each
        elif found not in but:
            yield from inside(each, kind, but)
