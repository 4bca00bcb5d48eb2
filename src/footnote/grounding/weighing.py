"""How surely sentences support a claim: their common words, weighed with what the trained reader says."""

from __future__ import annotations

import math
from collections.abc import Sequence

from footnote.models import Entailment

ENOUGH_SUPPORT = 0.55
"""Support by words alone. Below it, the sentences are about something else: the best cut on WiCE's dev claims."""

LEAST_SUPPORT = 0.25
"""Support by words below which a claim is not even read."""

# benchmarks/claims.py --fit prints those that suit WiCE best; these rely more on words, as the reader is still weak.
_BIAS, _WORDS, _SUPPORTED, _CONTRADICTED = -2.6, 4.6, 0.35, -0.05

_AGAINST = -9.0

ENOUGH = 0.3
"""Probability from which a claim that passes all checks is shown. benchmarks/claims.py shows what other cuts would do.

That includes claims that end in words of their own, or have a clause that no sentence has: without the reader's check
these are not shown.
"""

CONTRADICTED = 0.95
"""The reader's certainty from which a claim is dropped, whatever its words."""


def chance(words: float, read: Entailment, against: Sequence[str] = ()) -> float:
    """The probability (0 to 1) that the sentences support the claim. `words` is the support from `footnote.checks`,
    `against` names the checks of its sense that the claim fails.
    """
    found = _BIAS + _WORDS * words + _SUPPORTED * logit(read.supported) + _CONTRADICTED * logit(read.contradicted)
    return 1 / (1 + math.exp(-found - _AGAINST * len(against)))


def logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))
