"""What a model wrote -> claims. Pure. Claims are read one by one: what is wrong with one does not cost the others.

Whether a claim's keys exist, and whether their sentences carry it, is for `footnote.grounding.claims` to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from footnote.adapters.openai.completion import unreadable
from footnote.adapters.openai.json_claims import claims_begun, listed_in
from footnote.adapters.openai.keys import Says, nowhere
from footnote.adapters.openai.one_claim import LONGEST_CLAIM, claim_in, claim_of, names_sources, on_one_line, translated
from footnote.ports import DraftClaim

MOST_CLAIMS_READ = 12

_OF_JSON = re.compile(r'[\s{}\[\],]{0,99}+"\w{1,40}"\s{0,9}:')
_LETTER = re.compile(r"[^\W_]")
_NOT_THERE = "not in the articles"
_TRANSLATES = "="
"""Begins the line below a claim that is its translation."""


def read_claims(text: str, says: Says = nowhere) -> tuple[DraftClaim, ...]:
    """The claims of a model's answer, in whichever form it wrote them; none means "not in the articles". `says` tells
    keys from words of the sentences. Raises AnswererError for anything else.
    """
    claims = _whole(text, says)
    if claims is None:
        return ()
    kept = _each_once(claims)
    if not kept:
        raise unreadable(of_question=_is_prose(text))
    return kept


def claims_so_far(text: str, says: Says = nowhere) -> tuple[DraftClaim, ...]:
    """The claims that are complete in what a model has written up to now; none where that makes no sense yet."""
    begun = claims_begun(text, says)
    if begun is None:
        whole_lines, _, _ = text.rpartition("\n")
        return _each_once(_from_lines(whole_lines, says) or [])
    return _each_once(begun)


def _each_once(claims: Iterable[DraftClaim]) -> tuple[DraftClaim, ...]:
    """Small models repeat themselves."""
    kept: dict[str, DraftClaim] = {}
    for claim in filter(_says_something, claims):
        kept.setdefault(claim.text.casefold(), claim)
    return tuple(kept.values())[:MOST_CLAIMS_READ]


def _whole(text: str, says: Says) -> list[DraftClaim] | None:
    listed = listed_in(text)
    if listed is not None:
        return [claim for item in listed if (claim := claim_in(item, says))] if listed else None
    begun = claims_begun(text, says)
    return _from_lines(text, says) if begun is None else list(begun)


def _from_lines(text: str, says: Says) -> list[DraftClaim] | None:
    """A line that names no source is no claim, but a greeting, a heading or a thought; or the translation of the claim
    above it. Nor is JSON of another kind.
    """
    lines = [on_one_line(line) for line in text.splitlines()]
    claims: list[DraftClaim] = []
    for line in lines:
        if claims and line.startswith(_TRANSLATES):
            claims[-1] = translated(claims[-1], line.lstrip(_TRANSLATES))
        elif names_sources(line) and not _OF_JSON.match(line):
            claims.append(claim_of(line, says=says))
    if any(_is_not_there(line) for line in lines) or (not claims and _NOT_THERE in text.casefold()):
        return None
    return claims


def _is_prose(text: str) -> bool:
    """Whether a model only talks. To some questions it does so because it will not answer them, in any language."""
    return bool(_LETTER.search(text)) and not re.search(r"[{}\[\]]", text)


def _is_not_there(line: str) -> bool:
    return line.casefold().strip(" -.*_\"'`") == _NOT_THERE


def _says_something(claim: DraftClaim) -> bool:
    return len(claim.text) <= LONGEST_CLAIM and bool(_LETTER.search(claim.text))
