"""Sentences that say that something is listed above or below, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from footnote.models import Candidate
from footnote.text.items import ITEM
from footnote.text.lead_ins import is_followed_by_list

_MOST_WORDS = 15
_LISTED = re.compile(
    r"\A[^,;:|]{1,80}\b(?:is|are|can be|may be)\s(?:(?:also|all|now)\s)?(?:listed|shown|described|explained|documented"
    r"|given|found|covered|outlined|named)\s(?:in the (?:list|table|section)\s)?(?P<where>above|below)\W*\Z",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\A(?:the|these are the|here are the)\s(?:\w+\s)?following\s(?!(?:year|month|week|day|night|morning|evening|season"
    r"|decade|century|centurie|summer|winter)s?\b)(?:[\w-]+\s){0,2}?[\w-]+s\b(?!.*:\s*\S)",
    re.IGNORECASE,
)
_AT_MOST = 6.0
"""How much lower than the sentence that points to it the best row or item may score."""


def only_announces(candidate: Candidate) -> bool:
    """Whether it says that something is listed above or below, or follows, and no list, table or code is right behind
    it: "The following providers offer it."."""
    quote = candidate.quote
    if len(quote.split()) > _MOST_WORDS:
        return False
    is_followed = is_followed_by_list(candidate.article.text, candidate.sentence.end)
    return bool(_LISTED.match(quote)) or (bool(_FOLLOWING.match(quote)) and not is_followed)


def pointed_at(candidate: Candidate, others: Iterable[Candidate]) -> Candidate | None:
    """The row of a table or item of a list that answers best, of those that a sentence points to."""
    found = _LISTED.match(candidate.quote)
    if not found:
        return None
    is_above = found["where"].casefold() == "above"
    there = (
        one
        for one in others
        if one.article.id == candidate.article.id
        and (one.sentence.start < candidate.sentence.start) is is_above
        and (one.quote.startswith("|") or ITEM.match(one.quote))
        and candidate.score - _AT_MOST <= one.score <= candidate.score
    )
    return max(there, key=lambda one: one.score, default=None)
