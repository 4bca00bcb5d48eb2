"""The step that every answer passes through, whoever drafted it: claims are checked, re-pointed, or dropped.

Pure: what is shown depends on nothing but the draft and the candidate sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from footnote.checks import QuotedSource, first_failed, support
from footnote.models import Candidate, CheckedClaim, Citation, Claim, Fate
from footnote.ports import DraftClaim
from footnote.prose import as_prose

_WORD = re.compile(r"[^\W_]")

ENOUGH_SUPPORT = 0.55
"""Below, the sources are about something else: the best cut on WiCE's dev claims (balanced accuracy .70)."""

MUCH_BETTER = 0.2
"""A claim is re-pointed when another sentence supports it by this much more than the ones it names."""


NO_SOURCE = "source"
LITTLE_SUPPORT = "support"
JUDGE = "judge"
"""Names of what a claim may fail besides the checks: it cited no sentence that was offered, its words are not those of
the sentences, the second model rejected it.
"""


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """What became of a draft: the sentences that it `named`, those that it `cited` instead, and how well they carry it.

    `cited` is empty when nothing carries it; `is_upheld` says whether the second model, if there is one, agrees.
    """

    draft: DraftClaim
    named: tuple[Candidate, ...]
    cited: tuple[Candidate, ...]
    support: float
    is_upheld: bool = True

    @property
    def is_shown(self) -> bool:
        return bool(self.cited) and self.is_upheld

    @property
    def checked(self) -> CheckedClaim:
        text = self.draft.text
        if self.cited and not self.is_upheld:
            return CheckedClaim(text, Fate.DROPPED, self.support, self.cited, JUDGE)
        if self.cited and self.cited == self.named:
            return CheckedClaim(text, Fate.KEPT, self.support, self.cited)
        fate = Fate.REPOINTED if self.cited else Fate.DROPPED
        return CheckedClaim(text, fate, self.support, self.cited or self.named, _why_not(text, self.named))


@dataclass(frozen=True, slots=True)
class Grounded:
    """A whole draft, claim by claim in order."""

    outcomes: tuple[GroundedClaim, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those that may be shown. A sentence cited twice has one number, from 1 in the order of first use."""
        numbers: dict[tuple[str, int], int] = {}
        return tuple(
            Claim(one.draft.text, one.support, tuple(cite(source, _number(source, numbers)) for source in one.cited))
            for one in self.outcomes
            if one.is_shown
        )

    @property
    def failed(self) -> tuple[DraftClaim, ...]:
        """The drafts that no sentence carries (unsupported)."""
        return tuple(one.draft for one in self.outcomes if not one.cited)

    @property
    def misattributed(self) -> int:
        """How many of the shown claims were re-pointed."""
        return sum(one.is_shown and one.cited != one.named for one in self.outcomes)

    @property
    def checked(self) -> tuple[CheckedClaim, ...]:
        """What became of each draft, in order."""
        return tuple(one.checked for one in self.outcomes)

    def reground(self, elsewhere: Mapping[DraftClaim, Sequence[Candidate]]) -> Grounded:
        """Holds claims that failed against what was found for each of them elsewhere; the others stay as they are."""
        return Grounded(
            tuple(
                _ground(one.draft, one.named, elsewhere[one.draft]) if not one.cited and one.draft in elsewhere else one
                for one in self.outcomes
            )
        )

    def judged(self, verdicts: Sequence[bool]) -> Grounded:
        """The same once a second model has looked at `claims`, and said of each whether it is upheld."""
        verdict_on = dict(zip((one.draft for one in self.outcomes if one.is_shown), verdicts, strict=True))
        return Grounded(tuple(replace(one, is_upheld=verdict_on.get(one.draft, True)) for one in self.outcomes))


def ground(
    drafts: Sequence[DraftClaim], candidates: Mapping[str, Candidate], *, retrieved: Sequence[Candidate] = ()
) -> Grounded:
    """Holds each claim against the sentences it names, and else against all candidates and whatever else was retrieved,
    one at a time.
    """
    others = list(dict.fromkeys([*candidates.values(), *retrieved]))
    return Grounded(
        tuple(
            _ground(draft, tuple(candidates[key] for key in dict.fromkeys(draft.keys) if key in candidates), others)
            for draft in dict.fromkeys(drafts)
        )
    )


def _ground(draft: DraftClaim, named: tuple[Candidate, ...], others: Iterable[Candidate]) -> GroundedClaim:
    cited = tuple(best_sources(draft.text, named, others))
    found = _carried(draft.text, cited) if cited else support(draft.text, [*map(source_of, named)])
    return GroundedClaim(draft, named, cited, found)


def _why_not(claim: str, named: Sequence[Candidate]) -> str | None:
    """Why a claim is not shown as it is, in a word for its receipt."""
    sources = [*map(source_of, named)]
    if not sources:
        return NO_SOURCE
    if is_verbatim(claim, sources):
        return None
    if support(claim, sources) < ENOUGH_SUPPORT:
        return LITTLE_SUPPORT
    return first_failed(claim, sources)


def best_sources(claim: str, named: Sequence[Candidate], others: Iterable[Candidate]) -> Sequence[Candidate]:
    """The sentences to cite for a claim: those named, or one that carries it much better; none when none carries it."""
    carried = _carried(claim, named)
    if carried > 1 - MUCH_BETTER:
        return named
    other_support, other = max(
        ((_carried(claim, [one]), one) for one in others), default=(0.0, None), key=lambda x: x[0]
    )
    if other and (not carried or other_support >= carried + MUCH_BETTER):
        return [other] if other_support else []
    return named if carried else []


def _carried(claim: str, candidates: Sequence[Candidate]) -> float:
    return carried(claim, [*map(source_of, candidates)])


def carried(claim: str, sources: Sequence[QuotedSource]) -> float:
    """Support of a claim by sentences; 0 when it fails a check, or when support is not enough."""
    if is_verbatim(claim, sources):
        return 1.0
    found = support(claim, sources)
    return found if found >= ENOUGH_SUPPORT and first_failed(claim, sources) is None else 0.0


def is_verbatim(claim: str, sources: Sequence[QuotedSource]) -> bool:
    """Whether the claim is one of the sentences, apart from white space and marks of layout."""
    said = " ".join(claim.split())
    return bool(_WORD.search(said)) and any(
        said in {" ".join(source.quote.split()), as_prose(source.quote)} for source in sources
    )


def source_of(candidate: Candidate) -> QuotedSource:
    article = candidate.article
    header = " ".join(filter(None, [article.title, article.source, article.author]))
    return QuotedSource(candidate.quote, header, article.published)


def cited_source(citation: Citation) -> QuotedSource:
    """As far as the citation tells: it does not name the author."""
    return QuotedSource(citation.quote, " ".join(filter(None, [citation.title, citation.source])), citation.published)


def cite(source: Candidate, number: int) -> Citation:
    """A citation of a sentence; `article.text[start:end] == quote` holds by construction."""
    article, sentence = source.article, source.sentence
    return Citation(
        number=number,
        article_id=article.id,
        version=article.version,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        start=sentence.start,
        end=sentence.end,
        quote=source.quote,
        page=article.page_of(sentence.start),
    )


def _number(source: Candidate, numbers: dict[tuple[str, int], int]) -> int:
    return numbers.setdefault((source.article.id, source.sentence.start), len(numbers) + 1)
