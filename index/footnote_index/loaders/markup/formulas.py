"""MathML formulas on one line, so that none becomes another number: a half is 1/2, never 12. Word's formulas are in
docx/formulas.py.

What cannot be written on one line is marked: `[formula]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from footnote_index.loaders.markup.raised import subscript, superscript
from footnote_index.loaders.markup.text import plain_text
from footnote_index.loaders.trees import Element, name

UNSAID = "[formula]"
_RAISED = "⁰-ₜ²³¹ˣ"
_PRIMES = "′″‴'"
_SIMPLE = re.compile(
    rf"[−-]?(?:[\d.,\u00a0]+|[^\W\d_{_RAISED}¼-¾⅐-⅞]+[{_PRIMES}¯\u0300-\u036f\u20d0-\u20ff]*|.)"
    r"|\([^()]*\)|\[[^\[\]]*\]|\|[^|]*\||‖[^‖]*‖"
)
_OVER = re.compile(rf"[−-]?(?:[\d.,\u00a0]+|∂?[^\W\d_]+)[{_RAISED}]*")
_DIFFERENTIAL = re.compile(r"[d∂][^\W\d_]")
_OPEN_END = re.compile(r"([\^_/√])(?:[−-]?[^\W_]++|\([^()]*+\))$")
_GOES_ON = re.compile(r"[^\W_]|[√∑∏∫∂∇]")
_FRACTION = re.compile(r"\A[\d.,]++/")
_ZERO = re.compile(r"\A\s*+0*+(?:\.0*+)?(?<=[0.])[a-z%]*+\s*+", re.IGNORECASE)
_OPERATORS = re.compile(r"[=≠<>≤≥≈≡±→∈+−×·÷]")
_PICTURES = re.compile(r"(?:^|[\s_-])(?:tex|latex|math\w*|equation|formula)(?:$|[\s_-])", re.IGNORECASE)
_MARKUP = re.compile(r"[\\{}^_]")
_FAR_BESIDE = 3
_INVISIBLE = re.compile("[\u2061-\u2064\u200b]++")
_SOFT, _APPLIED, _TIMES = "\u200b", "\u2061", "\u2062"
"""The first one is a space between letters or figures, and nothing elsewhere."""


def fraction(over: str, under: str) -> str:
    above, below = (_INVISIBLE.sub("", part).strip() for part in (over, under))
    above = above if _OVER.fullmatch(above) else grouped(over)
    return f"{above}/{below if _DIFFERENTIAL.fullmatch(below) else grouped(under)}"


def power(base: str, exponent: str) -> str:
    if exponent and not exponent.strip(_PRIMES):
        return f"{grouped(base)}{exponent}"
    high = superscript(exponent)
    return f"{grouped(base)}{high if high != exponent else f'^{grouped(exponent)}'}"


def index(base: str, below: str) -> str:
    low = subscript(below)
    return f"{grouped(base)}{low if low != below else f'_{grouped(below)}'}"


def limits(base: str, below: str, above: str) -> str:
    """The limits of a sum or an integral: ∑_(i=1)^n."""
    is_name = all(character.isalpha() or character.isspace() for character in base)
    return (
        (base if is_name else grouped(base))
        + (f"_{grouped(below)}" if below else "")
        + (f"^{grouped(above)}" if above else "")
    )


def over(base: str, above: str) -> str:
    """An accent after its letter; a letter or a number above another one is no product, and a hat no power."""
    if above in {"^", "ˆ"}:
        return f"{grouped(base)}\u0302"
    return limits(base, "", above) if base[-1:].isalnum() and above[:1].isalnum() else f"{base}{above}"


def root(inner: str, degree: str = "") -> str:
    return f"{superscript(degree)}√{grouped(inner)}"


def grouped(part: str) -> str:
    """In brackets, unless it is one number, name or sign, or already in brackets."""
    part = part.strip()
    return part if not part or _SIMPLE.fullmatch(part) else f"({part})"


def joined(parts: Iterable[str]) -> str:
    """One after the other; two numbers never become one, and what follows an exponent or a fraction is no part of it:
    2 1/2, x^y z.
    """
    text, before = "", ""
    for part in parts:
        seen = _INVISIBLE.sub("", part)
        text += f" {part}" if seen and _would_join(before, seen) else part
        before = seen or before
    return text


def _would_join(before: str, after: str) -> bool:
    """Whether the second would seem to belong to the end of the first."""
    if before[-1:].isdigit() and after[:1].isdigit():
        return True
    if (found := _OPEN_END.search(before)) and (_GOES_ON.match(after) or (found[1] == "/" and after[0] == "(")):
        return True
    return before[-1:].isalnum() and bool(_FRACTION.match(after))


def spaced(formula: str) -> str:
    """With spaces around its relations and operations."""
    return " ".join(_OPERATORS.sub(r" \g<0> ", _INVISIBLE.sub(_instead, formula)).split())


def _instead(invisible: re.Match[str]) -> str:
    start, end = invisible.span()
    before, after = invisible.string[max(start - 1, 0) : start], invisible.string[end : end + 1]
    is_space = _SOFT in invisible[0] or _APPLIED in invisible[0] or (before.isdigit() and after.isdigit())
    return " " if is_space and before.isalnum() and after.isalnum() else ""


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
    if kind == "mspace":
        width = (element.get("width") or "0").lstrip()
        return "" if width.startswith(("-", "neg")) or _ZERO.fullmatch(width) else _SOFT
    if kind == "mfrac" and _ZERO.fullmatch(element.get("linethickness") or ""):
        return None  # one above the other, but no fraction
    if kind in _WRITTEN:
        return _word(kind, plain_text(element))
    children = [child for child in element if isinstance(child.tag, str)][: 1 if kind == "semantics" else None]
    parts = [_said(child) for child in children]
    said = [part for part in parts if part is not None]
    if len(said) < len(parts):
        return None
    if kind in _BUILT:
        count, build = _BUILT[kind]
        return build([part.strip(_AROUND) for part in said]) if len(said) == count else None
    if kind == "mfenced":
        return f"{element.get('open', '(')}{', '.join(said)}{element.get('close', ')')}"
    row = joined(_multiplied(children, said))
    return root(row.strip(_AROUND)) if kind == "msqrt" else row


def _multiplied(children: Iterable[Element], said: Iterable[str]) -> Iterator[str]:
    """Variables side by side are no name: (ab)², but km²."""
    was_variable = False
    for child, part in zip(children, said, strict=True):
        is_variable = name(child) == "mi" and not child.get("mathvariant") and len((child.text or "").strip()) == 1
        yield f"{_TIMES}{part}" if was_variable and is_variable else part
        was_variable = is_variable


def _word(kind: str, written: str) -> str:
    """Text keeps the spaces around it; the name of a function, which has several small letters, gets them."""
    word = " ".join(written.split())
    if kind == "mtext":
        return f"{' ' * written[:1].isspace()}{word}{' ' * written[-1:].isspace()}" if word else _SOFT
    return f"{_SOFT}{word}{_SOFT}" if kind in {"mi", "mo"} and len(word) > 1 and word.islower() else word


_AROUND = f" {_SOFT}"
_LEFT_OUT = {"annotation", "annotation-xml", "mphantom", "maligngroup", "malignmark", "none", "mprescripts"}
_UNSAYABLE = {"mtable", "mmultiscripts", "mlongdiv", "mstack", "maction", "merror"}
_WRITTEN = {"mi", "mn", "mo", "mtext", "ms"}
_BUILT: Mapping[str, tuple[int, Callable[[Sequence[str]], str]]] = {
    "mfrac": (2, lambda parts: fraction(*parts)),
    "msup": (2, lambda parts: power(*parts)),
    "msub": (2, lambda parts: index(*parts)),
    "msubsup": (3, lambda parts: limits(*parts)),
    "munder": (2, lambda parts: limits(parts[0], parts[1], "")),
    "mover": (2, lambda parts: over(*parts)),
    "munderover": (3, lambda parts: limits(*parts)),
    "mroot": (2, lambda parts: root(*parts)),
}
