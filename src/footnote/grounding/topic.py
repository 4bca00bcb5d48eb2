"""Which sentences are about a question: a claim that cites none of them does not answer it, however true it is.

On Panjshir, the handbook and SQuAD, these rules keep every gold sentence that 6.5 for all would keep, and leave out 78
to 95 % of the others, where 6.5 leaves out 69 to 91 % (benchmarks/topic.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from footnote.models import Candidate, best_by_part

ABOUT_IT = 5.0
"""How much lower than the best sentence one may score that is about the question."""

BESIDE_ONE = 6.5
"""The same for the sentence before or after it, which often continues it."""


class Topic:
    """`read`: the sentences of the retrieved passages, with their scores for the question, or for its part that each of
    them answers best. They are compared with those of the same part.
    """

    def __init__(
        self, read: Sequence[Candidate], *, about_it: float = ABOUT_IT, beside_one: float = BESIDE_ONE
    ) -> None:
        self._about_it, self._beside_one = about_it, beside_one
        self._best = best_by_part(read)
        self._found = {(one.article.id, one.sentence) for one in read if self._is_within(one, about_it)}

    def has(self, one: Candidate) -> bool:
        if self._is_within(one, self._about_it):
            return True
        beside = (pair[pair[0] == one.sentence] for pair in pairwise(one.passage.sentences) if one.sentence in pair)
        return self._is_within(one, self._beside_one) and any(
            (one.article.id, other) in self._found for other in beside
        )

    def _is_within(self, one: Candidate, margin: float) -> bool:
        return one.score >= self._best.get(one.part, 0.0) - margin
