"""MathML formulas on one line, so that none becomes another number: a half is 1/2, never 12. Word's formulas are in
docx/formulas.py.

What cannot be written on one line is marked: `[formula]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from footnote_index.loaders.markup.raised import subscript, superscript
from footnote_index.loaders.markup.trees import Element, name

UNSAID = "[formula]"
_SIMPLE = re.compile(r"[−-]?(?:[\d.,\u00a0]+|[^\W\d_]+|.)")
_OPERATORS = re.compile(r"[=≠<>≤≥≈≡±→∈+−×·÷]")
_PICTURES = re.compile(r"(?:^|[\s_-])(?:tex|latex|math\w*|equation|formula)(?:$|[\s_-])", re.IGNORECASE)
_MARKUP = re.compile(r"[\\{}^_]")
_FAR_BESIDE = 3
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]")


def fraction(over: str, under: str) -> str:
    return f"{grouped(over)}/{grouped(under)}"


def power(base: str, exponent: str) -> str:
    high = superscript(exponent)
    return f"{grouped(base)}{high if high != exponent else f'^{grouped(exponent)}'}"


def index(base: str, below: str) -> str:
    low = subscript(below)
    return f"{base}{low if low != below else f'_{grouped(below)}'}"


def limits(base: str, below: str, above: str) -> str:
    """The limits of a sum or an integral: ∑_(i=1)^n."""
    return base + (f"_{grouped(below)}" if below else "") + (f"^{grouped(above)}" if above else "")


def root(inner: str, degree: str = "") -> str:
    return f"{superscript(degree)}√{grouped(inner)}"


def grouped(part: str) -> str:
    """In brackets, unless it is one number, name or sign, or already in brackets."""
    part = part.strip()
    is_one = bool(_SIMPLE.fullmatch(part)) or (part.startswith("(") and part.find(")") == len(part) - 1)
    return part if is_one else f"({part})"


def joined(parts: Iterable[str]) -> str:
    """One after the other; two numbers never become one: 2 1/2."""
    text = ""
    for part in parts:
        is_glued = text[-1:].isdigit() and part[:1].isdigit()
        text += f" {part}" if is_glued else part
    return text


def spaced(formula: str) -> str:
    """With spaces around its relations and operations."""
    return " ".join(_OPERATORS.sub(r" \g<0> ", _INVISIBLE.sub("", formula)).split())


def written_once(page: Element) -> None:
    """Removes the visual rendering of a formula that is also there as MathML."""
    for math in [*page.iter("math", "{*}math")]:
        around = [math, *math.iterancestors()][: _FAR_BESIDE + 1]
        for inner, outer in pairwise(around):
            for beside in [each for each in outer if each is not inner and each.get("aria-hidden") == "true"]:
                if not any(name(each) == "math" for each in beside.iter()):
                    beside.drop_tree() if hasattr(beside, "drop_tree") else outer.remove(beside)


def of_picture(picture: Element) -> str:
    """A formula that is only a picture, given by its text description if that needs no markup."""
    is_formula = _PICTURES.search(f"{picture.get('class') or ''} {picture.get('role') or ''}")
    words = " ".join((picture.get("alt") or "").split())
    return "" if not is_formula else UNSAID if not words or _MARKUP.search(words) else words


def of_mathml(math: Element) -> str:
    """The formula on one line, or the page's text description of it, or a mark that there is one."""
    with_signs = _said(math)
    if with_signs is None:
        return str(math.get("alttext") or _annotation(math) or UNSAID)
    return spaced(with_signs)


def _annotation(math: Element) -> str | None:
    return next((each.text for each in math.iter() if name(each) == "annotation" and each.text), None)


def _said(element: Element) -> str | None:
    """None if it cannot be written on one line."""
    kind = name(element)
    if kind in _LEFT_OUT:
        return ""
    if kind in _UNSAYABLE:
        return None
    if kind in _WRITTEN:
        return " ".join("".join(element.itertext()).split())
    parts = [_said(child) for child in element if isinstance(child.tag, str)]
    if kind == "semantics":
        parts = parts[:1]
    said = [part for part in parts if part is not None]
    if len(said) < len(parts):
        return None
    if kind in _BUILT:
        count, build = _BUILT[kind]
        return build(said) if len(said) == count else None
    if kind == "mfenced":
        return f"{element.get('open', '(')}{', '.join(said)}{element.get('close', ')')}"
    return root(joined(said)) if kind == "msqrt" else joined(said)


_LEFT_OUT = {"annotation", "annotation-xml", "mphantom", "mspace", "maligngroup", "malignmark", "none", "mprescripts"}
_UNSAYABLE = {"mtable", "mmultiscripts", "mlongdiv", "mstack", "maction", "merror"}
_WRITTEN = {"mi", "mn", "mo", "mtext", "ms"}
_BUILT: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "mfrac": (2, lambda parts: fraction(*parts)),
    "msup": (2, lambda parts: power(*parts)),
    "msub": (2, lambda parts: index(*parts)),
    "msubsup": (3, lambda parts: limits(*parts)),
    "munder": (2, lambda parts: limits(parts[0], parts[1], "")),
    "mover": (2, lambda parts: f"{parts[0]}{parts[1]}"),
    "munderover": (3, lambda parts: limits(*parts)),
    "mroot": (2, lambda parts: root(*parts)),
}
