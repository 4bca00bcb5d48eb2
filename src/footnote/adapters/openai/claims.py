"""What a model wrote -> claims. Pure, and strict: nothing in it is trusted to have the right form.

Whether a claim's keys exist, and whether their sentences carry it, is for `footnote.grounding` to find out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from pydantic import ValidationError

from footnote.adapters.openai.completion import Strict, unreadable
from footnote.adapters.openai.dialect import Form
from footnote.adapters.openai.prompt import UNSEEN
from footnote.ports import DraftClaim
from footnote.prose import as_prose

MOST_CLAIMS = 12
LONGEST_CLAIM = 1000
"""Characters. A longer one is no sentence."""

_MARKER = re.compile(r" ?[\[【] ?(S[0-9]{1,4}(?:[ ,;]{1,3}S[0-9]{1,4})*) ?[\]】]", re.IGNORECASE)  # of text on one line
_KEY = re.compile(r"\bS[0-9]{1,4}\b", re.IGNORECASE)
_FENCED = re.compile(r"\A[^{]*?```\w*\s*(\{.*\})\s*```", re.DOTALL)
_CLAIMS_BEGIN = re.compile(r'\A[^{]*\{\s*("in_articles"\s*:\s*true\s*,\s*)?"claims"\s*:\s*\[')
_DECODER = json.JSONDecoder()
_LETTER = re.compile(r"[^\W_]")
_NOT_THERE = "not in the articles"


class _Claim(Strict):
    text: str
    sources: list[str]


class _Said(Strict):
    in_articles: bool = True
    claims: list[_Claim] | None = None


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
    if form is Form.LINES:
        whole_lines, _, _ = text.rpartition("\n")
        return _each_once(_from_lines(whole_lines) or [])
    return _each_once(_complete_objects(text))


def _complete_objects(text: str) -> Iterator[DraftClaim]:
    start = _CLAIMS_BEGIN.search(text)
    position = start.end() if start else len(text)
    with suppress(ValueError):
        while True:
            begin = len(text) - len(text[position:].lstrip(", \t\r\n"))
            said, position = _DECODER.raw_decode(text, begin)
            claim = _Claim.model_validate(said)
            yield _claim(claim.text, claim.sources)


def _each_once(claims: Iterable[DraftClaim]) -> tuple[DraftClaim, ...]:
    """Small models repeat themselves."""
    kept: dict[str, DraftClaim] = {}
    for claim in filter(_says_something, claims):
        kept.setdefault(claim.text.casefold(), claim)
    return tuple(kept.values())[:MOST_CLAIMS]


def _from_json(text: str) -> list[DraftClaim] | None:
    fenced = _FENCED.search(text)
    try:
        said = _Said.model_validate_json(fenced[1] if fenced else text)
    except ValidationError as error:
        raise unreadable() from error
    if not said.in_articles or said.claims == []:
        return None
    return [_claim(claim.text, claim.sources) for claim in said.claims or ()]


def _from_lines(text: str) -> list[DraftClaim] | None:
    """A line that names no source is no claim, but a greeting, a heading or a thought."""
    lines = [_on_one_line(line) for line in text.splitlines()]
    claims = [_claim(line) for line in lines if _MARKER.search(line)]
    if any(_is_not_there(line) for line in lines) or (not claims and _NOT_THERE in text.casefold()):
        return None
    return claims


def _is_not_there(line: str) -> bool:
    return line.casefold().strip(" -.*_\"'`") == _NOT_THERE


def _claim(text: str, sources: Iterable[str] = ()) -> DraftClaim:
    """As prose, for models like Markdown, and with its markers as keys: some write them into the sentence as well."""
    line = _on_one_line(text)
    named = [key.upper() for part in (*sources, *_MARKER.findall(line)) for key in _KEY.findall(part)]
    words = _MARKER.sub("", line).strip()
    return DraftClaim(as_prose(words) if len(words) <= LONGEST_CLAIM else words, tuple(dict.fromkeys(named)))


def _on_one_line(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).split())


def _says_something(claim: DraftClaim) -> bool:
    return len(claim.text) <= LONGEST_CLAIM and bool(_LETTER.search(claim.text))
