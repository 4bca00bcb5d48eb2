"""The step that every answer passes through, no matter what drafted it: claims are checked, re-pointed, or dropped.

Pure: what is shown depends only on the draft, the candidate sentences, and what models said about each claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from footnote.checks import (
    are_in_another_language,
    first_doubt,
    first_failed,
    support,
)
from footnote.grounding.best_sources import Look, best_sources, is_verbatim, turned
from footnote.grounding.citing import cite, source_of, with_what_is_above
from footnote.grounding.few_sources import few
from footnote.grounding.topic import Topic
from footnote.grounding.weighing import ENOUGH_SUPPORT, LEAST_SUPPORT, chance, is_enough
from footnote.models import Candidate, CheckedClaim, Citation, Claim, Entailment, Fate
from footnote.ports import DraftClaim

NO_SOURCE = "source"
LITTLE_SUPPORT = "support"
READER = "reader"
OFF_TOPIC = "question"
JUDGE = "judge"
"""Other reasons to drop a claim: it cited none of the sentences that it was given, its words are not those of the
sentences, the trained reader or the second model rejected it, or its sentences are not about the question.
"""


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """What became of a draft: the sentences that it `named`, those that are `cited`, and how well they support it.

    `cited` is empty when nothing supports it; `against` names the checks of sense that speak against what is cited,
    `rejected_by` what dropped the claim even so.
    """

    draft: DraftClaim
    named: tuple[Candidate, ...]
    cited: tuple[Candidate, ...]
    support: float
    against: tuple[str, ...] = ()
    rejected_by: str | None = None

    @property
    def is_shown(self) -> bool:
        return bool(self.cited) and self.rejected_by is None

    @property
    def is_verbatim(self) -> bool:
        return is_verbatim(self.draft.text, [*map(source_of, self.cited)])

    @property
    def is_foreign(self) -> bool:
        """Whether the trained reader cannot read what it cites."""
        return are_in_another_language([*map(source_of, self.cited)])

    @property
    def may_be_elsewhere(self) -> bool:
        """Whether another sentence than those named may support it better."""
        return not self.cited or bool(self.against)

    @property
    def checked(self) -> CheckedClaim:
        draft, sources = self.draft, self.cited or self.named
        is_as_named = bool(self.cited) and self.cited == self.named
        fate = (Fate.KEPT if is_as_named else Fate.REPOINTED) if self.is_shown else Fate.DROPPED
        failed = self.rejected_by or (None if is_as_named else _why_not(draft.text, self.named))
        return CheckedClaim(draft.text, fate, self.support, sources, failed, draft.translation, draft.untranslated)


@dataclass(frozen=True, slots=True)
class Grounded:
    """A whole draft, claim by claim in order."""

    outcomes: tuple[GroundedClaim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those that may be shown. A sentence cited twice has one number, from 1 in the order of first use."""
        numbers: dict[tuple[str, int], int] = {}
        return tuple(
            Claim(
                one.draft.text,
                one.support,
                _citations(with_what_is_above(one.draft.text, one.cited), numbers),
                translation=one.draft.translation,
            )
            for one in self.outcomes
            if one.is_shown
        )

    @property
    def cited(self) -> tuple[Candidate, ...]:
        """The sentences under the claims that may be shown."""
        return tuple(candidate for one in self.outcomes if one.is_shown for candidate in one.cited)

    @property
    def failed(self) -> tuple[DraftClaim, ...]:
        """The drafts that no sentence supports without a doubt."""
        return tuple(one.draft for one in self.outcomes if one.may_be_elsewhere)

    @property
    def misattributed(self) -> int:
        """How many of the shown claims were re-pointed."""
        return sum(one.is_shown and one.cited != one.named for one in self.outcomes)

    @property
    def checked(self) -> tuple[CheckedClaim, ...]:
        """What became of each draft, in order."""
        return tuple(one.checked for one in self.outcomes)

    @property
    def to_read(self) -> tuple[GroundedClaim, ...]:
        """Claims in their own words: the trained reader has to compare them with what they cite, if it can."""
        return tuple(one for one in self.outcomes if one.is_shown and not (one.is_verbatim or one.is_foreign))

    @property
    def settled(self) -> Grounded:
        """Without claims in their own words, which the trained reader may still drop."""
        to_read = {one.draft for one in self.to_read}
        return Grounded(tuple(one for one in self.outcomes if one.draft not in to_read))

    def reground(self, elsewhere: Mapping[DraftClaim, Sequence[Candidate]], *, look: Look = Look.ONLY) -> Grounded:
        """Checks failed claims against what was found for each of them elsewhere; the others stay as they are."""
        return Grounded(
            tuple(
                _ground(one.draft, one.named, elsewhere[one.draft], look)
                if one.may_be_elsewhere and one.draft in elsewhere
                else one
                for one in self.outcomes
            )
        )

    def read(self, said: Sequence[Entailment]) -> Grounded:
        """The same after the trained reader has checked each of `to_read`."""
        weighed = {one.draft: _weighed(one, read) for one, read in zip(self.to_read, said, strict=True)}
        return Grounded(tuple(weighed.get(one.draft, one) for one in self.outcomes))

    def on_topic(self, topic: Topic) -> Grounded:
        """Without claims that cite no sentence about the question."""
        return Grounded(
            tuple(
                one if not one.is_shown or any(map(topic.has, one.cited)) else replace(one, rejected_by=OFF_TOPIC)
                for one in self.outcomes
            )
        )

    def judged(self, verdicts: Sequence[bool]) -> Grounded:
        """The same after a second model has said for each of `claims` whether it is upheld."""
        verdict_on = dict(zip((one.draft for one in self.outcomes if one.is_shown), verdicts, strict=True))
        return Grounded(
            tuple(one if verdict_on.get(one.draft, True) else replace(one, rejected_by=JUDGE) for one in self.outcomes)
        )


