"""What has changed since a chosen sentence was written: an old figure or a dropped plan is not given alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from footnote.checks.words import content
from footnote.models import Candidate

CORRECTS, SAME_MATTER = 6.5, 0.6
"""A newer article corrects the best sentence when its sentence scores at most this much lower, and has this share of
its words.
"""

_PLAN = re.compile(
    r"\b(?:will|shall|plans?|planned|intends?|intended|proposes?|proposed|hopes? to|hoped to|expects?|expected"
    r"|scheduled|due (?:in|on|by|for)|set to|(?:is|are|was|were) to)\b",
    re.IGNORECASE,
)
_DROPPED = (
    r"dropped|scrapped|shelved|withdrawn|withdrew|cancell?ed|called off|postponed|put off|no longer"
    r"|(?:not|never) (?:go|gone|went|going) ahead|will not|won['’]t|changed (?:its|their|his|her) mind"
)
_UNDONE = rf"{_DROPPED}|abandoned|reversed|overturned|rejected|suspended|revoked"
_NOUN = "(?:plan|proposal|decision|idea|scheme|project|move|announcement)s?"
_TAKEN_BACK = re.compile(rf"\b(?:{_DROPPED})\b", re.IGNORECASE)
_THE_PLAN = re.compile(
    rf"\b{_NOUN}\b.*\b(?:{_UNDONE})\b|\b(?:{_UNDONE}) (?:the|its|their|that|this) (?:\w+ )?{_NOUN}\b", re.IGNORECASE
)


def by_newer(keys: Sequence[str], candidates: Mapping[str, Candidate]) -> list[str]:
    """What a newer article says about the same, if only older ones are chosen."""
    chosen = [candidates[key] for key in keys]
    days = [one.article.published for one in chosen if one.article.published]
    if not days:
        return []
    said = content(max(chosen, key=lambda one: one.score).quote)
    found = [
        (one.article.published, one.score, key)
        for key, one in candidates.items()
        if one.article.published and one.article.published > max(days)
        and one.score >= max(other.score for other in chosen) - CORRECTS
        and len(said & content(one.quote)) >= SAME_MATTER * len(said)
    ]  # fmt: skip
    return [max(found)[-1]] if found else []


def taken_back(plan: Candidate, others: Iterable[Candidate]) -> Candidate | None:
    """Of the sentences behind one that tells of a plan, the one that says it was dropped or put off."""
    if not _PLAN.search(plan.quote) or _TAKEN_BACK.search(plan.quote):
        return None
    behind = (one for one in others if one.article.id == plan.article.id and one.sentence.start > plan.sentence.start)
    return max((one for one in behind if _takes_back(one, plan)), key=lambda one: one.score, default=None)


def _takes_back(later: Candidate, plan: Candidate) -> bool:
    shared = len(content(plan.quote) & content(later.quote))
    if _THE_PLAN.search(later.quote):
        return bool(shared) or later.passage == plan.passage
    return shared > 1 and bool(_TAKEN_BACK.search(later.quote))
