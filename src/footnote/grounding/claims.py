"""The step that every answer passes through, no matter what drafted it: claims are checked, re-pointed, or dropped.

Pure: what is shown depends only on the draft, the candidate sentences, and what models said about each claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from footnote.checks import (
    EXACT,
    SENSE,
    QuotedSource,
    are_in_another_language,
    failed_checks,
    first_doubt,
    first_failed,
    support,
)
from footnote.grounding.citing import cite, source_of
from footnote.grounding.few_sources import few
from footnote.grounding.topic import Topic
from footnote.grounding.weighing import CONTRADICTED, ENOUGH, ENOUGH_SUPPORT, LEAST_SUPPORT, chance
from footnote.models import Candidate, CheckedClaim, Citation, Claim, Entailment, Fate
from footnote.ports import DraftClaim
from footnote.text.prose import as_prose

_WORD = re.compile(r"[^\W_]")

MUCH_BETTER = 0.2
"""A claim is re-pointed when another sentence supports it by this much more than the ones it names."""

NEARLY_ALL = 0.9
"""Support by another sentence for a claim whose own sentences have its words but say something else with them."""

NO_SOURCE = "source"
LITTLE_SUPPORT = "support"
READER = "reader"
OFF_TOPIC = "question"
JUDGE = "judge"
"""Other reasons to drop a claim: it cited none of the sentences that it was given, its words are not those of the
sentences, the trained reader or the second model rejected it, or its sentences are not about the question.
"""


class Look(Enum):
    """Whether the trained reader checks what passes: if so, a claim's own wording does not drop it yet."""

    FIRST = "first"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """What became of a draft: the sentences that it `named`, those that are `cited`, and how well they support it.

    `cited` is empty when nothing supports it; `rejected_by` names what dropped it even so.
    """

    draft: DraftClaim
    named: tuple[Candidate, ...]
    cited: tuple[Candidate, ...]
    support: float
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
            Claim(one.draft.text, one.support, _citations(one.cited, numbers), translation=one.draft.translation)
            for one in self.outcomes
            if one.is_shown
        )

    @property
    def failed(self) -> tuple[DraftClaim, ...]:
        """The drafts that no sentence supports."""
        return tuple(one.draft for one in self.outcomes if not one.cited)

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
                if not one.cited and one.draft in elsewhere
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
    cited = tuple(_best_sources(draft.text, named, others, look))
    sources = [*map(source_of, cited or named)]
    found = 1.0 if is_verbatim(draft.text, sources) else support(draft.text, sources)
    return GroundedClaim(draft, named, cited, found)


def _weighed(one: GroundedClaim, read: Entailment) -> GroundedClaim:
    against = [*failed_checks(one.draft.text, [*map(source_of, one.cited)], among=SENSE)]
    surely = chance(one.support, read, against)
    is_enough = surely >= ENOUGH and read.contradicted < CONTRADICTED
    return replace(one, support=surely, rejected_by=None if is_enough else next(iter(against), READER))


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


def _best_sources(
    claim: str, named: Sequence[Candidate], others: Iterable[Candidate], look: Look
) -> Sequence[Candidate]:
    """The sentences to cite for a claim: those named, or one that supports it much better; none if nothing does."""
    carried_by = carried(claim, [*map(source_of, named)], look)
    if carried_by > 1 - MUCH_BETTER:
        return named
    other_support, other = max(
        ((carried(claim, [source_of(one)]), one) for one in others), default=(0.0, None), key=lambda x: x[0]
    )
    if other and named and not carried_by and other_support < NEARLY_ALL and _shares_enough(claim, named):
        return []  # the sentences named say otherwise, and the other one only has some of its words
    if other and (not carried_by or other_support >= carried_by + MUCH_BETTER):
        return [other] if other_support else []
    return named if carried_by else []


def _shares_enough(claim: str, named: Sequence[Candidate]) -> bool:
    return support(claim, [*map(source_of, named)]) >= ENOUGH_SUPPORT


def carried(claim: str, sources: Sequence[QuotedSource], look: Look = Look.ONLY) -> float:
    """Support of a claim by sentences; 0 when it fails a check, or when support is not enough."""
    if is_verbatim(claim, sources):
        return 1.0
    if are_in_another_language(sources):
        look = Look.ONLY
    found = support(claim, sources)
    if look is Look.FIRST:
        return found if found >= LEAST_SUPPORT and first_failed(claim, sources, among=EXACT) is None else 0.0
    if found < ENOUGH_SUPPORT or first_failed(claim, sources) or first_doubt(claim, sources):
        return 0.0
    return found


def is_verbatim(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Whether the claim is one of the sentences, apart from white space and markup."""
    said = " ".join(claim.split())
    return bool(_WORD.search(said)) and any(
        said in {" ".join(source.quote.split()), as_prose(source.quote)} for source in sources
    )


def _citations(cited: Sequence[Candidate], numbers: dict[tuple[str, int], int]) -> tuple[Citation, ...]:
    places = [(source.article.id, source.sentence.start) for source in cited]
    return tuple(cite(one, numbers.setdefault(at, len(numbers) + 1)) for one, at in zip(cited, places, strict=True))
