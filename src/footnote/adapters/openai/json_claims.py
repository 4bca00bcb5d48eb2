"""Claims in JSON, as they were asked for or in a wrapper of the model's own, whole or not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from footnote.adapters.openai.json_values import DECODER, MOST_TRIES, NO_JSON, VALUE, begins_at, whole_values
from footnote.adapters.openai.keys import Says, nowhere
from footnote.adapters.openai.one_claim import claim_in
from footnote.ports import DraftClaim

_INSIDE = re.compile(r'(?:":|[}\]"],|\[)\s{0,99}\Z')
_FIELD = re.compile(r'\s{0,99}+(?:,\s{0,99}+)?"(\w{1,40})"\s{0,9}:\s{0,99}')
_CLAIM = re.compile(r'\{\s{0,99}"(?:text|claim|statement|sources|keys|translation)"')
_BARE_LIST = re.compile(rf"\[\s{{0,99}}(?={_CLAIM.pattern})")
_LIST_OF_CLAIMS = re.compile(r'"claims"\s{0,9}:\s{0,99}\[\Z')
_WRAPPERS = ("answer", "response", "result", "output")
_MOST_FIELDS = 24
_DEEPEST = 3


def listed_in(text: str) -> list[object] | None:
    """What a whole value that is an answer lists as claims: the first one if a text begins with it, else the last one,
    for models write drafts before it. An empty list says that there are none, unless claims stand before it. None:
    there is no such value.
    """
    last: list[object] | None = None
    follows_bare = False
    for start, value in whole_values(text):
        listed = None if _is_inside_another(text, start) else _listed(value)
        is_bare = listed == [value]
        if listed is not None and not (is_bare and follows_bare) and (listed or not last):
            last = [*filter(_is_bare_claim, _items(text, start))] if is_bare else listed
            follows_bare = is_bare
            if begins_at(text, start):
                break
    return last


def claims_begun(text: str, says: Says = nowhere) -> Iterator[DraftClaim] | None:
    """Of an answer that may have no end, or mistakes in it; None when there is none, or none in earnest."""
    position = 0
    for _ in range(MOST_TRIES):
        found = VALUE.search(text, position)
        if not found:
            break
        if not _is_inside_another(text, found.start()) and (begin := _begin(text, found.start())) is not None:
            items = _items(text, begin)
            is_bare = not _LIST_OF_CLAIMS.search(text[max(0, begin - 99) : begin])
            return (one for item in items if (one := claim_in(item, says)) and (one.keys or not is_bare))
        position = found.end()
    return None


def _listed(value: object, depth: int = 0) -> list[object] | None:
    """In the list of claims, or in a wrapper that holds one answer. What was not asked for has to name its sources."""
    if isinstance(value, list):
        return [*filter(_is_bare_claim, value)] or None
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    claims = value.get("claims")
    if value.get("in_articles") is False or claims == []:
        return []
    if isinstance(claims, list):
        return claims
    if _is_bare_claim(value):
        return [value]
    inside = [found for one in value.values() if (found := _listed(one, depth + 1)) is not None]
    return inside[0] if len(inside) == 1 else None


def _is_bare_claim(item: object) -> bool:
    claim = claim_in(item)
    return claim is not None and bool(claim.keys)


def _begin(text: str, start: int, depth: int = 0) -> int | None:
    """Where the claims begin of the list or object that starts there: the end of the text, where it says that there are
    none; None where it is no answer yet.
    """
    if bare := _BARE_LIST.match(text, start):
        return bare.end()
    if _CLAIM.match(text, start):
        return start
    position = start + 1
    for _ in range(_MOST_FIELDS if depth <= _DEEPEST else 0):
        field = _FIELD.match(text, position)
        if not field:
            return None
        if field[1] == "claims" and text[field.end() : field.end() + 1] == "[":
            return field.end() + 1
        if field[1] in _WRAPPERS and (inner := _begin(text, field.end(), depth + 1)) is not None:
            return inner
        try:
            value, position = DECODER.raw_decode(text, field.end())
        except NO_JSON:
            return None
        if field[1] == "in_articles" and value is False:
            return len(text)
    return None


def _items(text: str, position: int) -> Iterator[object]:
    """Those of a list, or of values one after the other. Behind what cannot be read it goes on with what begins like a
    claim.
    """
    for _ in range(MOST_TRIES * 2):
        begin = len(text) - len(text[position:].lstrip(", \t\r\n"))
        if text[begin : begin + 1] == "]":
            return
        try:
            item, position = DECODER.raw_decode(text, begin)
        except NO_JSON:
            found = _CLAIM.search(text, begin + 1)
            if not found:
                return
            position = found.start()
            continue
        yield item


def _is_inside_another(text: str, start: int) -> bool:
    return bool(_INSIDE.search(text[max(0, start - 99) : start]))
