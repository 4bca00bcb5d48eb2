"""Whether a translation from English negates what its claim negates."""

from __future__ import annotations

import re

from footnote.text.local_negations import LIKE_NEGATIONS, negated_in

_NOT = re.compile(
    r"(?:\b(?:not|never|cannot|nobody|neither)\b|n['’]t\b)"
    r"(?!\s(?:only|just|before|more|less|fewer|later|least)\b|[^.;]{0,80}\buntil\b)"
    r"|\bno\b(?!\s(?:more|less|fewer|later|earlier|longer|sooner|other)\b)",
    re.IGNORECASE,
)
_LIKE_NOT = r"""
no not none nor nobody nothing nowhere never neither cannot un\w+ in\w{4,} im\w{4,} dis\w+ mis\w+ without
with(?:h[eo]ld|drew)\w* lack\w* only hardly barely rarely scarcely few\w* little less least too rather instead stop\w*
avoid\w* prevent\w* bann?\w* barr?ed forb[ai]d\w* exempt\w* until unless absen\w+ free else except but refus\w+
reject\w* declin\w+ den(?:y|ies|ied) fail\w* rul\w+ clos\w+ empty spar\w+ lost los[est]\w* end\w* cancel\w* postpon\w*
expired? sold illegal\w* quit shut non \w{3,}less away nearly almost most hard\w* difficult\w* still yet former\w*
ever must have has needs? required
"""
_INSIDE_WORDS = frozenset({"ar", "cs", "fa", "hu", "ko", "tr"})
"""Languages whose verbs often have the negation inside."""

_MAY_BE_NEGATED = re.compile(rf"\b(?:{'|'.join(_LIKE_NOT.split())})\b|n['’]t\b", re.IGNORECASE)
"""What another language may say with a negation: it lacks a roof, few came, it is closed."""


def has_its_negation(translation: str, language: str, claim: str) -> bool:
    """It negates what the claim negates, and nothing where no word of the claim may mean that."""
    if any(negated_in(translation, language)):
        return _MAY_BE_NEGATED.search(claim) is not None
    is_missing = _NOT.search(claim) and not LIKE_NEGATIONS.search(translation)
    return not is_missing or language in _INSIDE_WORDS
