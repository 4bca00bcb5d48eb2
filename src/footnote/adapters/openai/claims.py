"""What a model wrote -> claims. Pure. Claims are read one by one: what is wrong with one does not cost the others.

Whether a claim's keys exist, and whether their sentences carry it, is for `footnote.grounding` to find out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from footnote.adapters.openai.completion import unreadable
from footnote.adapters.openai.dialect import Form
from footnote.adapters.openai.keys import MARKER, keys_in, keys_of
from footnote.adapters.openai.tagged import UNSEEN
from footnote.ports import DraftClaim
from footnote.prose import as_prose

MOST_CLAIMS = 12
LONGEST_CLAIM = 1000
"""Characters. A longer one is no sentence."""

_LONGEST_WITH_KEYS = 4 * LONGEST_CLAIM

_ANSWER = re.compile(
    r'\{\s{0,99}(?:"in_articles"\s{0,9}:\s{0,9}(true|false)\s{0,9},\s{0,99})?"claims"\s{0,9}:\s{0,9}\['
)
_OBJECT = re.compile(r'\{\s{0,99}"')
_CLAIM = re.compile(r'\{\s{0,99}"(?:text|sources|translation)"')
_MOST_TRIES = 24
"""Places where an object may begin that are tried; what has more of them is no answer."""
_DECODER = json.JSONDecoder()
_LETTER = re.compile(r"[^\W_]")
_NOT_THERE = "not in the articles"
_TRANSLATES = "="
"""Begins the line below a claim that is its translation."""


def read_claims(text: str, form: Form) -> tuple[DraftClaim, ...]:
    """The claims of a model's answer; none means "not in the articles". Raises AnswererError for anything else."""
    claims = _from_lines(text) if form is Form.LINES else _from_json(text)
    if claims is None:
        return ()
    kept = _each_once(claims)
    if not kept:
        raise unreadable()
    return kept


def claims_so_far(text: str, form: Form) -> tuple[DraftClaim, ...]:
    """The claims that are complete in what a model has written up to now; none where that makes no sense yet."""
    if form is Form.LINES or not _is_json(text):
        whole_lines, _, _ = text.rpartition("\n")
        return _each_once(_from_lines(whole_lines) or [])
    return _each_once(_claims_in(text) or [])


def _is_json(text: str) -> bool:
    """Whether it holds an object: a server that was asked for one, and sends none, does not see to it."""
    return bool(_OBJECT.search(text))


def _each_once(claims: Iterable[DraftClaim]) -> tuple[DraftClaim, ...]:
    """Small models repeat themselves."""
    kept: dict[str, DraftClaim] = {}
    for claim in filter(_says_something, claims):
        kept.setdefault(claim.text.casefold(), claim)
    return tuple(kept.values())[:MOST_CLAIMS]


def _from_json(text: str) -> list[DraftClaim] | None:
    """Where there is no object, a model may have written lines though it was asked for one."""
    said = _object_in(text)
    if said is not None and (said.get("in_articles") is False or said.get("claims") == []):
        return None
    if said is not None and isinstance(listed := said.get("claims"), list):
        return [claim for item in listed if (claim := _from_item(item))]
    found = _claims_in(text)
    return _from_lines(text) if found is None and not _is_json(text) else list(found or ())


def _object_in(text: str) -> dict[str, object] | None:
    """The first whole object that is an answer, behind whatever else was written."""
    position = 0
    for _ in range(_MOST_TRIES):
        found = _OBJECT.search(text, position)
        if not found:
            break
        try:
            said, position = _DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            position = found.end()
            continue
        if {"claims", "in_articles"} & said.keys() and not _is_inside_another(text, found.start()):
            return dict(said)
    return None


def _is_inside_another(text: str, start: int) -> bool:
    return text[max(0, start - 99) : start].rstrip().endswith('":')


def _claims_in(text: str) -> Iterator[DraftClaim] | None:
    """Of an answer that may have no end, or mistakes in it; None when there is none, or none in earnest."""
    found = _ANSWER.search(text)
    if not found or found[1] == "false" or _is_inside_another(text, found.start()):
        return None
    return _items(text, found.end())


def _items(text: str, position: int) -> Iterator[DraftClaim]:
    """The claims of a list. Behind what cannot be read it goes on with what begins like a claim."""
    for _ in range(_MOST_TRIES * 2):
        begin = len(text) - len(text[position:].lstrip(", \t\r\n"))
        if text[begin : begin + 1] == "]":
            return
        try:
            item, position = _DECODER.raw_decode(text, begin)
        except (ValueError, RecursionError):
            found = _CLAIM.search(text, begin + 1)
            if not found:
                return
            position = found.start()
            continue
        if claim := _from_item(item):
            yield claim


def _from_item(item: object) -> DraftClaim | None:
    """A claim from an object, or from a text that names its sources itself."""
    if isinstance(item, str):
        return _claim(item) if _names_sources(item) else None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return None
    return _claim(item["text"], keys_in(item.get("sources")), item.get("translation"))


def _from_lines(text: str) -> list[DraftClaim] | None:
    """A line that names no source is no claim, but a greeting, a heading or a thought; or the translation of the claim
    above it.
    """
    lines = [_on_one_line(line) for line in text.splitlines()]
    claims: list[DraftClaim] = []
    for line in lines:
        if claims and line.startswith(_TRANSLATES):
            claims[-1] = replace(claims[-1], translation=_translated(line.lstrip(_TRANSLATES)))
        elif _names_sources(line):
            claims.append(_claim(line))
    if any(_is_not_there(line) for line in lines) or (not claims and _NOT_THERE in text.casefold()):
        return None
    return claims


def _names_sources(text: str) -> bool:
    return len(text) <= _LONGEST_WITH_KEYS and bool(MARKER.search(text))


def _is_not_there(line: str) -> bool:
    return line.casefold().strip(" -.*_\"'`") == _NOT_THERE


def _claim(text: str, sources: Iterable[str] = (), translation: object = None) -> DraftClaim:
    """As prose, for models like Markdown, and with its markers as keys: some write them into the sentence as well."""
    if len(text) > _LONGEST_WITH_KEYS:
        return DraftClaim("", ())
    line = _on_one_line(text)
    marked = [key for part in MARKER.findall(line) for key in keys_of(part)]
    words = MARKER.sub("", line).strip()
    keys = tuple(dict.fromkeys([*sources, *marked]))
    return DraftClaim(as_prose(words) if len(words) <= LONGEST_CLAIM else words, keys, _translated(translation))


def _translated(translation: object) -> str | None:
    if not isinstance(translation, str) or len(translation) > LONGEST_CLAIM:
        return None
    return MARKER.sub("", _on_one_line(translation)).strip() or None


def _on_one_line(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())


def _says_something(claim: DraftClaim) -> bool:
    return len(claim.text) <= LONGEST_CLAIM and bool(_LETTER.search(claim.text))
