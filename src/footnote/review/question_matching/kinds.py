"""What kind of thing a question asks for: who, when, how many, whether."""

from __future__ import annotations

import re
from dataclasses import dataclass

_AUXILIARY = (
    r"(?:(?:am|is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would)(?:n['’]t)?)\b"
)
_HEAD = rf"(?:\b(?:who|when|where(?:abouts)?|why|how|what|which|whom|whose)\b|\b{_AUXILIARY})"
_PREPOSITION = r"(?:(?:in|on|at|by|for|from|to|since|until|of|with|under|during|into|out of|after|before)\s+)?"
_AT_A_CLAUSE = re.compile(rf"(?:\A|[,;:.—]\s+)\W{{0,3}}(?:and\s+|but\s+|so\s+)?{_PREPOSITION}(?P<head>{_HEAD})")
_ANYWHERE = re.compile(r"\b(?P<head>wh(?:o|en|ere|y|at|ich|om|ose)|how)\b")

_WHAT = r"(?:what|which)(?:['’]s|\s+(?:exact|precise|other))?"
_WHAT_IS = r"what(?:['’]s|\s+(?:is|was|are|were))\s+the"
_SHARE = r"(?:share|portion|proportion|percentage|fraction)\s+of"
_PLACE = "place|country|city|town|village|state|region|province|continent"
_PERSON = r"(?:person|individual|man|woman)\b(?:\s+(?:who|that))?"
_MEASURES = {
    "length": "long",
    "duration": "long",
    "height": "high",
    "tall": "high",
    "age": "old",
    "width": "wide",
    "depth": "deep",
    "speed": "fast",
    "size": "big",
    "large": "big",
    "weight": "heavy",
    "distance": "far",
}
_PHRASES = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("why", rf"why|how\s+come|{_WHAT_IS}\s+reasons?(?:\s+(?:for|why|that))?|{_WHAT}\s+reasons?"),
        ("how many", rf"how\s+many|{_WHAT_IS}\s+(?:total\s+)?number\s+of|{_WHAT}\s+number\s+of"),
        ("how much", rf"how\s+much|{_WHAT_IS}\s+(?:total\s+)?amount\s+of|{_WHAT}\s+{_SHARE}|{_WHAT_IS}\s+{_SHARE}"),
        ("when", rf"when\b|{_WHAT}\s+(?P<when>year|month|week|day|date|century|decade|time)\b"),
        ("where", rf"where(?:abouts)?\b|{_WHAT_IS}\s+(?:location|whereabouts)\s+of|{_WHAT}\s+(?P<where>{_PLACE})\b"),
        ("whose", r"whose\b"),
        ("whom", r"whom?(?=\s+(?:do|does|did)\b(?!\s+not\b))"),
        ("who", rf"whom?\b(?:\s+(?P<be>is|are|was|were)\b)?|(?:{_WHAT}|{_WHAT_IS}\s+name\s+of\s+the)\s+{_PERSON}"),
        ("how", rf"{_WHAT_IS}\s+(?P<measured>length|duration|height|age|width|depth|speed|size|weight|distance)\b"),
        ("how", rf"how(?:\s+(?!{_AUXILIARY}|(?:the|an?|it|they|he|she|we|you|i|to)\b|\w+ly\b)(?P<measure>\w+))?"),
        ("how", r"what\s+(?:way|manner|means)\b"),
        ("what", rf"{_WHAT}(?:\s+(?!{_AUXILIARY}|(?:the|an?|of)\b)(?P<noun>\w+))?"),
        ("whether", rf"(?P<be>is|are|was|were)\b|{_AUXILIARY}"),
    )
)


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """`word` is who, whose, what, when, where, why, how, "how many", "how long" and similar, or whether; the objective
    form of who in "who did they choose", where who does not act; "" if it is not a question. `noun` is what it asks for
    by name: the "year" of "in what year", the "chemist" of "which chemist". `rest` is the question in lower case
    without its question words. `is_past` tells "who was" from "who is"; None: it has neither.
    """

    word: str
    noun: str | None
    rest: str
    is_past: bool | None = None


def kind_of(question: str) -> QuestionKind:
    text = question.casefold()
    found = _AT_A_CLAUSE.search(text) or _ANYWHERE.search(text)
    if found is None:
        return QuestionKind("", None, text)
    start = found.start("head")
    kind, phrase = next((kind, match) for kind, pattern in _PHRASES if (match := pattern.match(text, start)))
    named = {name: value for name, value in phrase.groupdict().items() if value}
    measure = named.get("measure") or named.get("measured")
    if measure:
        kind = f"how {_MEASURES.get(measure, measure)}"
    noun = named.get("when") or named.get("where") or named.get("noun")
    end = phrase.start("noun") if "noun" in named else phrase.end()
    is_past = named["be"] in {"was", "were"} if "be" in named else None
    return QuestionKind(kind, "day" if noun == "date" else noun, f"{text[:start]} {text[end:]}", is_past)
