"""Word's formulas (OMML) on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from footnote_index.loaders.markup import formulas
from footnote_index.loaders.trees import Element

_PROPERTIES = ("Pr", "argSz")


def of_omml(formula: Element) -> str:
    """The formula, or a mark that there is one."""
    said = _said(formula)
    return formulas.UNSAID if said is None else formulas.spaced(said)


def _kind(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _said(element: Element) -> str | None:
    """None if it cannot be written on one line."""
    kind = _kind(element)
    if kind == "t":
        return element.text or ""
    if kind in {"m", "eqArr", "groupChr", "borderBox", "phant", "sPre"}:
        return None
    if kind == "f" and _property(element, "type") == "noBar":
        return None  # one above the other, but no fraction
    parts = {_kind(child): child for child in element}
    if kind in _BUILT:
        names, build = _BUILT[kind]
        said = [_said(parts[name]) if name in parts else "" for name in names]
        return None if None in said else build([part or "" for part in said])
    if kind == "nary":
        return _sum(element, parts)
    if kind == "acc" and "e" in parts:
        inner = _said(parts["e"])
        return None if inner is None else inner + (_property(element, "chr") or "\u0302")
    if kind == "d":
        return _delimited(element)
    return _all(child for child in element if not _kind(child).endswith(_PROPERTIES))


def _all(children: object) -> str | None:
    said = [_said(child) for child in children]  # type: ignore[attr-defined]
    return None if None in said else formulas.joined(part or "" for part in said)


def _sum(element: Element, parts: Mapping[str, Element]) -> str | None:
    said = [_said(parts[name]) if name in parts else "" for name in ("sub", "sup", "e")]
    if None in said:
        return None
    below, above, inner = (part or "" for part in said)
    return f"{formulas.limits(_property(element, 'chr') or '∫', below, above)} {inner}"


def _delimited(element: Element) -> str | None:
    inner = [_said(child) for child in element if _kind(child) == "e"]
    if None in inner:
        return None
    begin, end = _property(element, "begChr"), _property(element, "endChr")
    joined = (_property(element, "sepChr") or "|").join(part or "" for part in inner)
    return f"{'(' if begin is None else begin}{joined}{')' if end is None else end}"


def _property(element: Element, name: str) -> str | None:
    for properties in element:
        for each in properties if _kind(properties).endswith("Pr") else ():
            if _kind(each) == name:
                return next((value for key, value in each.attrib.items() if key.endswith("val")), "")
    return None


_BUILT: Mapping[str, tuple[Sequence[str], Callable[[Sequence[str]], str]]] = {
    "f": (("num", "den"), lambda parts: formulas.fraction(*parts)),
    "sSup": (("e", "sup"), lambda parts: formulas.power(*parts)),
    "sSub": (("e", "sub"), lambda parts: formulas.index(*parts)),
    "sSubSup": (("e", "sub", "sup"), lambda parts: formulas.limits(*parts)),
    "rad": (("e", "deg"), lambda parts: formulas.root(*parts)),
    "limLow": (("e", "lim"), lambda parts: formulas.limits(parts[0], parts[1], "")),
    "limUpp": (("e", "lim"), lambda parts: formulas.limits(parts[0], "", parts[1])),
    "func": (("fName", "e"), lambda parts: f"{parts[0]} {parts[1]}"),
}
