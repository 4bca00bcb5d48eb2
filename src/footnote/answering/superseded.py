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

FAR = 12.0
"""A sentence that scores this much less than the plan does not speak of it."""

_PLAN = re.compile(
    r"\b(?:will|shall|plans?|planned|intends?|intended|proposes?|proposed|hopes? to|hoped to|expects?|expected"
    r"|scheduled|due (?:in|on|by|for)|set to|(?:is|are|was|were) to)\b"
)
_DROPPED = (
    r"dropped(?! (?:from|to|by|off))|scrapped|shelved|axed|withdrawn|withdrew|cancell?ed|called off|postponed|put off"
    r"|delayed|pushed back|halted|(?:not|never) (?:go|gone|went|going) ahead|changed (?:its|their|his|her) mind"
)
_UNDONE = rf"{_DROPPED}|abandoned|reversed|overturned|rejected|suspended(?! from)|paused|revoked"
_NOUN = "(?:plan|proposal|decision|idea|scheme|project|move|announcement)s?"
_TAKEN_BACK = re.compile(rf"\b(?:{_DROPPED})\b", re.IGNORECASE)
_THE_PLAN = re.compile(
    rf"\b{_NOUN}\b(?:(?!\b(?:after|although|but|because|when|while)\b)[^,;])*?\b(?:{_UNDONE})\b"
    rf"|\b(?:{_UNDONE}) (?:the|its|their|that|this) (?:\w+ )?{_NOUN}\b",
    re.IGNORECASE,
)
_WILL_NOT = re.compile(r"\b(?:will not|won['’]t|no longer)(?: be)? (\w+)", re.IGNORECASE)


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
    behind = [
        one
        for one in others
        if one.article.id == plan.article.id
        and one.sentence.start > plan.sentence.start
        and one.score >= plan.score - FAR
    ]
    return max((one for one in behind if _takes_back(one, plan)), key=lambda one: one.score, default=None)


def _takes_back(later: Candidate, plan: Candidate) -> bool:
    planned = content(plan.quote)
    shared = len(planned & content(later.quote))
    if _THE_PLAN.search(later.quote):
        return bool(shared) or later.passage == plan.passage
    not_done = any(content(verb) & planned for verb in _WILL_NOT.findall(later.quote))
    return shared > 1 and (not_done or bool(_TAKEN_BACK.search(later.quote)))