def ground(
    drafts: Sequence[DraftClaim],
    candidates: Mapping[str, Candidate],
    *,
    retrieved: Sequence[Candidate] = (),
    look: Look = Look.ONLY,
) -> Grounded:
    """Checks each claim against the sentences it names, and if that fails against all candidates and everything else
    that was retrieved, one at a time.
    """
    others = list(dict.fromkeys([*candidates.values(), *retrieved]))
    return Grounded(
        tuple(
            _ground(draft, few(draft.text, [candidates[key] for key in draft.keys if key in candidates]), others, look)
            for draft in dict.fromkeys(drafts)
        )
    )


def _ground(draft: DraftClaim, named: tuple[Candidate, ...], others: Iterable[Candidate], look: Look) -> GroundedClaim:
    cited = tuple(best_sources(draft.text, named, others, look))
    sources = [*map(source_of, cited or named)]
    found = 1.0 if is_verbatim(draft.text, sources) else support(draft.text, sources)
    return GroundedClaim(draft, named, cited, found, turned(draft.text, cited) if cited else ())


def _weighed(one: GroundedClaim, read: Entailment) -> GroundedClaim:
    surely = chance(one.support, read, len(one.against))
    if is_enough(surely, read):
        return replace(one, support=surely)
    by_checks = one.against and is_enough(chance(one.support, read), read)
    return replace(one, support=surely, rejected_by=one.against[0] if by_checks else READER)


def _why_not(claim: str, named: Sequence[Candidate]) -> str | None:
    """Why a claim is not shown as drafted, in a word for its receipt."""
    sources = [*map(source_of, named)]
    if not sources:
        return NO_SOURCE
    if is_verbatim(claim, sources):
        return None
    found = support(claim, sources)
    if found < LEAST_SUPPORT:
        return LITTLE_SUPPORT
    return first_failed(claim, sources) or (LITTLE_SUPPORT if found < ENOUGH_SUPPORT else first_doubt(claim, sources))


def _citations(cited: Sequence[Candidate], numbers: dict[tuple[str, int], int]) -> tuple[Citation, ...]:
    places = [(source.article.id, source.sentence.start) for source in cited]
    return tuple(cite(one, numbers.setdefault(at, len(numbers) + 1)) for one, at in zip(cited, places, strict=True))
