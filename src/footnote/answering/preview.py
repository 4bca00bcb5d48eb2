"""The claims of an answer that is still being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footnote.grounding.best_sources import Look
from footnote.grounding.claims import Grounded, GroundedClaim, ground
from footnote.grounding.topic import Topic
from footnote.grounding.translated_claims import with_checked
from footnote.models import Candidate, Claim, Reading
from footnote.ports import DraftClaim


class Preview:
    """Checks each claim once, since with each new claim it gets all earlier ones again.

    Where a trained reader will look at claims in their own words, only those that are sentences of the articles are
    shown before.
    """

    def __init__(self, question: str, candidates: Mapping[str, Candidate], reading: Reading, look: Look) -> None:
        self._question = question
        self._candidates = candidates
        self._reading = reading
        self._look = look
        self._known: dict[DraftClaim, GroundedClaim] = {}

    def __call__(self, drafts: Sequence[DraftClaim]) -> Sequence[Claim]:
        """Those that nothing can drop later."""
        new = [draft for draft in dict.fromkeys(drafts) if draft not in self._known]
        for draft, claim in zip(new, with_checked(new, self._question, self._candidates), strict=True):
            grounded = ground([claim], self._candidates, retrieved=self._reading.candidates)
            self._known[draft] = grounded.outcomes[0]
        outcomes = {one.draft: one for one in (self._known[draft] for draft in drafts)}
        grounded = Grounded(tuple(outcomes.values())).on_topic(Topic(self._reading.candidates))
        return (grounded.settled if self._look is Look.FIRST else grounded).claims
