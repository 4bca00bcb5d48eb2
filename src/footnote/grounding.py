"""The step that every answer passes through, whoever drafted it: claims are checked, re-pointed, or dropped.

Pure: what is shown depends on nothing but the draft and the candidate sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from footnote.checks import CHECKS, Source, support
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
"""Names of what a claim may fail besides the checks: it named no sentence that was offered, its words are not those of
the sentences, the second model did not uphold it.
"""


@dataclass(frozen=True, slots=True)
class Grounded:
    """The claims that may be shown, with the drafts they were `kept` from; how many of them were re-pointed
    (misattributed); the drafts that `failed` (unsupported); and what became of each draft, in order.
    """

    claims: tuple[Claim, ...]
    kept: tuple[DraftClaim, ...]
    failed: tuple[DraftClaim, ...]
    misattributed: int
    checked: tuple[CheckedClaim, ...] = ()


def ground(
    drafts: Sequence[DraftClaim],
    candidates: Mapping[str, Candidate],
    *,
    retrieved: Sequence[Candidate] = (),
    elsewhere: Mapping[DraftClaim, Sequence[Candidate]] | None = None,
) -> Grounded:
    """Holds each claim against the sentences it names, and else against all candidates and whatever else was retrieved,
    one at a time. A claim that is `elsewhere` was held against those: it is held against what was found for it alone.

    A sentence cited twice has one number; numbers count from 1 in the order of first use.
    """
    numbers: dict[tuple[str, int], int] = {}
    claims: dict[DraftClaim, Claim] = {}
    misattributed = 0
    checked = []
    others = list(dict.fromkeys([*candidates.values(), *retrieved]))
    for draft in dict.fromkeys(drafts):
        named = [candidates[key] for key in dict.fromkeys(draft.keys) if key in candidates]
        sources = best_sources(draft.text, named, (elsewhere or {}).get(draft, others))
        carried = _carried(draft.text, sources) if sources else support(draft.text, [*map(source_of, named)])
        if sources:
            citations = tuple(cite(source, _number(source, numbers)) for source in sources)
            claims[draft] = Claim(draft.text, carried, citations)
            misattributed += sources != named
        checked.append(_checked(draft.text, named, sources, carried))
    failed = tuple(draft for draft in dict.fromkeys(drafts) if draft not in claims)
    return Grounded(tuple(claims.values()), tuple(claims), failed, misattributed, tuple(checked))


def upheld(checked: Iterable[CheckedClaim], kept: Iterable[DraftClaim]) -> tuple[CheckedClaim, ...]:
    """The same once a second model has looked at them, and upheld only those that are `kept`."""
    texts = {draft.text for draft in kept}
    return tuple(
        one
        if one.fate is Fate.DROPPED or one.text in texts
        else CheckedClaim(one.text, Fate.DROPPED, one.support, one.sources, JUDGE)
        for one in checked
    )


def _checked(claim: str, named: list[Candidate], cited: list[Candidate], carried: float) -> CheckedClaim:
    if cited and cited == named:
        return CheckedClaim(claim, Fate.KEPT, carried, tuple(cited))
    fate = Fate.REPOINTED if cited else Fate.DROPPED
    return CheckedClaim(claim, fate, carried, tuple(cited or named), _first_failed(claim, named))


def _first_failed(claim: str, named: list[Candidate]) -> str | None:
    """By name: `numbers` is `has_numbers`."""
    sources = [*map(source_of, named)]
    if not sources:
        return NO_SOURCE
    if is_verbatim(claim, sources):
        return None
    if support(claim, sources) < ENOUGH_SUPPORT:
        return LITTLE_SUPPORT
    failed = (check.__name__ for check in CHECKS if not check(claim, sources))
    return next((name.removeprefix("has_").replace("_", " ") for name in failed), None)


def best_sources(claim: str, named: list[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
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


def _carried(claim: str, candidates: list[Candidate]) -> float:
    return carried(claim, [*map(source_of, candidates)])


def carried(claim: str, sources: Sequence[Source]) -> float:
    """Support of a claim by sentences; 0 when it fails a check, or when support is not enough."""
    if is_verbatim(claim, sources):
        return 1.0
    found = support(claim, sources)
    return found if found >= ENOUGH_SUPPORT and all(check(claim, sources) for check in CHECKS) else 0.0


def is_verbatim(claim: str, sources: Sequence[Source]) -> bool:
    """Whether the claim is one of the sentences, apart from white space and marks of layout."""
    said = " ".join(claim.split())
    return bool(_WORD.search(said)) and any(
        said in {" ".join(source.quote.split()), as_prose(source.quote)} for source in sources
    )


def source_of(candidate: Candidate) -> Source:
    article = candidate.article
    header = " ".join(filter(None, [article.title, article.source, article.author]))
    return Source(candidate.quote, header, article.published)


def cited_source(citation: Citation) -> Source:
    """As far as the citation tells: it does not name the author."""
    return Source(citation.quote, " ".join(filter(None, [citation.title, citation.source])), citation.published)


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
