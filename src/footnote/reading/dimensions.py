"""Which dimension of a thing a question asks for: its height is not told by "2.2 metres wide"."""

from __future__ import annotations

import re

_WORDS = {
    "height": "high|tall|height",
    "width": "wide|broad|width|breadth",
    "length": "long|length",
    "depth": "deep|depth",
    "thickness": "thick|thickness",
}
_UNIT = r"(?:(?:kilo|centi|milli)?met(?:re|er)s?|[kcm]?m|f(?:ee|oo)t|ft|inch(?:es)?|miles?|yards?)"
_ASKED = {
    name: re.compile(
        rf"\bhow (?:{words}) (?:is|are|was|were|can|may)\b|\b(?:what|which)\b.{{0,40}}\b{name}\b", re.IGNORECASE
    )
    for name, words in _WORDS.items()
}
_MEASURED = {
    name: re.compile(
        rf"\d[ -]?{_UNIT}[ -](?:\w+ )?(?:{words})\b|\b(?:{words})\b[^.;|]{{0,20}}?\b\d[\d.,]*[ -]?{_UNIT}\b",
        re.IGNORECASE,
    )
    for name, words in _WORDS.items()
}


def dimension_in(question: str) -> str:
    """Its name, or an empty string if the question asks for none."""
    return next((name for name, pattern in _ASKED.items() if pattern.search(question)), "")


def tells_another(asked: str, text: str) -> bool:
    """Whether the text measures other dimensions, and does not speak of the one that is asked for."""
    if not asked or re.search(rf"\b(?:{_WORDS[asked]})\b", text, re.IGNORECASE):
        return False
    return any(pattern.search(text) for pattern in _MEASURED.values())
