"""How surely sentences support a claim: their common words, weighed with what the trained reader says."""

from __future__ import annotations

import math

from footnote.models import Entailment

ENOUGH_SUPPORT = 0.55
"""Support by words alone. Below it, the sentences are about something else: the best cut on WiCE's dev claims."""

LEAST_SUPPORT = 0.25
"""Support by words below which a claim is not even read."""

_BIAS, _WEIGHTS = -0.04, (0.08, 0.76, -1.0)
"""For each of `signs`, fitted by benchmarks/weigh.py. A failed check counts for more than fitted (-0.7): most claims
that were fitted on are in other words, and small models turn the words that they copy.
"""

ENOUGH = 0.52
"""Probability from which a claim is shown that passes all checks of what is exact. benchmarks/weigh.py shows what it
does.
"""

CONTRADICTED = 0.95
"""The reader's certainty from which a claim is dropped, whatever its words."""


def chance(words: float, read: Entailment, failed: int = 0) -> float:
    """The probability (0 to 1) that the sentences support the claim. `words` is the support from `footnote.checks`,
    `failed` says how many checks of its sense the claim fails.
    """
    found = sum(weight * sign for weight, sign in zip(_WEIGHTS, signs(words, read, failed), strict=True))
    return 1 / (1 + math.exp(-_BIAS - found))


def is_enough(surely: float, read: Entailment) -> bool:
    """Whether a claim with that chance is shown."""
    return surely >= ENOUGH and read.contradicted < CONTRADICTED


def signs(words: float, read: Entailment, failed: int) -> tuple[float, float, float]:
    """What is weighed: words, the reader's logit, and failed checks."""
    return words, logit(read.supported), failed


def logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))
