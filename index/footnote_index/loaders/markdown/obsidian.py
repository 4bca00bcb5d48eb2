"""What only programs read in notes of Obsidian and its plugins: fields, names of blocks, queries."""

from __future__ import annotations

import re

_QUERY = re.compile(r"\A\s*+(?:`{3,}|~{3,})[ \t]*(?:dataview(?:js)?|tasks|button)\b")
_NAME = r"(?P<name>[^\W\d][\w ]{0,40}(?<! ))"
_FIELD = re.compile(
    rf"^(?P<mark>[ \t]{{0,12}}(?:[-*+][ \t]{{1,4}})?(?:\*\*)?){_NAME}(?P<end>(?:\*\*)?)::(?=[ \t]+\S)", re.MULTILINE
)
_FIELD_WITHIN = re.compile(rf"[\[(]{_NAME}::[ \t]{{0,9}}(?P<value>[^\[\]()\n]{{1,200}})[\])]")
_NAME_OF_BLOCK = re.compile(r"(?:(?<=\S)[ \t]|^)\^(?=[\d-]{0,60}[A-Za-z])[A-Za-z\d-]{2,60}[ \t]{0,9}$", re.MULTILINE)


def is_query(code: str) -> bool:
    """Whether a block of code is a query, in place of which a reader sees what it finds."""
    return bool(_QUERY.match(code))


def without_marks_of_notes(text: str) -> str:
    """`status:: retired` as `status: retired`, and paragraphs without the names that links have for them."""
    if "::" in text:
        text = _FIELD_WITHIN.sub(r"(\g<name>: \g<value>)", _FIELD.sub(r"\g<mark>\g<name>\g<end>:", text))
    return _NAME_OF_BLOCK.sub("", text) if "^" in text else text
